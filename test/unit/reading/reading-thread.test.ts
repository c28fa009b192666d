import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import net, { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Contents } from "../../../src/certificates/containers/contents";
import { readContainers } from "../../../src/certificates/containers/read";
import {
  writeAlgorithm,
  writeElement,
  writeInteger,
  writeOctetString,
  writeSequence,
} from "../../../src/certificates/asn1/der-writer";
import type { DetailsPage } from "../../../src/certificates/details/page";
import { pemText } from "../../../src/certificates/pem-text";
import type { Clock, Disposable } from "../../../src/orders/ports";
import { inEnglish } from "../../../src/words/localize";
import { untranslated } from "../words/pseudo";
import { ReadingThread, type ReadingError } from "../../../src/reading/reading-thread";
import { fixture, pemFixture } from "../certificates/fixtures";

/** The program of the thread as it is built. */
const SCRIPT = path.resolve("dist", "reading.js");

/** Lets time pass when told to. */
class Hand implements Pick<Clock, "after"> {
  private readonly waiting = new Map<object, { ms: number; task: () => void }>();

  after(ms: number, task: () => void): Disposable {
    const key = {};
    this.waiting.set(key, { ms, task });
    return { dispose: () => this.waiting.delete(key) };
  }

  get waits(): readonly number[] {
    return [...this.waiting.values()].map(({ ms }) => ms);
  }

  /** Everything that waits is due. */
  turn(): void {
    for (const [key, { task }] of [...this.waiting]) {
      this.waiting.delete(key);
      task();
    }
  }
}

/** A PKCS #12 file without an authentication code, whose one bag asks for so many rounds. */
function slowStore(rounds: number): Buffer {
  const data = (content: Buffer) =>
    writeSequence(algorithmOid("1.2.840.113549.1.7.1"), writeElement(0xa0, writeOctetString(content)));
  const pbe = writeAlgorithm(
    "1.2.840.113549.1.12.1.3",
    writeSequence(writeOctetString(Buffer.alloc(8)), writeInteger(rounds)),
  );
  const info = writeSequence(algorithmOid("1.2.840.113549.1.7.1"), pbe, writeElement(0x80, Buffer.alloc(64)));
  const encrypted = writeSequence(
    algorithmOid("1.2.840.113549.1.7.6"),
    writeElement(0xa0, writeSequence(writeInteger(0), info)),
  );
  return writeSequence(writeInteger(3), data(writeSequence(encrypted)));
}
const algorithmOid = (oid: string): Buffer => writeAlgorithm(oid).subarray(2);

const found = { path: [], offset: 0, length: 0 };
const store = { password: "secret", found };

