import { defineConfig } from "vitest/config";

/** The page at `/`; the launcher names the folder to build into. */
export default defineConfig({
  base: "/web/",
  build: {
    outDir: process.env["YILIANBAN_WEB_OUT"] ?? "../var/web",
    emptyOutDir: true,
    target: "es2020",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.{ts,tsx}"] },
});
