import assert from "node:assert/strict";
import { describeTask, type TaskFacts, type WrittenTasks } from "../../../../src/editor/serving/task-definition";
import { english } from "../../../../src/words/localize";

const FOLDER = "file:///site";

/** A task of tasks.json that starts a program. */
function task(name: string, more: Partial<TaskFacts> = {}): TaskFacts {
  return {
    ...{ name, source: "Workspace", place: FOLDER, isBackground: false },
    ...{ definition: { type: "process", id: `process,${name}` }, presentation: { reveal: 1 }, runOptions: {} },
    execution: { kind: "process", command: "/usr/sbin/nginx", args: ["-s", "reload"], options: { cwd: "/srv" } },
    ...more,
  };
}

/** As an entry of tasks.json without a program of its own. */
const compound = (name: string): TaskFacts => {
  const { execution, ...rest } = task(name, { definition: { type: "$composite", id: "made-up" } });
  assert.ok(execution);
  return rest;
};

const RELOAD = task("reload nginx");

/** What is shown of the first task, and agreed to. */
function described(
  all: readonly TaskFacts[],
  entries: readonly object[] = all.map(({ name }) => ({ label: name })),
  more: WrittenTasks = {},
  settings: Readonly<Record<string, unknown>> = {},
) {
  const [first] = all;
  assert.ok(first);
  const written = (place: string): WrittenTasks | undefined =>
    place === FOLDER ? { version: "2.0.0", tasks: entries, ...more } : undefined;
  return describeTask(first, { all, written, setting: (name) => settings[name] }, english);
}

