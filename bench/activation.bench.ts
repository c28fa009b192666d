// How long the extension takes to activate, installed from its package in a real extension host, against an extension
// that comes with the editor: `node out/bench/activation.bench.js`. Fresh hosts, in turn. Ends with 1 when over budget.
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { launchBrowser } from "../test/workbench/launch-browser";
import type { Endings } from "../test/workbench/endings";
import { runMain } from "../test/workbench/main";
import { openWorkbench } from "../test/workbench/page";
import { Server } from "../test/workbench/server";
import { installServer } from "../test/workbench/server-install";
import { TemporaryFolder } from "../test/workbench/temporary-folder";

const OURS = "certificate-collector.certificate-collector";
const THEIRS = "vscode.references-view";

/** Counted hosts of each; one more of each comes first. */
const HOSTS = 11;

/** Ours may take as long as theirs; what remains is noise of a median of so few. */
const BUDGET = 1;

const root = path.resolve(__dirname, "..", "..");

/** Runs inside the host in place of tests: activates one extension and writes down how long that took, in ms. */
const PROBE = `
const vscode = require("vscode");
exports.run = async () => {
  const { id, file } = JSON.parse(require("node:fs").readFileSync(__dirname + "/order.json", "utf8"));
  const extension = vscode.extensions.getExtension(id);
  const found = { there: extension !== undefined, early: extension?.isActive };
  const begin = performance.now();
  await extension?.activate();
  require("node:fs").writeFileSync(file, JSON.stringify({ ...found, ms: performance.now() - begin }));
};`;

interface Probed {
  readonly there: boolean;
  readonly early?: boolean;
  readonly ms: number;
}

async function main(endings: Endings): Promise<number> {
  const vsix = path.join(root, "out", "certificate-collector.vsix");
  await stat(vsix);
  const work = await TemporaryFolder.make("bench");
  endings.add(() => work.remove());
  const probe = path.join(work.path, "probe");
  await mkdir(probe);
  await writeFile(
    path.join(probe, "package.json"),
    JSON.stringify({ name: "probe", publisher: "bench", version: "0.0.1", engines: { vscode: "*" } }),
  );
  await writeFile(path.join(probe, "probe.js"), PROBE);
  const server = await Server.start(await installServer(console.log), { vsix });
  endings.add(() => server.stop());
  const browser = await launchBrowser(path.join(work.path, "profile"));
  endings.add(() => browser.close());

  async function activation(id: string, host: number): Promise<number> {
    const file = path.join(work.path, `${host}-${id}.json`);
    await writeFile(path.join(probe, "order.json"), JSON.stringify({ id, file }));
    const page = await browser.newPage();
    let ended: () => void = () => undefined;
    const run = new Promise<void>((resolve) => (ended = resolve));
    await page.exposeFunction("codeAutomationExit", () => ended());
    const url = server.url({
      folder: work.path,
      extensionDevelopmentPath: probe,
      extensionTestsPath: path.join(probe, "probe.js"),
    });
    await Promise.all([run, openWorkbench(page, url)]);
    await page.close();
    const { there, early, ms } = JSON.parse(await readFile(file, "utf8")) as Probed;
    if (!there || early) throw new Error(`${id} ${there ? "was active already" : "is not installed"}.`);
    return ms;
  }

  const times: Record<string, number[]> = { [OURS]: [], [THEIRS]: [] };
  for (let host = 0; host <= HOSTS; host++) {
    for (const id of host % 2 === 0 ? [OURS, THEIRS] : [THEIRS, OURS]) {
      const ms = await activation(id, host);
      if (host > 0) times[id]?.push(ms);
    }
  }
  const [ours, theirs] = [median(times[OURS]), median(times[THEIRS])];
  const ratio = ours / theirs;
  console.log(`activation, medians of ${HOSTS} fresh hosts each`);
  console.log(`  ours                    ${ours.toFixed(2)} ms`);
  console.log(`  ${THEIRS}  ${theirs.toFixed(2)} ms`);
  console.log(
    `  ratio                   ${ratio.toFixed(2)} (budget ${BUDGET})${ratio > BUDGET ? "  over budget" : ""}`,
  );
  return ratio > BUDGET ? 1 : 0;
}

function median(values: readonly number[] = []): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

runMain(main);
