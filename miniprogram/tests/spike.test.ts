import { test, expect } from "vitest";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const simulate = require("miniprogram-simulate");
test("x", async () => {
  const root = process.env.YILIANBAN_MINIPROGRAM_BUILT!;
  for (const name of ["privacy", "settings", "search", "chain", "chat"]) {
    const t = Date.now();
    const id = simulate.load(`${root}/pages/${name}/${name}`, name, { rootPath: root });
    const comp = simulate.render(id, {});
    comp.attach(document.createElement("div"));
    await simulate.sleep(50);
    console.log(name, Date.now() - t, comp.dom.innerHTML.slice(0, 1500));
  }
});
