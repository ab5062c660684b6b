import { defineConfig } from "vite";

/** `widget.js`: one classic script with its styles inside, for pages of other sites. Built after the page, beside it. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: process.env["YILIANBAN_WEB_OUT"] ?? "../var/web",
    emptyOutDir: false,
    target: "es2020",
    lib: { entry: "src/widget.tsx", formats: ["iife"], name: "yilianban", fileName: () => "widget.js" },
  },
});
