import assert from "node:assert/strict";
import { isAllInPlace, seenRecords } from "../../../src/validation/record-standing";
import type { SubjectDomain } from "../../../src/validation/subject";
import { lookOf, type Seen } from "../editor/looks";

type Method = NonNullable<SubjectDomain["method"]>;

/** A domain with its method, what was seen of it, what that is in short, and whether it is all. */
const CASES: readonly (readonly [method: Method | "unknown", seen: Seen, found: string, isAll: boolean])[] = [
  ["cname", { cname: "in-place" }, "cname right", true],
  ["cname", { cname: "not-in-place", file: "in-place" }, "cname missing", false],
  ["cname", { cname: "not-in-place", says: "other" }, "cname wrong", false],
  ["cname", { cname: "cannot-tell" }, "cname unknown", false],
  ["http", { cname: "in-place", file: "not-in-place" }, "file missing", false],
  ["https", { file: "in-place" }, "file right", true],
  ["unknown", { cname: "not-in-place", file: "in-place" }, "either right", true],
  ["unknown", { cname: "not-in-place", file: "not-in-place" }, "either missing", false],
  ["unknown", { cname: "cannot-tell", file: "not-in-place" }, "either unknown", false],
  // No request: nothing was looked for.
  ["unknown", {}, "either unknown", false],
  ["email", { cname: "not-in-place" }, "undefined unknown", true],
  ["other", {}, "undefined unknown", true],
  ["cname", { cname: "in-place", caa: "allowed" }, "cname right", true],
  ["cname", { cname: "in-place", caa: "conditions" }, "cname right", true],
  ["cname", { cname: "in-place", caa: "forbidden" }, "cname right", false],
  ["cname", { cname: "in-place", caa: "failed" }, "cname right", false],
  ["cname", { cname: "in-place", caa: "maybe" }, "cname right", false],
];

describe("what was seen of a domain, in short", () => {
  for (const [method, seen, words, isAll] of CASES) {
    it(`${method}: ${JSON.stringify(seen)}`, () => {
      const domains: readonly SubjectDomain[] = [{ domain: "b.example", ...(method !== "unknown" && { method }) }];
      const looks = new Map([["b.example", lookOf("b.example", seen)]]);
      const [found] = seenRecords({ domains, looks });
      assert.equal(`${found?.by} ${found?.found}`, words);
      assert.equal(isAllInPlace({ domains, looks }), isAll);
    });
  }

  it("is nothing of a domain that was not looked at, which is not all", () => {
    const domains: readonly SubjectDomain[] = [{ domain: "b.example", method: "cname" }, { domain: "c.example" }];
    const looks = new Map([["b.example", lookOf("b.example", { cname: "in-place" })]]);
    assert.deepEqual(
      seenRecords({ domains, looks }).map(({ domain }) => domain),
      ["b.example"],
    );
    assert.equal(isAllInPlace({ domains, looks }), false);
    assert.equal(isAllInPlace({ domains: [], looks }), false);
  });

  it("does not need what the CA has ticked off, but CAA", () => {
    for (const state of ["done", "not-needed", "you"] as const) {
      const domains: readonly SubjectDomain[] = [{ domain: "b.example", method: "cname", state }];
      const seen = (caa: Seen["caa"] & string) =>
        new Map([["b.example", lookOf("b.example", { cname: "not-in-place", caa })]]);
      assert.equal(isAllInPlace({ domains, looks: seen("allowed") }), state !== "you", state);
      assert.equal(isAllInPlace({ domains, looks: seen("forbidden") }), false, state);
    }
  });
});
