import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import type { SavedFiles } from "../../src/editor/saving/order-files";
import { DEMO_ACCOUNT, type Sandbox, startSandboxServer } from "../../src/sandbox/server";
import { seedGlobalStorage } from "../workbench/seed";
import { globalStorage } from "../workbench/user-settings";
import { withPassword, activated, answering, run, until } from "./extension";

const ORDER = "sandbox~ssl~certificate~100000301";
const NAME = "www.guarded.example";
/** A time that no rounding changes, s. */
const WHOLE_SECOND = 1_700_000_000;

/** Asked and told while a command ran. */
interface Heard<T> {
  readonly result: T;
  readonly asked: readonly string[];
  readonly errors: readonly string[];
}

/** Runs a command, does something while each modal question is open, and answers it. */
async function during<T>(
  answers: readonly (string | undefined)[],
  action: () => Thenable<T>,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Heard<T>> {
  const [asked, errors]: [string[], string[]] = [[], []];
  const { showWarningMessage, showErrorMessage } = vscode.window;
  const window = vscode.window as unknown as Record<string, unknown>;
  window.showWarningMessage = async (question: string, options: vscode.MessageOptions, ...buttons: string[]) => {
    const answer = answers[asked.length];
    asked.push(`${question}\n${options.detail ?? ""}`);
    await meanwhile();
    assert.ok(answer === undefined || buttons.includes(answer), `no “${answer}” among ${buttons.join()}: ${question}`);
    return answer;
  };
  window.showErrorMessage = (message: string) => Promise.resolve(void errors.push(message));
  try {
    const result = await action();
    assert.equal(asked.length, answers.length, `asked: ${asked.join("\n\n")}`);
    return { result, asked, errors };
  } finally {
    Object.assign(window, { showWarningMessage, showErrorMessage });
  }
}

describe("saving where somebody set a trap", () => {
  let api: PublicApi;
  let sandbox: Sandbox;
  let storage = "";
  let account = "";
  /** In the workspace, and out of it. */
  let folder = "";
  let outside = "";

  before("start a sandbox whose keys are known", async function () {
    if (process.platform === "win32") this.skip();
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    storage = globalStorage(workspace.uri.fsPath);
    folder = await mkdtemp(path.join(workspace.uri.fsPath, "guarded-"));
    outside = await mkdtemp(path.join(tmpdir(), "guarded-"));
    sandbox = await startSandboxServer({ step: 0 });
    await seedGlobalStorage(storage, sandbox);
    const { loginName, loginPassword } = DEMO_ACCOUNT;
    ({ account } = await answering(["Sandbox", loginName, ...withPassword(loginPassword), "Guarded"], () =>
      run<{ account: string }>("addAccount"),
    ));
    await run("trackOrder", { account, product: "ssl", reference: "certificateID", number: "100000301", label: NAME });
    await until(api, ORDER, ({ serialNumber }) => serialNumber !== undefined);
    const key = createPrivateKey(await sandbox.privateKeyPem("1000003"));
    await writeFile(at("site.key"), key.export({ type: "pkcs8", format: "pem" }));
  });
  after(async function () {
    if (process.platform === "win32") this.skip();
    await run("stopTracking", { order: ORDER });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await sandbox.stop();
    await rm(path.join(storage, "sandbox.json"), { force: true });
    for (const each of [folder, outside]) await rm(each, { recursive: true });
  });

  const at = (...names: string[]): string => path.join(folder, ...names);
  const uri = (...names: string[]): string => vscode.Uri.file(at(...names)).toString();
  const shown = (...names: string[]): string => vscode.workspace.asRelativePath(at(...names));
  const save = (argument: object) => run<SavedFiles | undefined>("saveAs", { order: ORDER, ...argument });
  /** One file without the key, in a folder of its own. */
  const pem = (...names: string[]) => save({ form: "pem", part: "leaf", folder: uri(...names), name: "site" });
  const isPem = (text: string): boolean => text.startsWith("-----BEGIN CERTIFICATE-----");

  describe("names a link and where it leads before it follows it", () => {
    it("to a file", async () => {
      await mkdir(at("file"));
      const target = path.join(outside, "live.pem");
      await writeFile(target, "mine", { mode: 0o640 });
      await symlink(target, at("file", "site.pem"));
      const refused = await during([undefined], () => pem("file"));
      assert.match(refused.asked[0] ?? "", /^The file already exists\. Replace it\?/);
      assert.ok(refused.asked[0]?.includes(`${shown("file", "site.pem")} is a link to ${target}.`), refused.asked[0]);
      assert.equal(await readFile(target, "utf8"), "mine");
      assert.ok((await during(["Replace"], () => pem("file"))).result);
      assert.ok(isPem(await readFile(target, "utf8")));
      assert.equal((await stat(target)).mode & 0o777, 0o640);
      assert.equal(await readlink(at("file", "site.pem")), target);
    });

    it("to a file that is not there", async () => {
      await mkdir(at("dangling"));
      const target = path.join(outside, "made.pem");
      await symlink(target, at("dangling", "site.pem"));
      const refused = await during([undefined], () => pem("dangling"));
      assert.deepEqual(refused.asked, [
        `Write to the target of the link?\n${shown("dangling", "site.pem")} is a link to ${target}.`,
      ]);
      await assert.rejects(stat(target));
      assert.ok((await during(["Write"], () => pem("dangling"))).result);
      assert.ok(isPem(await readFile(target, "utf8")));
    });

    it("of a folder, again by Save Again", async () => {
      const target = path.join(outside, "folder");
      await mkdir(target);
      await symlink(target, at("linked"));
      const file = path.join(target, "site.pem");
      const words = `${shown("linked", "site.pem")} leads through a link (${shown("linked")}) to ${file}.`;
      assert.ok((await during([undefined], () => pem("linked"))).asked[0]?.endsWith(words));
      assert.deepEqual(await readdir(target), []);
      assert.ok((await during(["Write"], () => pem("linked"))).result);
      await writeFile(file, "mine");
      const again = await during([undefined], () => run("saveAgain", { order: ORDER }));
      assert.ok(again.asked[0]?.includes(words), again.asked[0]);
      assert.equal(await readFile(file, "utf8"), "mine");
    });

    it("of an export, by an argument and by the dialog", async () => {
      const target = path.join(outside, "orders.csv");
      await symlink(target, at("orders.csv"));
      const argument = { format: "csv", orders: [ORDER], file: uri("orders.csv") };
      const named = await during([undefined], () => run("exportOrders", argument));
      assert.ok(named.asked[0]?.endsWith(`${shown("orders.csv")} is a link to ${target}.`), named.asked[0]);
      const { showSaveDialog } = vscode.window;
      const dialogs: (vscode.SaveDialogOptions | undefined)[] = [];
      vscode.window.showSaveDialog = (options) => {
        dialogs.push(options);
        return Promise.resolve(vscode.Uri.file(at("orders.csv")));
      };
      try {
        const dialog = { format: "csv", orders: [ORDER] };
        assert.equal((await during([undefined], () => run("exportOrders", dialog))).result, undefined);
        await assert.rejects(stat(target));
        assert.ok((await during(["Write"], () => run("exportOrders", dialog))).result);
        assert.match(await readFile(target, "utf8"), /guarded/);
        assert.deepEqual(
          dialogs.map((options) => [options?.title, options?.saveLabel]),
          [1, 2].map(() => ["Export Orders", "Save"]),
        );
      } finally {
        vscode.window.showSaveDialog = showSaveDialog;
      }
      // What is there is never written over by an argument.
      const over = await during([], () => run("exportOrders", argument));
      assert.match(over.errors.join(), /already exists/);
    });
  });

  it("writes to regular files alone, and opens nothing else", async () => {
    await mkdir(at("odd", "folder", "site.pem"), { recursive: true });
    for (const name of ["pipe", "to-pipe", "to-device", "to-folder"]) await mkdir(at("odd", name));
    execFileSync("mkfifo", [at("odd", "pipe", "site.pem")]);
    await symlink("../pipe/site.pem", at("odd", "to-pipe", "site.pem"));
    await symlink("/dev/null", at("odd", "to-device", "site.pem"));
    await symlink(outside, at("odd", "to-folder", "site.pem"));
    for (const name of await readdir(at("odd"))) {
      const { result, errors } = await during([], () => pem("odd", name));
      assert.equal(result, undefined);
      assert.match(errors.join(), /site\.pem: it is (?:a folder|not a regular file)\. Choose another name\./, name);
    }
    for (const [command, argument] of [
      ["exportOrders", { format: "csv", orders: [ORDER], file: uri("odd", "pipe", "site.pem") }],
      ["saveAs", { order: ORDER, profile: "haproxy", folder: uri("x"), key: uri("odd", "pipe", "site.pem") }],
      ["showFileDetails", { file: uri("odd", "pipe", "site.pem") }],
      ["importOrders", { file: uri("odd", "pipe", "site.pem") }],
    ] as const) {
      await during([], () => run(command, argument));
    }
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  describe("looks again before it writes", () => {
    const mine = () => path.join(outside, "mine.pem");
    beforeEach(async () => {
      await writeFile(mine(), "mine");
      await rm(at("again"), { recursive: true, force: true });
      await mkdir(at("again"));
      await writeFile(at("again", "site.pem"), "old");
      await utimes(at("again", "site.pem"), WHOLE_SECOND, WHOLE_SECOND);
    });
    const changes: readonly (readonly [what: string, change: () => Promise<unknown>])[] = [
      [
        "the file became a link",
        () => rm(at("again", "site.pem")).then(() => symlink(mine(), at("again", "site.pem"))),
      ],
      ["the file got other bytes", () => writeFile(at("again", "site.pem"), "new")],
      [
        "the file got other bytes, dated back",
        async () => {
          await writeFile(at("again", "site.pem"), "new");
          await utimes(at("again", "site.pem"), WHOLE_SECOND, WHOLE_SECOND);
        },
      ],
      ["the file went", () => rm(at("again", "site.pem"))],
      [
        "its folder became a link",
        async () => {
          await rm(at("again"), { recursive: true });
          await rm(path.join(outside, "site.pem"), { force: true });
          await link(mine(), path.join(outside, "site.pem"));
          await symlink(outside, at("again"));
        },
      ],
    ];
    for (const [what, change] of changes) {
      it(`leaves everything as it is when ${what}`, async () => {
        const { result, errors } = await during(["Replace"], () => pem("again"), change);
        assert.equal(result, undefined);
        assert.match(errors.join(), /was changed in the meantime and stays as it is/);
        assert.equal(await readFile(mine(), "utf8"), "mine");
      });
    }
  });

  describe("with the private key", () => {
    const files = () => ({ profile: "nginx", folder: uri("keys"), name: "site" });

    it("goes where an argument says only when the person agrees", async () => {
      const { asked } = await during([undefined], () => save({ ...files(), key: uri("site.key") }));
      assert.deepEqual(asked[0]?.split("\n").slice(0, 3), [
        `Write the private key of ${NAME} to ${at("keys")}?`,
        `It is read from ${at("site.key")}.`,
        `${at("keys", "site.key")} (private key)`,
      ]);
      await assert.rejects(stat(at("keys")));
      const name = vscode.workspace.workspaceFolders?.[0]?.name ?? "";
      // The folder is the person's own choice, the key is not.
      assert.equal(
        await answering([name, "Cancel"], () => save({ profile: "nginx", name: "site", key: uri("site.key") })),
        undefined,
      );
      const { result } = await during(["Write the Private Key"], () => save({ ...files(), key: uri("site.key") }));
      assert.equal(result?.files.length, 2);
      assert.equal((await stat(at("keys", "site.key"))).mode & 0o777, 0o600);
      // Nothing is written that is there already, and nothing asked.
      assert.ok((await during([], () => save({ ...files(), key: uri("site.key") }))).result);
    });

    it("is for its owner alone, also where it was not, and says so", async () => {
      const key = at("keys", "site.key");
      await chmod(key, 0o644);
      const kept = await during([undefined], () => save({ ...files(), key: uri("site.key") }));
      assert.match(
        kept.asked[0] ?? "",
        /^Make the private key readable only by you\?\n.*already contains the private key/,
      );
      assert.equal((await stat(key)).mode & 0o777, 0o644);
      await during(["Change Permissions"], () => save({ ...files(), key: uri("site.key") }));
      assert.equal((await stat(key)).mode & 0o777, 0o600);
      await writeFile(key, "mine");
      await chmod(key, 0o644);
      const { asked } = await during(["Write the Private Key", "Replace"], () =>
        save({ ...files(), key: uri("site.key") }),
      );
      assert.match(asked[1] ?? "", /Others can read .*site\.key now\./);
      assert.equal((await stat(key)).mode & 0o777, 0o600);
    });

    it("leaves other names of a file alone, and says so", async () => {
      const certificate = at("keys", "site.chained.crt");
      await writeFile(certificate, "mine");
      await link(certificate, at("keys", "other.crt"));
      const { asked } = await during(["Replace"], () => save({ ...files(), withoutKey: true }));
      assert.match(asked[0] ?? "", /site\.chained\.crt also has other names \(hard links\)/);
      assert.equal(await readFile(at("keys", "other.crt"), "utf8"), "mine");
      assert.ok(isPem(await readFile(certificate, "utf8")));
    });
  });
});
