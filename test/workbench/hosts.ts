// `npm run test:hosts`: the lanes inside an extension host, on the oldest VS Code that the manifest claims and on the
// newest that npm has, one after the other: `node out/test/workbench/hosts.js [oldest|newest]`.
import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";
import { mustRun } from "./command";
import type { Endings } from "./endings";
import { HOST_LANES, type HostLane } from "./host-lanes";
import { type Lane, type LaneResult, runLane } from "./lane";
import { runMain } from "./main";
import { installServer, type ServerPrograms } from "./server-install";
import { installSystemPackages, missingSystemPackages } from "./system-packages";
import { TemporaryFolder } from "./temporary-folder";
import { type Edition, EDITIONS } from "./versions";
import { WorkbenchError } from "./workbench-error";

/** Time for a lane, and for Node to say its version, ms. */
const LANE_LIMIT_MS = 20 * 60_000;
const NODE_LIMIT_MS = 30_000;

const say = (line: string) => console.log(`· ${line}`);

/** What was measured with an editor. */
interface Row {
  /** As the editor and its Node call themselves. */
  readonly editor: string;
  readonly node: string;
  readonly results: readonly LaneResult[];
}

async function hosts(endings: Endings): Promise<number> {
  const named = process.argv[2];
  const editions = (["oldest", "newest"] as const).filter((each) => named === undefined || named === each);
  if (editions.length === 0) {
    throw new WorkbenchError(
      "command-failed",
      `No such editor: ${named}. There are: ${Object.keys(EDITIONS).join(", ")}.`,
    );
  }
  await installSystemPackages(await missingSystemPackages({ browser: true, editions }), say);
  const work = await TemporaryFolder.make("hosts");
  endings.add(() => work.remove());
  const rows: Row[] = [];
  for (const edition of editions) {
    const versions = await versionsOf(await installServer(say, edition));
    say(`VS Code ${versions.editor} on Node ${versions.node}`);
    const results: LaneResult[] = [];
    for (const folder of ["host", "host-serving", "host-upgrade"] as const) {
      results.push(await runLane(lane(folder, edition), work.path, endings, "as it comes"));
    }
    rows.push({ ...versions, results });
  }
  return report(rows);
}

async function versionsOf({ node, vscode }: ServerPrograms): Promise<Omit<Row, "results">> {
  const { version } = JSON.parse(readFileSync(path.join(vscode, "package.json"), "utf8")) as { version: string };
  const output = await mustRun(node, ["--version"], NODE_LIMIT_MS);
  return { editor: version, node: output.trim().replace(/^v/, "") };
}

function lane(folder: HostLane, edition: Edition): Lane {
  const ours = path.join(__dirname, "code.js");
  // test-electron starts it as a program, and a build makes plain files.
  chmodSync(ours, 0o755);
  return {
    name: `${folder}-${edition}`,
    command: [process.execPath, path.join(__dirname, "host-lane.js"), ours, folder, HOST_LANES[folder], edition],
    limitMs: LANE_LIMIT_MS,
    counts: "its tests",
  };
}

/** Prints a line for each lane, as the README's table has them, and the failures again. */
function report(rows: readonly Row[]): number {
  const line = (...cells: readonly (string | number)[]) =>
    console.log(cells.map((cell, at) => (at < 3 ? String(cell).padEnd(21) : String(cell).padStart(8))).join(""));
  console.log();
  line("VS Code", "its Node", "lane", "passed", "failed", "skipped");
  for (const { editor, node, results } of rows) {
    for (const { name, passed, failed, skipped } of results) line(editor, node, name, passed, failed, skipped);
  }
  const all = rows.flatMap(({ results }) => results);
  for (const { name, failures } of all) for (const failure of failures) console.log(`\n✖ ${name}: ${failure}`);
  return all.some(({ failed }) => failed > 0) ? 1 : 0;
}

runMain(hosts);
