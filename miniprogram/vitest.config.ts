import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const built = resolve(import.meta.dirname, process.env.YILIANBAN_MINIPROGRAM_OUT ?? "../var/miniprogram", "app");
// The built scripts are read by Node as WeChat reads them: libraries are found in miniprogram_npm.
process.env.NODE_PATH = resolve(built, "miniprogram_npm");
process.env.YILIANBAN_MINIPROGRAM_BUILT = built;

export default defineConfig({
  test: {
    environment: "jsdom",
    pool: "forks",
    include: ["tests/**/*.test.ts"],
    // Asks the real backend; pytest says where it is (tests/miniprogram).
    exclude: process.env.YILIANBAN_BACKEND ? [] : ["tests/backend.test.ts"],
    testTimeout: 20_000,
  },
});
