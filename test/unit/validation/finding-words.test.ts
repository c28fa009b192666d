import assert from "node:assert/strict";
import { english } from "../../../src/orders/localize";
import { failureWords } from "../../../src/validation/failure-words";
import { finding, FINDINGS } from "../../../src/validation/finding";
import { validationFindingWords } from "../../../src/validation/finding-words";

describe("the words of findings", () => {
  for (const id of FINDINGS) {
    it(id, () => {
      for (const values of [[], ["a1"], ["a1", "b2"], ["a1", "b2", "c3"], ["a1", "b2", "c3", "loop"]]) {
        const { words, next } = validationFindingWords(finding(id, "stops", ...values), english);
        for (const text of [words, next]) assert.doesNotMatch(text, /[{}]|undefined/);
        assert.match(next, /^[A-Z].*[.”]$/);
      }
    });
  }

  const SAID: [id: (typeof FINDINGS)[number], values: string[], words: string][] = [
    ["host-doubled", ["_a.b.b", "_a.b"], "The record stands at _a.b.b: the provider appended the zone to the host."],
    ["proxied", ["_a.b"], "_a.b exists, but there is no CNAME record at it."],
    ["proxied", ["_a.b", "192.0.2.1"], "_a.b answers with addresses instead of the CNAME record: 192.0.2.1."],
    ["caa-unanswered", ["a.b", "timed-out"], "CAA of a.b cannot be looked up: no answer in time."],
    ["caa-unanswered", ["a.b", "SERVFAIL"], "CAA of a.b cannot be looked up: SERVFAIL."],
    [
      "unseen-block",
      ["http://a/", "403", "192.0.2.1"],
      "http://a/ does not answer this computer with the file (192.0.2.1: 403).",
    ],
    ["other-unique-value", ["a", "b"], "The unique value a is published, and b is expected."],
    ["file-spelled", ["http://a/", "upper-case"], "The hash in http://a/ is in upper case."],
  ];
  for (const [id, values, words] of SAID) {
    it(words, () => assert.equal(validationFindingWords(finding(id, "note", ...values), english).words, words));
  }

  it("leave codes that say themselves", () => assert.equal(failureWords("RCODE23", english), "RCODE23"));
});
