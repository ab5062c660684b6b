import type { Preferences } from "./preferences";

// Kept also for the pages that the server draws (bot/channels/page_response.py): one visitor, one size of text, one region.
const REGION = "yilianban_region";
const ELDER = "yilianban_elder";
const YEAR_SECONDS = 31_536_000;

/** What was chosen on another page of this server. */
export function sharedPreferences(): Partial<Preferences> {
  const kept = new Map<string, string>(document.cookie.split("; ").map((pair) => [pair.split("=", 1)[0] ?? "", pair.slice(pair.indexOf("=") + 1)]));
  const region = /^[a-z][a-z0-9-]{0,40}$/.exec(kept.get(REGION) ?? "")?.[0];
  return { ...(region ? { region } : {}), ...(kept.has(ELDER) ? { elder: kept.get(ELDER) === "1" } : {}) };
}

/** Tells the other pages. */
export function sharePreferences({ region, elder }: Preferences): void {
  keep(REGION, region ?? "");
  keep(ELDER, elder ? "1" : "0");
}

function keep(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; samesite=lax; max-age=${value ? YEAR_SECONDS : 0}${secure}`;
}