describe("the thread that reads", function () {
  this.timeout(20_000);

  let clock: Hand;
  let thread: ReadingThread;
  beforeEach(() => {
    clock = new Hand();
    thread = new ReadingThread(SCRIPT, clock);
  });
  afterEach(() => thread.dispose());

  it("examines a file, and says what can be asked about it", async () => {
    const examined = await thread.run("analyze", { subject: fixture("containers/root-first.pem"), now: 0 });
    const page = JSON.parse(examined.details) as DetailsPage;
    assert.deepEqual(
      page.objects.map(({ kind }) => kind),
      ["Certificate", "CA certificate", "Root certificate"],
    );
    assert.equal(examined.leaf, page.objects[0]?.id);
    assert.deepEqual(Object.keys(examined.askable), ["revocation", "host", "issuers"]);
    assert.equal(examined.locked, undefined);
  });

  it("tells that a file keeps it busy, behind which no answer of the CA is to wait", async () => {
    assert.equal(thread.isBusy, false);
    const long = thread
      .run("openPkcs12", { der: slowStore(3_000_000), ...store })
      .catch(({ code }: ReadingError) => code);
    assert.equal(thread.isBusy, true);
    const other = new ReadingThread(SCRIPT, clock);
    const about = { detail: {}, now: 0 };
    const read = await other.run("summarizeCollected", {
      certificates: [pemFixture("extensions/tls-leaf.pem")],
      about,
    });
    other.dispose();
    assert.deepEqual([read.chain.length, thread.isBusy], [1, true]);
    clock.turn();
    assert.equal(await long, "too-long");
    assert.equal(thread.isBusy, false);
  });

  it("examines certificates that are held, compared with what was ordered", async () => {
    const leaf = pemFixture("extensions/tls-leaf.pem");
    const { comparisons } = await thread.run("analyze", {
      subject: [leaf],
      now: 0,
      ordered: { previous: leaf, requests: [{ file: "a.csr", keyIdentity: "00" }] },
    });
    assert.deepEqual(
      comparisons.map(({ aspect, result }) => [aspect, result]),
      [
        ["names", "nothing-to-compare"],
        ["validity", "nothing-to-compare"],
        ["term", "nothing-to-compare"],
        ["previousKey", "matches"],
        ["request", "differs"],
        ["privateKey", "nothing-to-compare"],
      ],
    );
  });

  it("opens a PKCS #12 file, and shows what was in it", async () => {
    const { locked } = await thread.run("analyze", { subject: fixture("containers/aes-ed25519-chain.p12"), now: 0 });
    assert.ok(locked !== undefined);
    const contents: Contents = await thread.run("openPkcs12", { der: locked.der, ...store });
    assert.deepEqual(
      contents.objects.map(({ kind }) => kind),
      ["certificate", "certificate", "privateKey"],
    );
    const { details } = await thread.run("analyze", { subject: contents, now: 0 });
    assert.equal((JSON.parse(details) as DetailsPage).objects.length, 3);
    assert.equal((await thread.run("chain", { subject: contents, now: 0 })).length, 2);
  });

  it("hands over a private key as a key of the engine", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const bytes = Buffer.from(privateKey.export({ format: "pem", type: "pkcs8" }));
    const [contents] = await thread.run("keyFiles", [bytes]);
    const [key] = contents?.keys ?? [];
    assert.ok(key?.state === "readable");
    const opened = await thread.run("openKey", { bytes, keyIdentity: key.keyIdentity });
    assert.ok(opened.state === "opened" && opened.key.equals(privateKey));
    assert.ok(!opened.key.equals(publicKey));
  });

  it("reads texts: blocks, problems, orders, an order file, documents", async () => {
    const text = pemText(pemFixture("keys/rsa-1024.pem"));
    assert.deepEqual(
      (await thread.run("textBlocks", text)).map(({ label, objects, more }) => [label, objects.length, more]),
      [["CERTIFICATE", 1, 0]],
    );
    const problems = await thread.run("problems", { text, now: 0, most: 1 });
    assert.equal(problems.length, 1);
    assert.match(await thread.run("parseOrders", "order number 1234567"), /"orderNumber","value":"1234567"/);
    assert.deepEqual((await thread.run("orderFile", '{"version":1,"orders":[]}')).problems, []);
    const collected = {
      now: 0,
      chain: readContainers(Buffer.from(text)).objects.flatMap((each) => ("der" in each ? each.der : [])),
    };
    assert.equal(await thread.run("certificateDocument", { name: "fullchain.pem", collected }), text);
    assert.equal((JSON.parse(await thread.run("decode", Buffer.from(text))) as unknown[]).length, 1);
    const response = await thread.run("savedResponse", { bytes: Buffer.from(`2\n${text}`), now: 0 });
    assert.deepEqual(
      [response.result.kind, response.certificates, response.details !== undefined],
      ["issued", 1, true],
    );
  });

  it("tells errors by their code", async () => {
    const opening = thread.run("openPkcs12", { der: fixture("containers/aes-rsa.p12"), ...store, password: "wrong" });
    await assert.rejects(opening, {
      code: "wrong-password",
      message: "The password does not open this PKCS #12 file.",
    });
    await assert.rejects(thread.run("exportPublic", { chain: [], form: "pem", part: "leaf", now: 0 }), {
      code: "nothing",
    });
    const unknown = thread.run("exportPublic", { chain: [], form: "pkcs12", part: "leaf", now: 0 });
    await assert.rejects(unknown, (error: ReadingError) => {
      assert.equal(error.code, "unknown-form");
      assert.deepEqual(untranslated(error.said), []);
      return inEnglish(error.said) === error.message;
    });
  });

  it("tells a defect with its stack and without a code", async () => {
    const broken = thread.run("analyze", { subject: { objects: [{}], damage: [] } as unknown as Contents, now: 0 });
    await assert.rejects(broken, (error: Error) => !("code" in error) && (error.stack ?? "").includes("TypeError"));
  });

  it("holds up nobody, and ends with a task that is cancelled", async () => {
    const stop = new AbortController();
    const slow = thread.run("openPkcs12", { der: slowStore(10_000_000), ...store }, stop.signal);
    const next = thread.run("parseOrders", "order number 1234567");
    // This thread goes on: it takes turns while the other one computes.
    for (let turn = 0; turn < 1000; turn++) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await assert.rejects(slow, { code: "cancelled" });
    assert.match(await next, /1234567/);
  });

  it("drops a task that was cancelled before it began", async () => {
    const stop = new AbortController();
    const first = thread.run("parseOrders", "order number 1234567");
    const second = thread.run("parseOrders", "order number 7654321", stop.signal);
    stop.abort();
    await assert.rejects(second, { code: "cancelled" });
    await assert.rejects(thread.run("parseOrders", "", stop.signal), { code: "cancelled" });
    assert.match(await first, /1234567/);
  });

  it("gives up what takes too long, and goes on in another thread", async () => {
    const slow = thread.run("openPkcs12", { der: slowStore(10_000_000), ...store });
    const next = thread.run("parseOrders", "order number 1234567");
    assert.deepEqual(clock.waits, [90_000]);
    clock.turn();
    await assert.rejects(slow, { code: "too-long" });
    assert.match(await next, /1234567/);
  });

  it("ends when nothing is read for a while, and begins anew", async () => {
    await thread.run("parseOrders", "order number 1234567");
    assert.deepEqual(clock.waits, [60_000]);
    clock.turn();
    assert.deepEqual(clock.waits, []);
    assert.match(await thread.run("parseOrders", "order number 7654321"), /7654321/);
  });

  it("ends with its window, whatever it does", async () => {
    const slow = thread.run("openPkcs12", { der: slowStore(10_000_000), ...store });
    const next = thread.run("parseOrders", "");
    thread.dispose();
    for (const task of [slow, next, thread.run("parseOrders", "")]) await assert.rejects(task, { code: "cancelled" });
    assert.deepEqual(clock.waits, []);
  });

  // What a window finds that runs on after its extension was updated: the thread asks what is gone when it begins, or
  // when a task needs it.
  const broken: readonly (readonly [what: string, script: string, code: string])[] = [
    ["its program is gone", "", "code-missing"],
    ["what its program needs is gone", 'require("./gone.js");', "code-missing"],
    ["its program fails", 'throw new Error("full");', "failed"],
    ["it ends", "process.exit();", "failed"],
    [
      "what a task needs is gone",
      'const { parentPort } = require("node:worker_threads");' +
        'parentPort.on("message", () => parentPort.postMessage({ error: { code: "MODULE_NOT_FOUND", said: "", stack: "" } }));',
      "code-missing",
    ],
  ];
  for (const [what, script, code] of broken) {
    it(`says that ${what}`, async () => {
      const folder = await mkdtemp(path.join(tmpdir(), "thread-"));
      const file = path.join(folder, "reading.js");
      if (script !== "") await writeFile(file, script);
      const begun = new ReadingThread(file, clock);
      await assert.rejects(
        begun.run("parseOrders", ""),
        (error: ReadingError) =>
          error.code === code && untranslated(error.said).length === 0 && !inEnglish(error.said).includes(".js"),
      );
      begun.dispose();
      await rm(folder, { recursive: true });
    });
  }
});

