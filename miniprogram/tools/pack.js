// Packs what a mini-program uses of an npm package into miniprogram_npm/, as WeChat's developer tools do, but nothing else of it.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

/** Remote fonts: nothing is loaded from elsewhere, and no icon is shown. */
const FONT_FACE = /@font-face\s*\{[^}]*\}/g;
const STYLE_IMPORT = /@import\s+['"]([^'"]+)['"]/g;
const MARKUP_IMPORT = /<(?:import|include|wxs)\b[^>]*\bsrc="([^"]+)"/g;

/** One package on its way into miniprogram_npm; a file is packed when something that is packed needs it. */
export class Packer {
  /** @type {Set<string>} */
  #packed = new Set();

  /**
   * @param {string} source the folder that the package keeps for mini-programs
   * @param {string} target the folder it gets in miniprogram_npm
   */
  constructor(source, target) {
    this.source = resolve(source);
    this.target = resolve(target);
  }

  /**
   * Packs a component by its path within the package, with all it uses.
   * @param {string} name
   */
  component(name) {
    const base = join(this.source, name);
    if (this.#packed.has(base)) return;
    this.#packed.add(base);
    for (const ending of [".json", ".js", ".wxml", ".wxss"]) this.#file(base + ending);
    const { usingComponents = {} } = JSON.parse(readFileSync(`${base}.json`, "utf8"));
    for (const used of Object.values(usingComponents)) {
      this.component(relative(this.source, resolve(dirname(base), String(used))));
    }
  }

  /** @param {string} path */
  #file(path) {
    if (this.#packed.has(path) || !existsSync(path)) return;
    this.#packed.add(path);
    const content = readFileSync(path, "utf8");
    const target = join(this.target, relative(this.source, path));
    mkdirSync(dirname(target), { recursive: true });
    if (path.endsWith(".js")) writeFileSync(target, this.#script(path, content));
    else writeFileSync(target, path.endsWith(".wxss") ? content.replace(FONT_FACE, "") : content);
    for (const pattern of [STYLE_IMPORT, MARKUP_IMPORT]) {
      for (const [, found] of content.matchAll(pattern)) this.#file(resolve(dirname(path), String(found)));
    }
  }

  /**
   * The script as CommonJS, which WeChat and Node both read; the scripts that it imports are packed too.
   * @param {string} path
   * @param {string} content
   */
  #script(path, content) {
    for (const { fileName } of ts.preProcessFile(content, true, true).importedFiles) {
      if (fileName.startsWith(".")) this.#imported(resolve(dirname(path), fileName));
      else this.#library(fileName);
    }
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2018, removeComments: true };
    return ts.transpileModule(content, { compilerOptions: options }).outputText;
  }

  /** @param {string} base a path without its ending, or a folder */
  #imported(base) {
    this.#file([base, `${base}.js`, join(base, "index.js")].find((path) => /\.(js|json)$/.test(path) && existsSync(path)) ?? base);
  }

  /** @param {string} name a library that the package brings along for mini-programs */
  #library(name) {
    const from = join(this.source, "miniprogram_npm", name);
    if (this.#packed.has(from)) return;
    this.#packed.add(from);
    cpSync(from, join(dirname(this.target), name), { recursive: true });
  }
}
