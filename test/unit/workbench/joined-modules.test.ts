import assert from "node:assert/strict";
import { once } from "node:events";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { useFolder } from "../storage/folder";

type Part = (name: string) => unknown;
type Module = (module: { exports: unknown }, require: Part) => void;
type CreatePart = (parts: Readonly<Record<string, Module>>, otherwise: Part) => Part;
type JoinModules = (folder: string, metafile: { outputs: object }) => void;

/** Scripts of the build are CommonJS, and stay as they are. */
const built = createRequire(path.resolve("package.json"));
const { createPart } = built("./build/part-loader.js") as { createPart: CreatePart };
const { joinModules } = built("./build/join-modules.js") as { joinModules: JoinModules };

describe("the loader of modules that lie in one file", () => {
  const elsewhere: Part = (name) => `from elsewhere: ${name}`;

  it("runs a module when it is asked for, and once", () => {
    const runs: string[] = [];
    const part = createPart(
      {
        "./a.js": (module, require) => {
          runs.push("a");
          module.exports = { value: 1, b: require("./b.js") };
        },
        "./b.js": (module) => {
          runs.push("b");
          module.exports = { value: 2 };
        },
        "./c.js": () => runs.push("c"),
      },
      elsewhere,
    );
    assert.deepEqual(runs, []);
    assert.deepEqual(part("./a.js"), { value: 1, b: { value: 2 } });
    assert.equal(part("./a.js"), part("./a.js"));
    assert.deepEqual(runs, ["a", "b"]);
  });

  it("gives what a module exported so far to one that it waits for", () => {
    const part = createPart(
      {
        "./a.js": (module, require) => {
          const exports = module.exports as Record<string, unknown>;
          exports.early = 1;
          exports.b = require("./b.js");
          exports.late = 2;
        },
        "./b.js": (module, require) => {
          module.exports = { seen: { ...(require("./a.js") as object) } };
        },
      },
      elsewhere,
    );
    assert.deepEqual(part("./a.js"), { early: 1, b: { seen: { early: 1 } }, late: 2 });
  });

  for (const name of ["vscode", "./other.js", "constructor", "__proto__"]) {
    it(`asks its file for what it does not have: ${name}`, () => {
      const part = createPart({ "./a.js": (module, require) => (module.exports = require(name)) }, elsewhere);
      assert.equal(part(name), `from elsewhere: ${name}`);
      assert.equal(part("./a.js"), `from elsewhere: ${name}`);
    });
  }

  it("runs a module again that threw, and gives nobody what it had made by then", () => {
    let isBroken = true;
    const part = createPart(
      {
        "./a.js": (module) => {
          module.exports = "half";
          if (isBroken) throw new Error("broken");
          module.exports = "whole";
        },
      },
      elsewhere,
    );
    for (let time = 0; time < 2; time++) assert.throws(() => part("./a.js"), /broken/);
    isBroken = false;
    assert.equal(part("./a.js"), "whole");
  });
});

describe("modules that are joined", () => {
  const folder = useFolder();

  /** Modules as esbuild writes them, each with a value of its own, and with what it imports. */
  const MODULES: Readonly<
    Record<string, { readonly imports: readonly string[]; readonly later?: string; isLarge?: true }>
  > = {
    "extension.js": { imports: ["chunk-both.js", "chunk-start.js"], later: "late.js" },
    "late.js": { imports: ["chunk-both.js", "chunk-small.js"] },
    "reading.js": { imports: ["chunk-both.js", "chunk-small.js"], later: "task.js" },
    "task.js": { imports: ["chunk-start.js"], isLarge: true },
    "chunk-both.js": { imports: [] },
    "chunk-start.js": { imports: [] },
    "chunk-small.js": { imports: ["chunk-both.js"] },
  };

  beforeEach(async () => {
    const outputs: Record<string, { imports: { kind: string; path: string }[] }> = {};
    for (const [name, { imports, later, isLarge }] of Object.entries(MODULES)) {
      const given = imports.map((each) => `...require("./${each}").all`);
      const code = [
        `const self={name:"${name}"};`,
        `module.exports={self,all:[self,${given.join()}]`,
        later === undefined ? "};" : `,later:()=>require("./${later}")};`,
        ...(isLarge === true ? [`/*${"x".repeat(8 * 1024)}*/`] : []),
      ];
      await writeFile(path.join(folder(), name), code.join(""));
      outputs[`out/modules/${name}`] = {
        imports: [
          ...imports.map((each) => ({ kind: "import-statement", path: `out/modules/${each}` })),
          ...(later === undefined ? [] : [{ kind: "dynamic-import", path: `out/modules/${later}` }]),
        ],
      };
    }
    joinModules(folder(), { outputs });
  });

  it("leaves a file for what starts, for what comes later and is large, and for the rest", async () => {
    assert.deepEqual((await readdir(folder())).sort(), [
      "extension.js",
      "parts-in-thread.js",
      "parts.js",
      "reading.js",
      "shared.js",
      "task.js",
    ]);
  });

  it("are one of each, whoever asks", () => {
    interface Made {
      readonly self: { readonly name: string };
      readonly all: readonly Made["self"][];
      later?(): Made;
    }
    const program = createRequire(path.join(folder(), "x.js"))("./extension.js") as Made;
    const late = program.later?.() ?? assert.fail();
    const names = (made: Made) => made.all.map(({ name }) => name);
    assert.deepEqual(names(program), ["extension.js", "chunk-both.js", "chunk-start.js"]);
    assert.deepEqual(names(late), ["late.js", "chunk-both.js", "chunk-small.js", "chunk-both.js"]);
    const both = [...program.all, ...late.all].filter(({ name }) => name === "chunk-both.js");
    assert.equal(new Set(both).size, 1);
  });

  it("run in a thread without the program's own file", async () => {
    await rm(path.join(folder(), "extension.js"));
    const code = `
      const { parentPort } = require("node:worker_threads");
      const reading = require(${JSON.stringify(path.join(folder(), "reading.js"))});
      parentPort.postMessage([reading, reading.later()].map(({ all }) => all.map(({ name }) => name)));`;
    const thread = new Worker(code, { eval: true });
    const [[names, later]] = (await once(thread, "message")) as [[string[], string[]]];
    assert.deepEqual(names, ["reading.js", "chunk-both.js", "chunk-small.js", "chunk-both.js"]);
    assert.deepEqual(later, ["task.js", "chunk-start.js"]);
  });

  it("give the thread nothing that it does not reach", async () => {
    const text = await readFile(path.join(folder(), "parts-in-thread.js"), "utf8");
    assert.deepEqual(
      Object.keys(MODULES).filter((name) => text.includes(`self={name:"${name}"}`)),
      ["chunk-both.js", "chunk-start.js"],
    );
  });
});
