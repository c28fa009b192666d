import { inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import path from "node:path";
import type { CallContext } from "../../../src/api/response";
import type { ServiceContext } from "../../../src/api/services/service-answer";
import type { HttpReply } from "../../../src/api/transport";
import { pemText } from "../../../src/certificates/pem-text";
import { answerReader, serviceAnswerReader, summarizer } from "../../../src/editor/window/answers";
import type { ReadingService } from "../../../src/editor/window/reading-service";
import { ReadingError, ReadingThread } from "../../../src/reading/reading-thread";
import { pemFixture } from "../certificates/fixtures";

const leaf = pemFixture("extensions/tls-leaf.pem");
const secrets = { all: ["C0rrectHorse"] };
const asked: CallContext = { product: "ssl", values: { orderNumber: "1", loginName: "a", loginPassword: "Tr0ub4dor" } };
const reply = (body: Uint8Array): HttpReply => ({ status: 200, headers: {}, body });
const large = (text: string): Buffer => Buffer.from(text + "\n".repeat(64 * 1024));

describe("answers of the CA", () => {
  let thread: ReadingThread;
  let tasks: string[];
  /** The thread itself, and which tasks it was given. */
  const reading: Pick<ReadingService, "runAtOnce"> = {
    runAtOnce: (task, input) => {
      tasks.push(task);
      return thread.run(task, input);
    },
  };
  const failing = (error: Error): Pick<ReadingService, "runAtOnce"> => ({ runAtOnce: () => Promise.reject(error) });

  beforeEach(() => {
    tasks = [];
    thread = new ReadingThread(path.resolve("dist", "reading.js"), { after: () => ({ dispose: () => undefined }) });
  });
  afterEach(() => thread.dispose());

  const ANSWERS: [string, Buffer, { kind: string }][] = [
    ["pending", Buffer.from("0\nBeing processed by Sectigo\n"), { kind: "pending" }],
    ["issued", Buffer.from(pemText(leaf)), { kind: "issued" }],
    ["refused", Buffer.from("-16\nUnknown user\n"), { kind: "refused" }],
  ];
  for (const [name, body, expected] of ANSWERS)
    it(`${name}: the same here and in the thread`, async () => {
      const here = await answerReader(reading, secrets)(reply(body), asked);
      const there = await answerReader(reading, secrets)(reply(large(body.toString())), asked);
      assert.deepEqual([here.kind, there.kind], [expected.kind, expected.kind]);
      assert.deepEqual(tasks, ["answer"]);
    });

  it("mask in the thread what was sent", async () => {
    const { excerpt, reason } = (await answerReader(reading, secrets)(
      reply(large("who is Tr0ub4dor?")),
      asked,
    )) as never;
    assert.deepEqual([reason, String(excerpt).includes("Tr0ub4dor")], ["text", false]);
  });

  it("mask in the thread what is secret of others, and leave the mask of this side here", async () => {
    const withMask: CallContext = { ...asked, alsoMask: (text) => text };
    const { excerpt } = (await answerReader(reading, secrets)(
      reply(large("who has C0rrectHorse?")),
      withMask,
    )) as never;
    assert.equal(excerpt, "who has ••••?");
  });

  const SERVICE: ServiceContext = {
    service: "WebHostReport",
    values: { loginName: "a", loginPassword: "Tr0ub4dor", firstResultNo: "0" },
  };
  const REPORT = "errorCode=0&noOfResults=1&1_orderNumber=7&1_1_status=Valid&1_1_type=";

  it("of a service are the same here and in the thread", async () => {
    const body = `${REPORT}for C0rrectHorse`;
    const here = await serviceAnswerReader(reading, secrets)(reply(Buffer.from(REPORT)), SERVICE);
    const there = await serviceAnswerReader(reading, secrets)(reply(large(body)), SERVICE);
    const row = { orderNumber: "7", status: "Valid", domains: [] };
    assert.deepEqual(here, { kind: "report", report: { rows: [row], count: 1, skipped: 0 } });
    // What has a secret of others is not a word of the CA.
    assert.deepEqual(there, here);
    assert.deepEqual(tasks, ["serviceAnswer"]);
  });

  it("of a service have no meaning when they cannot be read in time", async () => {
    const late = failing(new ReadingError("too-long", "It took too long."));
    const result = await serviceAnswerReader(late, secrets)(reply(large(REPORT)), SERVICE);
    assert.deepEqual([result.kind, "reason" in result && result.reason], ["not-understood", "limit"]);
  });

  it("have no meaning when they cannot be read in time", async () => {
    const result = await answerReader(failing(new ReadingError("too-long", "It took too long.")), secrets)(
      reply(large("0\n")),
      asked,
    );
    assert.ok(result.kind === "not-understood");
    assert.deepEqual(
      { ...result, seen: inEnglish(result.seen) },
      {
        kind: "not-understood",
        reason: "limit",
        seen: "It took too long. Check again, and contact the CA's support if the problem persists.",
        excerpt: "",
        httpStatus: 200,
      },
    );
  });

  it("do not hide a defect", async () => {
    const defect = new Error("defect");
    await assert.rejects(async () => answerReader(failing(defect), secrets)(reply(large("0\n")), asked), defect);
  });

  it("are inspected here or in the thread, by how much there is", async () => {
    const here = await summarizer(reading)([leaf], { detail: {}, now: 0 });
    const there = await summarizer(reading)([leaf, Buffer.alloc(64 * 1024)], { detail: {}, now: 0 });
    assert.deepEqual(tasks, ["summarizeCollected"]);
    assert.deepEqual(there.certificate, here.certificate);
    assert.deepEqual(Buffer.from(there.chain[0] ?? []), leaf);
    await assert.rejects(summarizer(reading)([Buffer.alloc(70_000)], { detail: {}, now: 0 }), {
      code: "not-what-was-ordered",
    });
  });
});
