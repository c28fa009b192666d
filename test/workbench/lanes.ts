// Runs the lanes of `npm test`, all of them or those named: `node out/test/workbench/lanes.js [unit host e2e …]`.
import { chmodSync } from "node:fs";
import path from "node:path";
import { downloadDesktop } from "./desktop-download";
import type { Endings } from "./endings";
import { HOST_LANES, type HostLane } from "./host-lanes";
import { type Lane, type LaneResult, runLane } from "./lane";
import { runMain } from "./main";
import { npmRun } from "./npm-run";
import { installServer } from "./server-install";
import { installSystemPackages, missingSystemPackages } from "./system-packages";
import { TemporaryFolder } from "./temporary-folder";
import { WorkbenchError } from "./workbench-error";

/** A static lane passes or fails as one; the others have tests that are counted. */
const STATIC_LIMIT_MS = 10 * 60_000;

const npm = (script: string): Lane => ({
  name: script.replace(/^check:/, ""),
  command: npmRun(script),
  limitMs: STATIC_LIMIT_MS,
  counts: "as one",
});

/** MB for what is made and soon forgotten, as tests do much: the default costs a tenth of the time of a lane. */
const YOUNG = ["--min-semi-space-size=64", "--max-semi-space-size=128"];

const node = (name: string, script: string, args: readonly string[], minutes: number): Lane => ({
  name,
  command: [process.execPath, ...YOUNG, path.join(__dirname, script), ...args],
  limitMs: minutes * 60_000,
  counts: "its tests",
});

/** A lane of its own for each of two parts of the test files: `unit-1`, `unit-2`. */
const halves = (name: string, minutes: number): readonly [Lane, Lane] => [
  node(`${name}-1`, "mocha-lane.js", [name, "1/2"], minutes),
  node(`${name}-2`, "mocha-lane.js", [name, "2/2"], minutes),
];

/** It builds `dist/` anew, which tests load: it starts first, and no test starts before it ends. */
const PACKAGE = npm("check:package");

/** They need no editor, and run two at a time while it is fetched; the longest first. */
const BESIDE: readonly Lane[] = [
  npm("lint"),
  npm("check:types"),
  ...halves("hostile", 5),
  node("programs", "mocha-lane.js", ["programs"], 5),
  ...halves("unit", 5),
  node("boringssl", "boringssl-lane.js", [], 5),
  npm("check:arrows"),
];

const [journeys, otherJourneys] = halves("e2e", 30);

/**
 * They drive browsers, windows and processes, which wait more than they work: two tracks at the same time, each lane of
 * a track after the one before. Each editor has a server, a port, a profile and a browser of its own.
 */
const TRACKS: readonly (readonly (Lane | HostLane)[])[] = [
  [journeys, "host", "host-serving", "host-upgrade"],
  [
    otherJourneys,
    node("process", "mocha-lane.js", ["process"], 15),
    node("page", "mocha-lane.js", ["page"], 15),
    node("web", "mocha-lane.js", ["web"], 15),
  ],
];

const say = (line: string) => console.log(`· ${line}`);

async function lanes(endings: Endings): Promise<number> {
  const named = process.argv.slice(2);
  const all = [PACKAGE, ...BESIDE, ...TRACKS.flat()].map(nameOf);
  // Both parts of a lane that has parts, and each of them.
  const isNamed = (one: string, lane: string) => one === lane || lane.replace(/-\d$/, "") === one;
  const unknown = named.filter((name) => !all.some((lane) => isNamed(name, lane)));
  if (unknown.length > 0)
    throw new WorkbenchError("command-failed", `No such lane: ${unknown.join(", ")}. There are: ${all.join(", ")}.`);
  const wanted = (lane: Lane | HostLane) => named.length === 0 || named.some((name) => isNamed(name, nameOf(lane)));

  const work = await TemporaryFolder.make("lanes");
  endings.add(() => work.remove());
  const scratch = work.path;
  const tracks = TRACKS.map((track) => track.filter(wanted)).filter((track) => track.length > 0);
  // Said before the first lane starts: whoever must type a line first need not wait for it.
  const missing = tracks.length > 0 ? await missingSystemPackages({ browser: true }) : [];
  const editor = tracks.length > 0 ? prepareEditor(missing) : Promise.resolve(undefined);

  const results: LaneResult[] = [];
  const beside = BESIDE.filter(wanted);
  const packaged = wanted(PACKAGE) ? runLane(PACKAGE, scratch, endings, "when it ends") : undefined;
  const worker = async () => {
    for (let lane = beside.shift(); lane !== undefined; lane = beside.shift()) {
      if (lane.counts === "its tests") await packaged;
      results.push(await runLane(lane, scratch, endings, "when it ends"));
    }
  };
  const packagerFirst = async () => {
    if (packaged !== undefined) results.push(await packaged);
    await worker();
  };
  await Promise.all([packagerFirst(), worker()]);
  const trouble = await editor;
  const print = tracks.length > 1 ? "when it ends" : "as it comes";
  const follow = async (track: readonly (Lane | HostLane)[]) => {
    for (const lane of track) {
      results.push(
        trouble === undefined
          ? await runLane(typeof lane === "string" ? await hostLane(lane) : lane, scratch, endings, print)
          : { name: nameOf(lane), passed: 0, failed: 1, skipped: 0, seconds: 0, failures: [trouble] },
      );
    }
  };
  await Promise.all(tracks.map(follow));
  return report(results);
}

/** Gets what driving an editor takes. @returns why that failed; undefined when all is there */
async function prepareEditor(missing: readonly string[]): Promise<string | undefined> {
  try {
    await installSystemPackages(missing, say);
    await installServer(say);
    return undefined;
  } catch (error) {
    return `there is no editor: ${String(error)}`;
  }
}

const nameOf = (lane: Lane | HostLane): string => (typeof lane === "string" ? lane : lane.name);

/** The lane inside an extension host, whose editor is found when it begins. */
async function hostLane(folder: HostLane): Promise<Lane> {
  const desktop = await downloadDesktop(say);
  say(`${folder} tests run in ${desktop ?? "the VS Code server: no display, or no download of a desktop VS Code"}`);
  const ours = path.join(__dirname, "code.js");
  // test-electron starts it as a program, and a build makes plain files.
  chmodSync(ours, 0o755);
  return node(folder, "host-lane.js", [desktop ?? ours, folder, HOST_LANES[folder]], 20);
}

/** Prints what each lane came to, the failures again, and the line that closes. */
function report(results: readonly LaneResult[]): number {
  const sum = (state: "passed" | "failed" | "skipped") => results.reduce((total, lane) => total + lane[state], 0);
  console.log(
    `\n${"lane".padEnd(10)}${["passed", "failed", "skipped", "seconds"].map((word) => word.padStart(9)).join("")}`,
  );
  for (const lane of results) {
    const numbers = [lane.passed, lane.failed, lane.skipped].map(String).concat(lane.seconds.toFixed(1));
    console.log(lane.name.padEnd(10) + numbers.map((number) => number.padStart(9)).join(""));
  }
  for (const lane of results) {
    for (const failure of lane.failures) console.log(`\n✖ ${lane.name}: ${failure}`);
  }
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
  return sum("failed") > 0 ? 1 : 0;
}

runMain(lanes);
