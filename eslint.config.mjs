import tseslint from "typescript-eslint";

/** The editor's functions whose texts can hold links that run commands, or icons. */
const SPEAKING = [
  "showInformationMessage",
  "showWarningMessage",
  "showErrorMessage",
  "showInputBox",
  "showQuickPick",
  "createInputBox",
  "createQuickPick",
  "setStatusBarMessage",
  "ProgressLocation",
];

export default tseslint.config(
  { ignores: ["dist/", "out/", "test-results/", "node_modules/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ["./tsconfig.json", "./src/webview/tsconfig.json", "./test/tsconfig.json"] },
    },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/prefer-nullish-coalescing": "off",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // Texts of strangers are made inert in one place (src/editor/messages.ts): nothing else may speak to a person.
    files: ["src/**/*.ts"],
    ignores: ["src/editor/messages.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "It obeys whatever switches certificate checks off: use src/net/exchange.ts." },
      ],
      "no-restricted-syntax": [
        "error",
        ...SPEAKING.map((name) => ({
          selector: `:matches(Identifier[name="${name}"], Literal[value="${name}"])`,
          message: `${name} belongs to src/editor/messages.ts, which makes texts inert. Use its functions.`,
        })),
      ],
    },
  },
  {
    // Tests and tools speak to a terminal.
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: { "no-console": "off" },
  },
  { files: ["**/*.{js,mjs,cjs}"], rules: { eqeqeq: "error" } },
);
