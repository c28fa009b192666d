import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { useFolder } from "../storage/folder";

type CreatePart = (modules: readonly (() => object)[]) => (place: number) => object;
type JoinModules = (folder: string, outdir: string, metafile: { outputs: object }) => void;

/** Scripts of the build are CommonJS, and stay as they are. */
const built = createRequire(path.resolve("package.json"));
const { createPart } = built("./build/part-loader.js") as { createPart: CreatePart };
const { joinModules } = built("./build/join-modules.js") as { joinModules: JoinModules };

describe("the loader of modules that lie in one file", () => {
  it("runs a module when it is asked for, and once", () => {
    const runs: string[] = [];
    const part = createPart([
      () => {
        runs.push("a");
        return { value: 1, b: part(1) };
      },
      () => {
        runs.push("b");
        return { value: 2 };
      },
      () => {
        runs.push("c");
        return {};
      },
    ]);
    assert.deepEqual(runs, []);
    assert.deepEqual(part(0), { value: 1, b: { value: 2 } });
    assert.equal(part(0), part(0));
    assert.deepEqual(runs, ["a", "b"]);
  });

  it("runs a module again that threw", () => {
    let isBroken = true;
    const part = createPart([
      () => {
        if (isBroken) throw new Error("broken");
        return { value: "whole" };
      },
    ]);
    for (let time = 0; time < 2; time++) assert.throws(() => part(0), /broken/);
    isBroken = false;
    assert.deepEqual(part(0), { value: "whole" });
  });
});

/** A module as esbuild writes it: its name is a value of its own, and it gives what it got of others. */
interface Module {
  readonly imports: readonly string[];
  readonly later?: string;
  /** The source that it was made of, where it is one to start with. */
  readonly source?: string;
}