describe("the end of the thread that reads", () => {
  /** Of each thread a connection, which ends with it: nothing else tells whether a thread is gone. */
  let server: net.Server;
  let connection: Promise<[net.Socket]>;
  let folder: string;
  let clock: Hand;
  let thread: ReadingThread;

  beforeEach(async () => {
    server = net.createServer().listen(0, "127.0.0.1");
    connection = once(server, "connection") as Promise<[net.Socket]>;
    await once(server, "listening");
    folder = await mkdtemp(path.join(tmpdir(), "thread-"));
    const script = path.join(folder, "thread.js");
    await writeFile(script, `const PORT = ${(server.address() as AddressInfo).port};\n${PROGRAM}`);
    clock = new Hand();
    thread = new ReadingThread(script, clock);
  });
  afterEach(async () => {
    thread.dispose();
    server.close();
    await rm(folder, { recursive: true });
  });

  /** A program that says in which thread it is and what that may take, and of some tasks nothing at all. */
  const PROGRAM = `
    const { parentPort, resourceLimits, threadId } = require("node:worker_threads");
    const connected = require("node:events").once(require("node:net").connect(PORT, "127.0.0.1"), "connect");
    parentPort.on("message", async ({ input }) => {
      await connected;
      if (input === "memory") throw Object.assign(new Error("eaten"), { code: "ERR_WORKER_OUT_OF_MEMORY" });
      if (input !== "hang") parentPort.postMessage({ output: JSON.stringify({ threadId, ...resourceLimits }) });
    });`;

  const ask = async (): Promise<{ threadId: number; maxOldGenerationSizeMb: number }> =>
    JSON.parse(await thread.run("parseOrders", "who")) as never;

  const ends: [what: string, end: (stop: AbortController) => void, code: string][] = [
    ["a task that is cancelled", (stop) => stop.abort(), "cancelled"],
    ["a task that takes too long", () => clock.turn(), "too-long"],
  ];
  for (const [what, end, code] of ends)
    it(`comes with ${what}`, async () => {
      const { threadId } = await ask();
      const [socket] = await connection;
      const stop = new AbortController();
      const hanging = thread.run("parseOrders", "hang", stop.signal);
      const gone = once(socket.resume(), "close");
      end(stop);
      await assert.rejects(hanging, { code });
      await gone;
      assert.notEqual((await ask()).threadId, threadId);
    });

  for (const [what, end] of [
    ["when nothing is read for a while", () => clock.turn()],
    ["with its window", () => thread.dispose()],
  ] as const)
    it(`comes ${what}`, async () => {
      await ask();
      const [socket] = await connection;
      const gone = once(socket.resume(), "close");
      end();
      await gone;
    });

  it("comes when it takes more memory than it may, and is told", async () => {
    assert.equal((await ask()).maxOldGenerationSizeMb, 1024);
    await assert.rejects(thread.run("parseOrders", "memory"), { code: "too-large" });
  });
});
