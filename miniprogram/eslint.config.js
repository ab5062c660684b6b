import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules"] },
  eslint.configs.recommended,
  tseslint.configs.strict,
  { rules: { eqeqeq: "error", "no-eval": "error", "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_$" }] } },
  { files: ["src/**"], languageOptions: { globals: { wx: "readonly" } } },
  { files: ["tools/**"], languageOptions: { globals: { process: "readonly", console: "readonly" } } },
  // Tests look into what WeChat hands over without types.
  { files: ["tests/**"], rules: { "@typescript-eslint/no-explicit-any": "off" } },
);
