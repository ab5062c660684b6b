// Builds the mini-program into a folder that WeChat's developer tools open: `npm run build`.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readSettings } from "./settings.js";
import { Packer } from "./pack.js";
import { checkSize } from "./size.js";

const HERE = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const SOURCE = join(HERE, "src");
export const OUT = resolve(HERE, process.env.YILIANBAN_MINIPROGRAM_OUT ?? "../var/miniprogram");
const PACKAGE = "tdesign-miniprogram";

/**
 * All paths of files below a folder.
 * @param {string} folder
 * @returns {string[]}
 */
const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function build() {
  const app = join(OUT, "app");
  const settings = readSettings(process.env);
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(app, { recursive: true });
  execFileSync(process.execPath, [join(HERE, "node_modules/typescript/bin/tsc"), "-p", HERE, "--outDir", app], { stdio: "inherit" });
  cpSync(SOURCE, app, { recursive: true, filter: (path) => !path.endsWith(".ts") });
  pack(app);
  writeFileSync(join(app, "lib", "site.js"), `exports.BASE = ${JSON.stringify(settings.base)};\n`);
  const project = JSON.parse(readFileSync(join(HERE, "project.config.json"), "utf8"));
  writeFileSync(join(OUT, "project.config.json"), JSON.stringify({ ...project, appid: settings.appId }, null, 2));
  const size = checkSize(filesOf(app));
  console.log(`${OUT}: ${Math.ceil(size / 1024)} KiB, ${settings.appId}, ${settings.base}`);
}

/**
 * Packs the TDesign components that some page or component of ours names.
 * @param {string} app
 */
function pack(app) {
  const target = join(app, "miniprogram_npm", PACKAGE);
  const packer = new Packer(join(HERE, "node_modules", PACKAGE, "miniprogram_dist"), target);
  for (const path of filesOf(SOURCE).filter((path) => path.endsWith(".json"))) {
    const { usingComponents = {} } = JSON.parse(readFileSync(path, "utf8"));
    for (const used of Object.values(usingComponents)) {
      if (String(used).startsWith(`${PACKAGE}/`)) packer.component(String(used).slice(PACKAGE.length + 1));
    }
    // Named from the root: every reader of the package finds it there, without rules of npm.
    const named = readFileSync(path, "utf8").replaceAll(`"${PACKAGE}/`, `"/miniprogram_npm/${PACKAGE}/`);
    writeFileSync(join(app, relative(SOURCE, path)), named);
  }
}

build();
