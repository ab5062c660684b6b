// What belongs to one operator and not into the repository: read from the environment when the mini-program is built.

/** An address that a telephone may call; WeChat wants https, the developer tools also take the own machine. */
const BASE = /^(https:\/\/[a-z0-9.-]+(:\d+)?|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?)$/;
const APP_ID = /^(wx[0-9a-z]{4,32}|touristappid)$/;

/**
 * @param {NodeJS.ProcessEnv} environment YILIANBAN_PUBLIC_URL, YILIANBAN_MINIPROGRAM_APPID
 * @returns {{ base: string, appId: string }} throws an Error that names the setting that cannot be used
 */
export function readSettings(environment) {
  const base = (environment.YILIANBAN_PUBLIC_URL || "http://127.0.0.1:5005").replace(/\/$/, "");
  const appId = environment.YILIANBAN_MINIPROGRAM_APPID || "touristappid";
  if (!BASE.test(base)) throw new Error(`YILIANBAN_PUBLIC_URL=${base}`);
  if (!APP_ID.test(appId)) throw new Error(`YILIANBAN_MINIPROGRAM_APPID=${appId}`);
  return { base, appId };
}
