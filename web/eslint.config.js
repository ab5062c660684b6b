import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  eslint.configs.recommended,
  tseslint.configs.strict,
  {
    rules: {
      eqeqeq: "error",
      // Whatever comes from the server or a person is set as text, never as markup.
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({ property })),
        { object: "document", property: "write" },
      ],
      "no-restricted-syntax": ["error", "JSXAttribute[name.name='dangerouslySetInnerHTML']", "JSXAttribute[name.name='style']"],
      "no-eval": "error",
    },
  },
);
