import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import type { ChosenTaskName } from "../../src/editor/commands/choose-task";
import type { TaskResult } from "../../src/editor/serving/after-saving";
import type { SavedAndServed } from "../../src/editor/serving/save-and-serve";
import { SegmentJournal } from "../../src/storage/journal";
import { globalStorage } from "../workbench/user-settings";
import { activated, answering, run, until, withPassword } from "../host/extension";

const ID = "sandbox~ssl~order~1000003";
const TASK = "reload [x](command:quit) nginx";
const AGREE = "Run Task";

type Entry = Readonly<Record<string, unknown>>;

describe("what follows saving", () => {
  let api: PublicApi;
  let account = "";
  let root = "";
  /** In the workspace. */
  let folder = "";
  let saves = 0;

  before("start the sandbox", async () => {
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    root = workspace.uri.fsPath;
    folder = await mkdtemp(path.join(root, "after-saving-"));
    await run("startSandbox");
    ({ account } = await answering(["Sandbox", "sandbox", ...withPassword(`open & shut = 100%+"ä"`), "Tasks"], () =>
      run<{ account: string }>("addAccount"),
    ));
    await run("trackOrder", { account, product: "ssl", reference: "orderNumber", number: "1000003", label: "Shop" });
    await until(api, ID, ({ serialNumber }) => serialNumber !== undefined);
  });
  after(async () => {
    await run("stopTracking", { order: ID });
    await answering([], () => run("removeAccount", { account }));
    await run("stopSandbox");
    await rm(path.join(root, ".vscode", "tasks.json"));
    await rm(folder, { recursive: true });
  });

  /** A task that notes in a file that it ran, and ends with a code. */
  const noting = (code: number, more: Entry = {}): Entry => ({
    label: TASK,
    type: "process",
    command: process.execPath,
    args: ["-e", `fs.appendFileSync("ran", "ran ${code}\\n"); process.exit(${code})`],
    options: { cwd: folder, env: { ELECTRON_RUN_AS_NODE: "1" } },
    ...more,
  });

  /** Writes the tasks of the workspace, and waits until the editor knows them. */
  async function tasks(...entries: readonly Entry[]): Promise<void> {
    const file = { version: "2.0.0", tasks: entries };
    const known = (): string => JSON.stringify(vscode.workspace.getConfiguration().inspect("tasks")?.workspaceValue);
    await mkdir(path.join(root, ".vscode"), { recursive: true });
    await writeFile(path.join(root, ".vscode", "tasks.json"), JSON.stringify(file));
    while (known() !== JSON.stringify(file)) {
      await new Promise<void>((resolve) => {
        const heard = vscode.workspace.onDidChangeConfiguration(() => {
          heard.dispose();
          resolve();
        });
      });
    }
  }

  /** What the task noted. */
  const ran = (): Promise<string> => readFile(path.join(folder, "ran"), "utf8").catch(() => "");
  const nothingRan = (): Promise<void> => rm(path.join(folder, "ran"), { force: true });

  /** Saves to files that are not there yet. */
  const save = (): Thenable<SavedAndServed | undefined> =>
    run("saveAs", {
      order: ID,
      profile: "plain",
      folder: vscode.Uri.file(path.join(folder, String(++saves))).toString(),
    });

  /** As `answering`, with what was asked modally, and messages; the first that offers a button gets it. */
  async function asked<T>(
    answers: readonly string[],
    action: () => Thenable<T>,
    button?: string,
  ): Promise<{ readonly result: T; readonly questions: readonly string[]; readonly told: readonly string[] }> {
    const questions: string[] = [];
    const told: string[] = [];
    let open = button;
    const window = vscode.window as unknown as Record<string, (...given: unknown[]) => unknown>;
    const { showErrorMessage, showInformationMessage } = window;
    const tell = (text: unknown, ...offered: readonly unknown[]): Promise<unknown> => {
      told.push(String(text));
      if (open === undefined || !offered.includes(open)) return Promise.resolve(undefined);
      open = undefined;
      return Promise.resolve(button);
    };
    try {
      Object.assign(window, { showErrorMessage: tell, showInformationMessage: tell });
      const result = await answering(answers, () => {
        const { showWarningMessage } = window;
        window.showWarningMessage = (text, ...more) => {
          const [options] = more as { detail?: string }[];
          if (options?.detail === undefined) return tell(text, ...more);
          questions.push([text, options.detail].join("\n"));
          return showWarningMessage?.(text, ...more);
        };
        return action();
      });
      return { result, questions, told };
    } finally {
      Object.assign(window, { showErrorMessage, showInformationMessage });
    }
  }

  const lines = async (): Promise<readonly string[]> => {
    const file = vscode.Uri.file(path.join(folder, `evidence-${++saves}.jsonl`));
    await run("exportEvidence", { order: ID, file: file.toString() });
    const texts = (await readFile(file.fsPath, "utf8")).trim().split("\n");
    return texts.map((line) => (JSON.parse(line) as { text?: string }).text ?? "");
  };
  const group = async (): Promise<string | undefined> => (await api.orders()).find(({ id }) => id === ID)?.group;

  it("is a task that a person chose and agreed to, with all of it before them", async () => {
    await tasks(noting(0), { label: "other", type: "shell", command: "echo other" });
    const choose = (): Thenable<ChosenTaskName | undefined> => run("chooseTask", { order: ID });
    const inert = "reload [x] (command:quit) nginx";
    assert.equal((await asked([inert, ""], choose)).result, undefined);
    const { result, questions } = await asked([inert, "Run after Saving"], choose);
    assert.deepEqual(result, { order: ID, task: TASK });
    const [question = ""] = questions;
    assert.ok(question.startsWith(`Run the task “${inert}” each time Shop is saved?`), question);
    assert.ok(question.includes(`Starts: ${process.execPath}`), question);
    assert.ok(question.includes(`fs.appendFileSync(\\"ran\\"`), question);
    assert.ok(question.includes(`Folder: ${folder}`), question);
    assert.ok(question.includes("Sets in the environment: ELECTRON_RUN_AS_NODE"), question);
    assert.equal(await ran(), "");
  });

  it("runs after a save, without another question, and its end is in the history", async () => {
    const { result } = await asked([], save);
    assert.deepEqual(result?.task, { task: TASK, state: "ended", exitCode: 0 });
    assert.equal(await ran(), "ran 0\n");
    assert.equal(await group(), "done");
    const history = await lines();
    const types = history.flatMap((line) => /"type":"(saved|task-\w+)"/.exec(line)?.[1] ?? []);
    assert.deepEqual(types.slice(-3), ["saved", "task-started", "task-ended"]);
    assert.match(history.find((line) => line.includes("task-ended")) ?? "", /"exitCode":0/);
  });

  it("does not run twice for the same files", async () => {
    const { result } = await asked([], () => run<SavedAndServed>("saveAgain", { order: ID }));
    assert.equal(result.files.length, 3);
    assert.equal(result.task, undefined);
    assert.equal(await ran(), "ran 0\n");
  });

  it("is asked about again when it changed, and told once when it fails; another try saves nothing", async () => {
    await nothingRan();
    await tasks(noting(3));
    const { result, questions, told } = await asked([AGREE], save, "Run Again");
    assert.match(questions[0] ?? "", /^It changed since you agreed\.$/m);
    assert.deepEqual(result?.task, { task: TASK, state: "ended", exitCode: 3 });
    const words = "failed with exit code 3. The files for Shop are saved.";
    assert.equal(told.filter((text) => text.includes(words)).length, 1, told.join());
    const saves = async (): Promise<number> => (await lines()).filter((line) => line.includes('"type":"saved"')).length;
    const before = await saves();
    // The message is answered once the command has ended, and the task runs again after it.
    for (;;) {
      let heard: vscode.Disposable | undefined;
      const ended = new Promise<void>((resolve) => (heard = vscode.tasks.onDidEndTask(() => resolve())));
      if ((await ran()) === "ran 3\nran 3\n") break;
      await ended;
      heard?.dispose();
    }
    await until(api, ID, ({ group: now, words: said }) => now === "trouble" && said === "Saved, but its task failed");
    assert.equal(await saves(), before);
  });

  it("does not run when the person does not agree, and the order says so", async () => {
    await nothingRan();
    await tasks(noting(0, { presentation: { reveal: "never" } }));
    const { result } = await asked([""], save);
    assert.deepEqual(result?.task, { task: TASK, state: "not-run", why: "declined" });
    assert.equal(await ran(), "");
    const order = (await api.orders()).find(({ id }) => id === ID);
    assert.deepEqual([order?.group, order?.words], ["ready", "Saved, but its task has not run yet"]);
    const again = await asked([AGREE], () => run<TaskResult>("runTask", { order: ID }));
    assert.equal(again.result.exitCode, 0);
    assert.equal(await group(), "done");
  });

  it("fails with what it depends on, and is asked about when that changed", async () => {
    const compound = { label: TASK, dependsOn: ["test"] };
    await tasks(compound, noting(0, { label: "test" }));
    const first = await asked([AGREE], save);
    assert.equal(first.result?.task?.exitCode, 0);
    await nothingRan();
    await tasks(compound, noting(4, { label: "test" }));
    const { result, questions } = await asked([AGREE], save);
    assert.match(questions[0] ?? "", /^It changed since you agreed\.$/m);
    assert.equal(result?.task?.exitCode, 4);
    assert.equal(await ran(), "ran 4\n");
    // One that has a process of its own, which never starts.
    await tasks(noting(0, { dependsOn: ["test"] }), noting(4, { label: "test" }));
    assert.equal((await asked([AGREE], save)).result?.task?.exitCode, 4);
  });

  it("is not kept as agreed to where not all of it can be seen", async () => {
    await tasks(noting(0, { dependsOn: ["not here"] }));
    for (let times = 0; times < 2; times++) {
      const { result, questions } = await asked([""], save);
      assert.match(questions[0] ?? "", /What “not here” runs cannot be seen here\.[^]*You are asked each time/);
      assert.equal(result?.task?.why, "declined");
    }
  });

  it("is shown in a document where a dialog would cut it", async () => {
    const long = Array.from({ length: 60 }, (_, index) => `// ${index} ${"x".repeat(150)}`).join("\n");
    await tasks(noting(0, { args: ["-e", `${long}\nprocess.exit(0)`] }));
    const { result, questions } = await asked(["Show It", AGREE], save);
    assert.match(questions[0] ?? "", /What it does takes \d+ lines\./);
    assert.equal(result?.task?.exitCode, 0);
    const shown = vscode.window.activeTextEditor?.document.getText() ?? "";
    assert.ok(shown.includes("process.exit(0)"), shown.slice(0, 200));
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("is not guessed among tasks of one name", async () => {
    await nothingRan();
    await tasks(noting(0), noting(1));
    const { result, told } = await asked([], save);
    assert.deepEqual(result?.task, { task: TASK, state: "not-run", why: "ambiguous" });
    assert.ok(
      told.some((text) => text.includes("give them different names")),
      told.join(),
    );
    await tasks({ label: "other", type: "shell", command: "echo other" });
    const gone = await asked([], save);
    assert.equal(gone.result?.task?.why, "missing");
    assert.equal(await ran(), "");
  });

  it("is asked about by where it is from, if that tells tasks of one name apart", async () => {
    await tasks(noting(0));
    const other = new vscode.Task({ type: "other" }, vscode.TaskScope.Workspace, TASK, "other");
    other.execution = new vscode.ProcessExecution(process.execPath, ["-e", "process.exit(7)"], {
      env: { ELECTRON_RUN_AS_NODE: "1" },
    });
    const provided = vscode.tasks.registerTaskProvider("other", {
      provideTasks: () => [other],
      resolveTask: () => undefined,
    });
    try {
      // What was chosen once stays chosen.
      assert.equal((await asked([AGREE], save)).result?.task?.exitCode, 0);
    } finally {
      provided.dispose();
    }
  });

  it("is not started twice: another window may be running it", async () => {
    await nothingRan();
    await asked([], save);
    const journal = new SegmentJournal(path.join(globalStorage(root), "orders"));
    const leaf = /"type":"saved"[^]*?"leaf":"([0-9a-f]{64})"/.exec((await lines()).join("\n"))?.[1] ?? "";
    const [line] = await journal.append([{ type: "task-started", id: ID, leaf, task: TASK }], "durable");
    assert.ok(line);
    await nothingRan();
    const { result, questions } = await asked([""], () => run<TaskResult>("runTask", { order: ID }));
    assert.deepEqual(result, { task: TASK, state: "not-run", why: "busy" });
    assert.match(questions[0] ?? "", /It may still be running in another window\./);
    assert.equal(await ran(), "");
    const ended = { type: "task-ended", id: ID, leaf, task: TASK, started: line.at, exitCode: 0 } as const;
    await journal.append([ended], "durable");
    await journal.close();
  });

  it("can be named by an order file, for which a person agrees anew", async () => {
    await nothingRan();
    await answering(["Do Not Run a Task"], () => run("chooseTask", { order: ID }));
    const file = vscode.Uri.file(path.join(folder, "certificate-collector.json"));
    const listed = { product: "ssl", orderNumber: "1000003", after: { task: TASK } };
    const target = { save: { profile: "nginx", files: { fullchain: "tls/shop.pem" } } };
    await writeFile(file.fsPath, JSON.stringify({ version: 1, orders: [{ ...listed, ...target }] }));
    const collect = () => run<SavedAndServed>("collectToFiles", { file: file.toString(), order: ID });
    const { result, questions } = await asked([AGREE], collect);
    assert.match(questions[0] ?? "", /Named by .*certificate-collector\.json/);
    assert.deepEqual(result.task, { task: TASK, state: "ended", exitCode: 0 });
    assert.equal(await ran(), "ran 0\n");
    // Known by now, and found by whatever way the order is saved.
    assert.equal((await asked([], save)).result?.task?.exitCode, 0);
  });
});
