import regexp from "eslint-plugin-regexp";
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

/**
 * Functions of node:crypto that read keys, whose work a stranger's key decides; see src/certificates/keys/engine.ts.
 */
const KEY_FUNCTIONS = [
  ...["createPublicKey", "createPrivateKey", "X509Certificate", "Certificate", "KeyObject", "subtle", "webcrypto"],
  ...["verify", "createVerify", "sign", "createSign", "publicEncrypt", "publicDecrypt", "privateEncrypt"],
  ...["privateDecrypt", "diffieHellman", "createDiffieHellman", "createECDH", "ECDH", "DiffieHellman"],
];
/** Functions that hold the thread for as long as a stranger's parameters say. */
const SYNCHRONOUS = ["pbkdf2Sync", "scryptSync", "generateKeyPairSync", "generatePrimeSync", "checkPrimeSync"];
const RESTRICTED = [
  {
    importNames: KEY_FUNCTIONS,
    message: "Keys go to the engine through src/certificates/keys/engine.ts.",
    allowTypeImports: true,
  },
  { importNames: SYNCHRONOUS, message: "Take the asynchronous function: this one holds the thread." },
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
      "no-duplicate-imports": "error",
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
    // Texts of strangers are made inert in one place (src/editor/base/messages.ts): nothing else may speak to a person.
    files: ["src/**/*.ts"],
    ignores: ["src/editor/base/messages.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "It obeys whatever switches certificate checks off: use src/net/exchange.ts." },
      ],
      "no-restricted-syntax": [
        "error",
        ...SPEAKING.map((name) => ({
          selector: `:matches(Identifier[name="${name}"], Literal[value="${name}"])`,
          message: `${name} belongs to src/editor/base/messages.ts, which makes texts inert. Use its functions.`,
        })),
        {
          selector: 'ExportNamedDeclaration > VariableDeclaration[kind!="const"]',
          message: "The build joins modules with imports as constants (build/join-modules.js): export a function.",
        },
      ],
    },
  },
  {
    // What reads untrusted text and keys.
    files: ["src/**/*.ts"],
    plugins: { regexp },
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { paths: ["node:crypto", "crypto"].flatMap((name) => RESTRICTED.map((rule) => ({ name, ...rule }))) },
      ],
      // No regular expression takes more than linear time: neither by going back, nor by beginning anew at each place.
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential" }],
    },
  },
  {
    // The one door, and beside it points of curves that are known; the sandbox, which makes all its keys itself; and
    // what compares the name in a certificate whose key the engine has used for the connection already.
    files: ["src/certificates/keys/{engine,point}.ts", "src/sandbox/**/*.ts", "src/net/trusted-peer.ts"],
    rules: { "@typescript-eslint/no-restricted-imports": "off" },
  },
  {
    // Tests and tools speak to a terminal.
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: { "no-console": "off" },
  },
  { files: ["**/*.{js,mjs,cjs}"], rules: { eqeqeq: "error" } },
);
