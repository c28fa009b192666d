import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ICruiseOptions, ICruiseResult, IForbiddenRuleType } from "dependency-cruiser";
import type * as Cruiser from "dependency-cruiser";

/** Not bundled: it loads parts of itself by their names. */
const PACKAGE = "dependency-cruiser";

/** A file that imports another one or a module, and the rule that this breaks. */
const TABLE: [from: string, to: string, rule: string | undefined][] = [
  ["editor/reads", "certificates/containers/read", "editor-reads-in-the-thread"],
  ["extension", "certificates/containers/zip", "editor-reads-in-the-thread"],
  ["editor/describes", "certificates/details", "editor-reads-in-the-thread"],
  ["editor/opens", "certificates/pkcs12/open", "editor-reads-in-the-thread"],
  ["editor/draws", "certificates/pictures/picture", "editor-reads-in-the-thread"],
  ["editor/finds-keys", "certificates/checks/private-key", "editor-reads-in-the-thread"],
  ["editor/exports", "certificates/pkcs12/write", "editor-reads-in-the-thread"],
  ["editor/pastes", "orders/import/parse-orders", "editor-reads-in-the-thread"],
  ["editor/lists", "orders/import/order-file", "editor-reads-in-the-thread"],
  ["editor/answers", "api/saved", "editor-reads-in-the-thread"],
  ["editor/runs-tasks", "reading/tasks", "editor-sees-only-types-of-reading"],
  ["editor/asks-the-thread", "reading/reading-thread", undefined],
  ["editor/calls", "net/transport", undefined],
  ["certificates/calls", "net/transport", "certificates-imports"],
  ["certificates/asn1/names", "certificates/names/name", "certificates-asn1-imports"],
  ["certificates/names/decodes", "certificates/x509/certificate", "certificates-names-imports"],
  ["certificates/containers/decodes", "certificates/x509/certificate", "certificates-containers-imports"],
  ["certificates/x509/judges", "certificates/checks/rules", "certificates-x509-imports"],
  ["certificates/x509/reads", "certificates/asn1/der", undefined],
  ["orders/model/asks", "orders/checking/ask", "orders-model-imports"],
  ["orders/journal/shows", "orders/presentation/state", "orders-journal-imports"],
  ["orders/checking/shows", "orders/presentation/state", "orders-checking-imports"],
  ["orders/presentation/asks", "orders/checking/schedule", undefined],
  ["editor/base/collects", "editor/window/collector", "editor-base-imports"],
  ["shape/knows", "orders/order", "shape-imports"],
  ["orders/writes", "storage/journal", "orders-imports"],
  ["api/orders", "orders/journal/book", "api-imports"],
  ["reading/speaks", "editor/base/messages", "reading-imports"],
  ["orders/pure", "node:fs", "files-only-in-its-room"],
  ["storage/files", "node:fs", undefined],
  ["editor/files", "node:fs/promises", "files-only-in-its-room"],
  ["editor/sockets", "node:https", "sockets-only-in-its-room"],
  ["net/pool", "undici", "undici-only-in-its-room"],
  ["editor/threads", "node:worker_threads", "threads-only-in-its-room"],
  ["editor/processes", "node:child_process", "processes-only-in-its-room"],
];

describe("arrows between rooms", () => {
  let broken: ReadonlySet<string>;
  before("look at a program of such files", async function () {
    this.timeout(20_000);
    const root = await mkdtemp(path.join(tmpdir(), "certificate-collector-arrows-"));
    try {
      const files = new Map<string, string>();
      for (const [from, to] of TABLE) {
        const isOurs = to.includes("/") && !to.startsWith("node:");
        const way = path.posix.relative(path.posix.dirname(from), to);
        files.set(from, `import "${!isOurs ? to : way.startsWith(".") ? way : `./${way}`}";`);
        if (isOurs && !files.has(to)) files.set(to, "export {};");
      }
      for (const [name, text] of files) {
        const file = fileOf(root, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text);
      }
      const { forbidden } = createRequire(path.resolve("package.json"))("./.dependency-cruiser.cjs") as {
        forbidden: IForbiddenRuleType[];
      };
      const { cruise } = (await import(PACKAGE)) as typeof Cruiser;
      const options: ICruiseOptions = {
        baseDir: root,
        validate: true,
        ruleSet: { forbidden },
        tsPreCompilationDeps: true,
      };
      const { summary } = (await cruise(["src"], options)).output as ICruiseResult;
      // Nothing reaches these files, and the modules are not installed beside them.
      const ours = summary.violations.filter(({ rule }) => !["no-dead-files", "resolvable"].includes(rule.name));
      broken = new Set(ours.map(({ rule, from }) => `${rule.name} ${from}`));
    } finally {
      await rm(root, { recursive: true });
    }
  });

  for (const [from, to, rule] of TABLE)
    it(`${rule === undefined ? "lead" : "do not lead"} from ${from} to ${to}`, () => {
      const rules = [...broken].filter((each) => each.endsWith(` src/${from}.ts`)).map((each) => each.split(" ", 1)[0]);
      if (rule === undefined) assert.deepEqual(rules, []);
      else assert.ok(rules.includes(rule), rules.join());
    });
});

const fileOf = (root: string, name: string): string => path.join(root, "src", `${name}.ts`);