describe("modules that are joined", () => {
  const folder = useFolder();

  const MODULES: Readonly<Record<string, Module>> = {
    "extension.js": { imports: ["chunk-both.js", "chunk-start.js"], later: "program.js", source: "src/extension.ts" },
    "program.js": {
      imports: ["chunk-both.js", "chunk-small.js"],
      later: "command.js",
      source: "src/editor/window/composition.ts",
    },
    "command.js": { imports: ["chunk-task.js"], later: "sandbox.js" },
    "sandbox.js": { imports: ["chunk-sandbox.js"], source: "src/sandbox/server.ts" },
    "reading.js": { imports: ["chunk-both.js", "chunk-small.js"], later: "task.js", source: "src/reading/main.ts" },
    "task.js": { imports: ["chunk-start.js", "chunk-task.js"] },
    "chunk-both.js": { imports: [] },
    "chunk-start.js": { imports: [] },
    "chunk-small.js": { imports: ["chunk-both.js"] },
    "chunk-task.js": { imports: [] },
    "chunk-sandbox.js": { imports: [] },
  };

  async function join(modules: Readonly<Record<string, Module>>): Promise<string> {
    const [from, to] = [path.join(folder(), "modules"), path.join(folder(), "dist")];
    await Promise.all([from, to].map((each) => mkdir(each)));
    const outputs: Record<string, object> = {};
    for (const [name, { imports, later, source }] of Object.entries(modules)) {
      const code = [
        ...imports.map((each, index) => `import{a as m${index},b}from"./${each}";`.replace(",b}", `,b as n${index}}`)),
        'import p,{join as j}from"node:path";import*as q from"node:path";',
        `var s={name:"${name}",isOne:p.join===j&&q.join===j};`,
        later === undefined ? "var l;" : `var l=()=>import("./${later}");`,
        `function all(){return[s,${imports.map((_, index) => `...m${index}()`).join()}]}`,
        `export{all as a,s as b${source === undefined && !/^(?:task|command)/.test(name) ? "" : ",all,l as later"}};`,
      ];
      await writeFile(path.join(from, name), code.join(""));
      outputs[`out/modules/${name}`] = {
        entryPoint: source,
        exports: ["a", "b", "all", "later"],
        inputs: { [source ?? `src/${name}`]: {} },
        imports: [
          ...imports.map((each) => ({ kind: "import-statement", path: `out/modules/${each}` })),
          ...(later === undefined ? [] : [{ kind: "dynamic-import", path: `out/modules/${later}` }]),
          { kind: "import-statement", path: "node:path", external: true },
        ],
      };
    }
    joinModules(from, to, { outputs });
    return to;
  }

  interface Made {
    readonly b: { readonly name: string; readonly isOne: boolean };
    all(): readonly Made["b"][];
    later(): Promise<Made>;
  }

  const names = (made: Made) => made.all().map(({ name }) => name);

  it("lie in a file for each time when they are read", async () => {
    assert.deepEqual((await readdir(await join(MODULES))).sort(), [
      "commands.js",
      "extension.js",
      "program.js",
      "readers.js",
      "reading.js",
      "sandbox.js",
      "shared.js",
    ]);
  });

  it("are one of each, whoever asks, and get what they import", async () => {
    const program = createRequire(path.join(await join(MODULES), "x.js"))("./extension.js") as Made;
    const late = await program.later();
    const command = await late.later();
    const sandbox = await command.later();
    assert.deepEqual(names(program), ["extension.js", "chunk-both.js", "chunk-start.js"]);
    assert.deepEqual(names(late), ["program.js", "chunk-both.js", "chunk-small.js", "chunk-both.js"]);
    assert.deepEqual(names(command), ["command.js", "chunk-task.js"]);
    assert.deepEqual(names(sandbox), ["sandbox.js", "chunk-sandbox.js"]);
    const all = [program, late, command, sandbox].flatMap((made) => made.all());
    assert.equal(new Set(all.filter(({ name }) => name === "chunk-both.js")).size, 1);
    assert.deepEqual(
      all.filter(({ isOne }) => !isOne),
      [],
    );
  });

  it("run in a thread without the editor's", async () => {
    const dist = await join(MODULES);
    const code = `
      const { parentPort } = require("node:worker_threads");
      const files = () => Object.keys(require.cache).map((file) => require("node:path").basename(file));
      require(${JSON.stringify(path.join(dist, "reading.js"))});
      const before = files();
      const { part } = require(${JSON.stringify(path.join(dist, "readers.js"))});
      const modules = [];
      try { for (let place = 0; ; place++) modules.push(part(place)); } catch {}
      const reading = modules.find(({ b }) => b.name === "reading.js");
      reading.later().then((late) => {
        parentPort.postMessage([before, ...[reading, late].map((made) => made.all().map(({ name }) => name))]);
      });`;
    const [[before, now, later]] = (await once(new Worker(code, { eval: true }), "message")) as [string[][]];
    assert.deepEqual(before?.sort(), ["extension.js", "readers.js", "reading.js", "shared.js"]);
    assert.deepEqual(now, ["reading.js", "chunk-both.js", "chunk-small.js", "chunk-both.js"]);
    assert.deepEqual(later, ["task.js", "chunk-start.js", "chunk-task.js"]);
  });

  /** Joins modules by their code. */
  async function joinCode(modules: Readonly<Record<string, string>>): Promise<string> {
    const [from, to] = [path.join(folder(), "modules"), path.join(folder(), "dist")];
    await Promise.all([from, to].map((each) => mkdir(each)));
    const outputs: Record<string, object> = {};
    for (const [name, code] of Object.entries(modules)) {
      await writeFile(path.join(from, name), code);
      const imported = [...code.matchAll(/from"\.\/([\w.-]+)"/g)].map(([, other]) => other);
      outputs[`out/modules/${name}`] = {
        entryPoint: MODULES[name]?.source,
        exports: ["a"],
        inputs: { [`src/${name}`]: {} },
        imports: imported.map((other) => ({ kind: "import-statement", path: `out/modules/${other}` })),
      };
    }
    joinModules(from, to, { outputs });
    return to;
  }

  const STARTS = Object.fromEntries(
    Object.entries(MODULES).flatMap(([name, { source }]) => (source === undefined ? [] : [[name, "var a;export{a};"]])),
  );

  it("get what another one has by default, and the whole of another one", async () => {
    const dist = await joinCode({
      ...STARTS,
      "extension.js": 'import d,{n}from"./chunk.js";import*as w from"./chunk.js";var a=[d,n,w.n,w.default];export{a};',
      "chunk.js": 'var d="by default",n="by name";export{d as default,n};',
    });
    const { a } = createRequire(path.join(dist, "x.js"))("./extension.js") as { a: readonly string[] };
    assert.deepEqual(a, ["by default", "by name", "by name", "by default"]);
  });

  for (const code of ["export default 1;", 'export*from"./program.js";', 'export{a}from"./program.js";']) {
    it(`may not be printed in a way that is not known: ${code}`, async () => {
      const how = new RegExp(`another kind: ${code.replace(/[*.{}]/g, "\\$&")}`);
      await assert.rejects(joinCode({ ...STARTS, "extension.js": code }), how);
    });
  }

  it("must be those that decide where the others lie", async () => {
    const { "sandbox.js": left, ...others } = STARTS;
    assert.ok(left !== undefined);
    await assert.rejects(joinCode(others), /No module was made of src\/sandbox\/server\.ts/);
  });

  it("may not import each other in a circle", async () => {
    const circle = {
      ...MODULES,
      "chunk-task.js": { imports: ["chunk-small.js"] },
      "chunk-both.js": { imports: ["chunk-task.js"] },
    };
    await assert.rejects(join(circle), /import each other.*chunk-both\.js.*chunk-task\.js.*chunk-small\.js/);
  });
});
