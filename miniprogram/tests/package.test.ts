// What is promised of the package that is uploaded: small, complete, nothing unused, nothing from elsewhere, words in one file.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import app from "../src/app.json";
import { wording } from "../src/lib/wording";
import { ROOT } from "./phone";
import { readSettings } from "../tools/settings.js";
import { checkSize, MOST_BYTES } from "../tools/size.js";

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const SOURCE = resolve(import.meta.dirname, "../src");
const built = files(ROOT);
const read = (path: string): string => readFileSync(path, "utf8");

test("the package is well below what WeChat takes", () => {
  expect(built.reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThan(MOST_BYTES / 4);
  const big = join(mkdtempSync(join(tmpdir(), "size")), "big");
  writeFileSync(big, Buffer.alloc(11));
  expect(() => checkSize([big], 10)).toThrow("11 bytes");
});

test("every page has its four files", () => {
  for (const page of app.pages) for (const ending of ["js", "json", "wxml", "wxss"]) expect(existsSync(join(ROOT, `${page}.${ending}`)), page).toBe(true);
});

test("every component that is named is there and drawn, and every one that is packed is named", () => {
  const named = new Set<string>();
  for (const path of built.filter((path) => path.endsWith(".json"))) {
    const { usingComponents = {} } = JSON.parse(read(path)) as { usingComponents?: Record<string, string> };
    for (const [tag, used] of Object.entries(usingComponents)) {
      const base = used.startsWith("/") ? join(ROOT, used) : resolve(dirname(path), used);
      named.add(base);
      expect(existsSync(`${base}.wxml`), `${path}: ${used}`).toBe(true);
      if (path.startsWith(join(ROOT, "pages")) || path.startsWith(join(ROOT, "components"))) {
        expect(read(path.replace(/json$/, "wxml")), path).toContain(`<${tag}`);
      }
    }
  }
  const components = built.filter((path) => /components|miniprogram_npm/.test(relative(ROOT, path)) && path.endsWith(".wxml") && existsSync(path.replace(/wxml$/, "json")));
  for (const path of components) expect(named, path).toContain(path.replace(/\.wxml$/, ""));
});

test("every script that is asked for is in the package", () => {
  for (const path of built.filter((path) => path.endsWith(".js"))) {
    for (const [, name = ""] of read(path).matchAll(/require\("([^"]+)"\)/g)) {
      const base = name.startsWith(".") ? resolve(dirname(path), name) : join(ROOT, "miniprogram_npm", name);
      expect([base, `${base}.js`, join(base, "index.js")].some((file) => existsSync(file) && statSync(file).isFile()), `${path}: ${name}`).toBe(true);
    }
  }
});

test("nothing is loaded from elsewhere", () => {
  for (const path of built.filter((path) => path.endsWith(".wxss"))) expect(read(path), path).not.toMatch(/url\((?!['"]?data:)|@font-face/);
});

test("templates and scripts hold no words of their own", () => {
  const sources = files(SOURCE).filter((path) => /\.(wxml|ts)$/.test(path) && !path.endsWith("wording.ts"));
  for (const path of sources) expect(read(path).replaceAll("、", ""), path).not.toMatch(/[\u4e00-\u9fff]/);
});

test("titles that WeChat reads from files are those of the wording", () => {
  expect(app.window.navigationBarTitleText).toBe(wording.title);
  for (const { pagePath, text } of app.tabBar.list) {
    const part = pagePath.split("/").at(-1) as "chat" | "browse" | "search" | "settings";
    expect(text).toBe(wording[part].title);
  }
  for (const page of app.pages) {
    const part = page.split("/").at(-1) as keyof typeof wording;
    expect(JSON.parse(read(join(ROOT, `${page}.json`))).navigationBarTitleText, page).toBe((wording[part] as { title: string }).title);
  }
});

test("whoever may find a page in WeChat's search finds no conversation", () => {
  const { rules } = JSON.parse(read(join(ROOT, "sitemap.json"))) as { rules: { action: string; page: string }[] };
  expect(rules.at(-1)).toEqual({ action: "disallow", page: "*" });
  for (const { action, page } of rules) if (action === "allow") expect(page).toMatch(/browse|chain|matter/);
});

test("an operator's settings are checked before anything is built", () => {
  expect(readSettings({})).toEqual({ base: "http://127.0.0.1:5005", appId: "touristappid" });
  expect(readSettings({ YILIANBAN_PUBLIC_URL: "https://a.gov.cn/", YILIANBAN_MINIPROGRAM_APPID: "wx0123456789abcdef" })).toEqual({
    base: "https://a.gov.cn",
    appId: "wx0123456789abcdef",
  });
  expect(() => readSettings({ YILIANBAN_PUBLIC_URL: "http://a.gov.cn" })).toThrow("YILIANBAN_PUBLIC_URL");
  expect(() => readSettings({ YILIANBAN_MINIPROGRAM_APPID: "x\"" })).toThrow("YILIANBAN_MINIPROGRAM_APPID");
});
