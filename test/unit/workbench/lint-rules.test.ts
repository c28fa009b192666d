import assert from "node:assert/strict";
import type * as Eslint from "eslint";

/** Not bundled: it loads its rules by their names. */
const PACKAGE = "eslint";

/** Ours that go by what is written alone, so that no program of TypeScript need be made for a line. */
const RULES: readonly string[] = [
  "no-restricted-syntax",
  "no-restricted-globals",
  "@typescript-eslint/no-restricted-imports",
  "regexp/no-super-linear-backtracking",
  "regexp/no-super-linear-move",
];

describe("rules of the linter", () => {
  let eslint: Eslint.ESLint;
  let linter: Eslint.Linter;
  before(async function () {
    this.timeout(20_000);
    const { ESLint, Linter } = (await import(PACKAGE)) as typeof Eslint;
    eslint = new ESLint();
    linter = new Linter({ configType: "flat" });
  });

  /** The rules that a line breaks in a file of that name, as the repository configures them. */
  async function broken(file: string, line: string): Promise<readonly (string | null)[]> {
    const { plugins, languageOptions, rules } = (await eslint.calculateConfigForFile(file)) as Eslint.Linter.Config;
    const ours = Object.fromEntries(RULES.flatMap((name) => (rules?.[name] ? [[name, rules[name]]] : [])));
    const parser = languageOptions?.parser;
    const config = { files: ["**/*.ts"], plugins: plugins ?? {}, languageOptions: { parser }, rules: ours };
    return linter.verify(line, [config as Eslint.Linter.Config], file).map(({ ruleId }) => ruleId);
  }

  const [SPEAKS, FETCH, KEYS, BACK, ANEW] = RULES;
  const table: [what: string, file: string, line: string, rule: string | undefined][] = [
    ["speaks by itself", "src/editor/x.ts", "void vscode.window.showInformationMessage(text);", SPEAKS],
    ["warns by itself", "src/editor/commands/x.ts", "void vscode.window.showWarningMessage(text);", SPEAKS],
    ["tells of errors by itself", "src/extension.ts", "void vscode.window.showErrorMessage(text);", SPEAKS],
    ["asks by itself", "src/editor/x.ts", "void vscode.window.showInputBox();", SPEAKS],
    ["lists by itself", "src/editor/x.ts", "void vscode.window.showQuickPick([]);", SPEAKS],
    ["makes its own box", "src/editor/x.ts", "vscode.window.createInputBox();", SPEAKS],
    ["makes its own list", "src/editor/x.ts", 'vscode.window["createQuickPick"]();', SPEAKS],
    ["writes into the status bar", "src/editor/x.ts", "vscode.window.setStatusBarMessage(text);", SPEAKS],
    ["shows its own progress", "src/editor/x.ts", "const at = vscode.ProgressLocation.Window;", SPEAKS],
    ["is the one that may", "src/editor/base/messages.ts", "void vscode.window.showErrorMessage(text);", undefined],
    ["calls by a fetch that may be told to trust", "src/net/x.ts", "void fetch(url);", FETCH],
    ["has the engine read a key", "src/editor/x.ts", 'import { createPublicKey } from "node:crypto";', KEYS],
    ["has it read a certificate", "src/certificates/x.ts", 'import { X509Certificate } from "crypto";', KEYS],
    ["has it check a signature", "src/certificates/x.ts", 'import { verify } from "node:crypto";', KEYS],
    ["holds the thread for a key", "src/orders/x.ts", 'import { pbkdf2Sync } from "node:crypto";', KEYS],
    ["takes the type alone", "src/orders/x.ts", 'import type { KeyObject } from "node:crypto";', undefined],
    ["hashes", "src/orders/x.ts", 'import { createHash } from "node:crypto";', undefined],
    ["is the one door", "src/certificates/keys/engine.ts", 'import { verify } from "node:crypto";', undefined],
    ["has an expression that goes back", "src/api/x.ts", "export const x = /^(?:a+)+$/;", BACK],
    ["has one that begins anew everywhere", "src/api/x.ts", "export const x = /a+b/;", ANEW],
    ["has one that does neither", "src/api/x.ts", "export const x = /^a+$/;", undefined],
  ];
  for (const [what, file, line, rule] of table)
    it(`${rule === undefined ? "let" : "stop"} a file that ${what}`, async () =>
      assert.deepEqual(await broken(file, line), rule === undefined ? [] : [rule]));
});
