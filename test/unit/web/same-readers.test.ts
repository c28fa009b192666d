import { inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { DetailsPage } from "../../../src/certificates/details/page";
import type { TaskInput, TaskName, TaskOutput } from "../../../src/reading/reading-thread";
import { answer } from "../../../src/reading/tasks";
import { caFixtures } from "../certificates/fixtures";
import { BrowserWorker } from "./browser-worker";

const FIXTURES = path.join("test", "fixtures");
const NOW = Date.UTC(2026, 10, 1);

/** Files whose keys have a curve that the engine of the browser does not know, which the page says so. */
const CURVES: Readonly<Record<string, string>> = {
  "certificates/keys/binary-curve.pem": "EC sect233r1",
  "certificates/keys/p-192.pem": "EC P-192",
  "certificates/keys/p-224.pem": "EC P-224",
};

/** Said of a PKCS #12 file in place of what its password would do. */
const CLOSED =
  "A PKCS #12 file. Its password cannot be entered in the browser. Open the file with VS Code on a computer.";

const FILES = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })
  .map((name) => name.split(path.sep).join("/"))
  // What is in it is read as certificates below; as a text it only takes time.
  .filter((name) => !name.endsWith("ca-certificates.json") && statSync(path.join(FIXTURES, name)).isFile())
  .sort();

const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(FIXTURES, name)));

/** A task in the desktop's readers. */
async function onDesktop<K extends TaskName>(task: K, input: TaskInput<K>): Promise<TaskOutput<K>> {
  const reply = await answer({ task, input: input as never });
  if ("error" in reply) throw new Error(inEnglish(reply.error.said));
  return reply.output as TaskOutput<K>;
}

/** As JSON: buffers are bytes on one side and typed arrays on the other. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, each: unknown) => {
      if (each instanceof Uint8Array) return Buffer.from(each).toString("hex");
      return isBufferJson(each) ? Buffer.from(each.data).toString("hex") : each;
    }),
  );

const isBufferJson = (value: unknown): value is { readonly data: number[] } =>
  typeof value === "object" && value !== null && "type" in value && value.type === "Buffer" && "data" in value;

describe("the readers of the browser and those of the desktop", () => {
  let worker: BrowserWorker;
  before(() => (worker = new BrowserWorker()));
  after(() => worker.end());

  async function same<K extends TaskName>(task: K, input: TaskInput<K>): Promise<void> {
    assert.deepEqual(plain(await worker.run(task, input)), plain(await onDesktop(task, input)));
  }

  it("have files of each kind to read", () => {
    for (const ending of ["pem", "der", "p7b", "p12", "crl", "request", "zip", "eml", "jks", "ocsp", "pub", "key"])
      assert.ok(
        FILES.some((name) => name.endsWith(`.${ending}`)),
        ending,
      );
  });

  for (const name of FILES.filter((each) => CURVES[each] === undefined)) {
    it(`show the same of ${name}`, async () => {
      const subject = bytesOf(name);
      const text = Buffer.from(subject).toString("utf8");
      const here = await worker.run("analyze", { subject, now: NOW });
      const { locked, ...there } = await onDesktop("analyze", { subject, now: NOW });
      assert.equal(here.locked, undefined);
      const isStore = name.endsWith(".p12");
      if (!isStore) assert.equal(locked, undefined);
      // The one row of a key store that differs.
      const ofDesktop = isStore
        ? there.details.replaceAll(/"A PKCS #12 file\. [^"]*"/g, JSON.stringify(CLOSED))
        : there.details;
      assert.deepEqual(JSON.parse(here.details), JSON.parse(ofDesktop));
      assert.deepEqual(plain({ ...here, details: "" }), plain({ ...there, details: "" }));
      await same("textBlocks", text);
      await same("problems", { text, now: NOW, most: 200 });
      await same("chain", { subject, now: NOW });
    });
  }

  for (const [name, key] of Object.entries(CURVES)) {
    it(`show the same of ${name}, but for its signature, which cannot be checked`, async () => {
      const subject = bytesOf(name);
      const page = async (details: Promise<{ readonly details: string }>) =>
        JSON.parse((await details).details) as DetailsPage;
      const here = await page(worker.run("analyze", { subject, now: NOW }));
      const there = await page(onDesktop("analyze", { subject, now: NOW }));
      assert.ok(
        JSON.stringify(here).includes(
          `this crypto engine cannot verify ECDSA with SHA-256 made with a key of type ${key}`,
        ),
      );
      const withoutFindings = ({ title, objects }: DetailsPage) => [
        title,
        objects.map((object) => ({ ...object, findings: [], mark: undefined })),
      ];
      assert.deepEqual(withoutFindings(here), withoutFindings(there));
    });
  }

  const chains = [
    ...caFixtures().map(({ subject, der }) => [subject, [new Uint8Array(der)]] as const),
    [
      "all of them",
      caFixtures()
        .slice(0, 150)
        .map(({ der }) => new Uint8Array(der)),
    ] as const,
  ];
  it("write the same text and JSON of all CA certificates", async () => {
    for (const [, chain] of chains) {
      for (const form of ["text", "json"])
        await same("exportPublic", { chain, form, part: "fullchain-root", now: NOW });
    }
  }).timeout(60_000);

  it("check the same signatures of all CA certificates", async () => {
    await same("analyze", { subject: chains.flatMap(([, chain]) => chain.slice(0, 1)), now: NOW });
  }).timeout(60_000);

  it("say the same of what differs between two files", async () => {
    const names = ["certificates/transparency/github-2026.pem", "certificates/transparency/icann-2026.pem"];
    const [before = new Uint8Array(), after = new Uint8Array()] = names.map(bytesOf);
    assert.ok((await worker.run("compareFiles", { before, after }))?.after.startsWith("# "));
    await same("compareFiles", { before, after });
    assert.equal(await worker.run("compareFiles", { before, after: before }), undefined);
  });

  it("differ in their tasks: the browser has no other form, and no passwords", async () => {
    const chain = [new Uint8Array(caFixtures()[0]?.der ?? [])];
    await assert.rejects(
      worker.run("exportPublic", { chain, form: "der", part: "leaf", now: NOW }),
      /In the browser, certificates are not exported as der/,
    );
    await assert.rejects(worker.run("keyFiles", []), /The browser has no task keyFiles/);
  });
});