describe("the definition of a task", () => {
  const shell = (command: unknown, options = {}, args: unknown[] = []): TaskFacts =>
    task("reload nginx", { execution: { kind: "shell", command, args, options } });

  const LINES: readonly [what: string, task: TaskFacts, lines: readonly string[]][] = [
    ["starts a program", RELOAD, ["Starts: /usr/sbin/nginx", 'Arguments: "-s" "reload"', "Folder: /srv"]],
    ["is a command line", shell("nginx -t && nginx -s reload"), ["Command line: nginx -t && nginx -s reload"]],
    [
      "sets in the environment, and no secret of it",
      shell("deploy", { env: { TOKEN: "hush", PATH: "./evil" } }),
      ["Command line: deploy", 'Sets in the environment: TOKEN=… and PATH="./evil"'],
    ],
    [
      "hides its terminal",
      task("reload nginx", { presentation: { reveal: 3 } }),
      ["Starts: /usr/sbin/nginx", 'Arguments: "-s" "reload"', "Folder: /srv", "Its terminal is not shown."],
    ],
    [
      "has a shell of its own",
      shell("x", { executable: "/bin/zsh", shellArgs: ["-c"] }),
      ["Command line: x", 'Shell: "/bin/zsh" ["-c"]'],
    ],
    [
      "has quoted arguments",
      shell({ value: "a b", quoting: 2 }, {}, [{ value: "c", quoting: 3 }]),
      ['Command line: {"quoting":2,"value":"a b"}', 'Arguments: {"quoting":3,"value":"c"}'],
    ],
  ];
  for (const [what, one, lines] of LINES) {
    it(`shows whole what ${what}`, () => {
      const { lines: shown, isKnown } = described([one]);
      assert.deepEqual(shown.slice(0, lines.length), lines);
      assert.deepEqual(shown.slice(lines.length), ['Provided by: Workspace, {"type":"process"}']);
      assert.equal(isKnown, true);
    });
  }

  const told = { label: "reload nginx", command: "/usr/sbin/nginx" };
  const base = (): string => described([RELOAD], [told]).hash;
  const same: readonly [what: string, hash: () => string][] = [
    [
      "the name that the editor makes up",
      () => described([{ ...RELOAD, definition: { id: "other", type: "process" } }], [told]).hash,
    ],
    ["the order of members", () => described([RELOAD], [{ command: told.command, label: told.label }]).hash],
    [
      "another task of the file",
      () => described([RELOAD, task("build")], [told, { label: "build", command: "make" }]).hash,
    ],
    [
      "a task of another place",
      () => described([RELOAD, task("reload nginx", { place: "file:///other" })], [told]).hash,
    ],
  ];
  for (const [what, hash] of same) it(`stays agreed to whatever ${what} is`, () => assert.equal(hash(), base()));

  const changed: readonly [what: string, hash: () => string][] = [
    [
      "an argument",
      () =>
        described(
          [
            task("reload nginx", {
              execution: {
                kind: "process",
                command: "/usr/sbin/nginx",
                args: ["-s", "stop"],
                options: { cwd: "/srv" },
              },
            }),
          ],
          [told],
        ).hash,
    ],
    ["a value of the environment", () => described([shell("x", { env: { A: "2" } })], [told]).hash],
    ["the terminal", () => described([{ ...RELOAD, presentation: { reveal: 3 } }], [told]).hash],
    ["when it runs", () => described([{ ...RELOAD, runOptions: { runOn: 2 } }], [told]).hash],
    ["to be in the background", () => described([{ ...RELOAD, isBackground: true }], [told]).hash],
    ["its entry in tasks.json", () => described([RELOAD], [{ ...told, windows: { command: "other" } }]).hash],
    ["what holds for all tasks", () => described([RELOAD], [told], { options: { env: { LD_PRELOAD: "x" } } }).hash],
    [
      "what it depends on",
      () => described([RELOAD, task("build")], [{ ...told, dependsOn: "build" }, { label: "build" }]).hash,
    ],
    ["who provides it", () => described([{ ...RELOAD, source: "npm" }], [told]).hash],
    ["the place", () => described([{ ...RELOAD, place: "user" }], [told]).hash],
  ];
  const before = new Set([base(), described([shell("x", { env: { A: "1" } })], [told]).hash]);
  for (const [what, hash] of changed) {
    it(`is asked about again when ${what} changed`, () => assert.ok(!before.has(hash())));
  }

  it("follows what it depends on, first things first, at any depth and in a circle", () => {
    const all = [compound("deploy"), task("test"), task("reload nginx"), task("lint", { source: "npm" })];
    const entries = [
      { label: "deploy", dependsOn: ["test", "reload nginx"] },
      { label: "test", dependsOn: "npm: lint" },
      { taskName: "reload nginx", dependsOn: "deploy" },
    ];
    const { lines, isKnown, runs } = described(all, entries);
    assert.deepEqual(
      lines.filter((line) => line.startsWith("“")),
      ["“lint”:", "“test”:", "“reload nginx”:", "“deploy”:"],
    );
    assert.ok(lines.includes("Runs the tasks above."));
    assert.equal(isKnown, true);
    assert.equal(runs.length, 4);
    const other = entries.map((entry) => (entry.label === "test" ? { ...entry, args: ["-x"] } : entry));
    assert.notEqual(described(all, other).hash, described(all, entries).hash);
  });

  it("follows a dependency that is named by what its definition says", () => {
    const all = [RELOAD, task("x", { source: "npm", definition: { type: "npm", script: "build" } })];
    const needs = (script: string) => described(all, [{ ...told, dependsOn: { type: "npm", script } }]);
    assert.equal(needs("build").isKnown, true);
    assert.equal(needs("built").isKnown, false);
  });

  const UNKNOWN: readonly [what: string, all: readonly TaskFacts[], entries?: readonly object[]][] = [
    ["code of an extension", [task("x", { source: "ext", execution: { kind: "custom" } })], []],
    ["nothing that is told", [compound("x")], [{ label: "x" }]],
    ["what is not in tasks.json", [RELOAD], []],
    ["a task that is not there", [RELOAD], [{ ...told, dependsOn: "gone" }]],
    [
      "one of two tasks",
      [RELOAD, task("a"), task("a", { isBackground: true })],
      [{ ...told, dependsOn: "a" }, { label: "a" }],
    ],
    [
      "more tasks than are looked at",
      [compound("0"), ...Array.from({ length: 40 }, (_, index) => task(String(index + 1)))],
      Array.from({ length: 41 }, (_, index) => ({
        label: String(index),
        ...(index < 40 && { dependsOn: [String(index + 1)] }),
      })),
    ],
  ];
  for (const [what, all, entries] of UNKNOWN) {
    it(`is said not to be known where it runs ${what}`, () => {
      const { isKnown, lines } = described(all, entries);
      assert.equal(isKnown, false);
      assert.match(lines.at(-1) ?? "", /^What “.*” runs cannot be seen here\.$/);
    });
  }

  it("includes settings and inputs that it names, and no others", () => {
    const one = shell("${config:site.deploy} ${input:who} ${config:none}");
    const inputs = [
      { id: "who", type: "command", command: "x.y" },
      { id: "not", type: "promptString" },
    ];
    const settings = { "site.deploy": "run ${config:site.inner}", "site.inner": "make", other: 1 };
    const { lines } = described([one], [told], { inputs }, settings);
    assert.deepEqual(lines.slice(-4), [
      'Input: {"command":"x.y","id":"who","type":"command"}',
      'Setting site.deploy: "run ${config:site.inner}"',
      "Setting none: ",
      'Setting site.inner: "make"',
    ]);
    const hash = (inner: string) => described([one], [told], { inputs }, { ...settings, "site.inner": inner }).hash;
    assert.notEqual(hash("make"), hash("rm"));
  });

  it("takes for a member what the file says, and nothing that every object has", () => {
    const { isKnown } = described([RELOAD], [{ label: "reload nginx", dependsOn: ["constructor"] }]);
    assert.equal(isKnown, false);
  });

  const NAMES: readonly [what: string, command: string, names: readonly string[], isKnown: boolean][] = [
    ["in a row", "${config:a} ${config:b.c}", ["a", "b.c"], true],
    ["with braces, which the editor counts", "x ${config:a{b}} y", ["a{b}"], true],
    ["with quotation marks", '${config:q"x}', ['q"x'], true],
    ["that are very long", `\${config:${"n".repeat(5_000)}}`, ["n".repeat(5_000)], true],
    ["inside of each other", "${config:a${config:b}}", ["a${config:b}", "b"], true],
    ["without an end, which nobody can tell", "${config:a", [], false],
    ["that are too many", Array.from({ length: 60 }, (_, each) => `\${config:s${each}}`).join(" "), [], false],
  ];
  for (const [what, command, names, isKnown] of NAMES) {
    it(`shows the settings ${what}, or asks each time`, () => {
      const told = described([shell(command)]);
      assert.equal(told.isKnown, isKnown);
      for (const name of names) {
        assert.ok(
          told.lines.some((line) => line.startsWith(`Setting ${name}:`)),
          name.slice(0, 40),
        );
        assert.notEqual(described([shell(command)], undefined, {}, { [name]: "evil" }).hash, told.hash);
      }
    });
  }

  it("shows an input that only a setting names", () => {
    const inputs = [{ id: "host", type: "command", command: "evil" }];
    const { lines } = described([shell("${config:a}")], undefined, { inputs }, { a: "${input:host}" });
    assert.ok(lines.some((line) => line.startsWith("Input: ") && line.includes("evil")));
  });
});
