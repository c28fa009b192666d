import assert from "node:assert/strict";
import { LookQuestions, MAX_FILE_REQUESTS, MAX_QUESTIONS, SharedAnswers } from "../../../src/validation/look-questions";
import { paperPorts } from "./paper-zone";

describe("the questions about one domain", () => {
  it("end at their bounds, and one that was answered costs nothing", async () => {
    const ports = paperPorts({ zones: [] });
    const asking = new LookQuestions(new SharedAnswers(ports), new AbortController().signal);
    for (let index = 0; index < MAX_QUESTIONS + 10; index++) {
      await asking.resolver({ name: `n${index}.test`, type: "A" });
      await asking.resolver({ name: "n0.test", type: "A" });
      await asking.file({ url: `http://n${index}.test/`, address: "203.0.113.7" });
    }
    assert.deepEqual([ports.questions.length, ports.requests.length], [MAX_QUESTIONS, MAX_FILE_REQUESTS]);
    assert.equal(asking.asked, MAX_QUESTIONS + MAX_FILE_REQUESTS);
    assert.equal((await asking.resolver({ name: "late.test", type: "A" })).reply.kind, "failed");
    assert.equal((await asking.resolver({ name: "n0.test", type: "A" })).reply.kind, "answered");
  });
});
