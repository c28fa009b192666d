import assert from "node:assert/strict";
import {
  heldBy,
  isSavable,
  planWords,
  repeatedPaths,
  standingOf,
  type CollectStanding,
  type OrderPlan,
} from "../../../src/editor/serving/collect-plan";
import { english } from "../../../src/words/localize";
import type { CollectedCertificate } from "../../../src/orders/model/order";
import type { CertificatesInFile } from "../../../src/reading/file-certificates";
import { DAY, START } from "../orders/doubles";

const TRACKED: OrderPlan = {
  ...{ title: "Shop", number: "SSL/TLS certificate, order 1", order: "sectigo~ssl~order~1" },
  ...{ paths: ["a.pem"], files: [], concerns: [] },
};
const { order, ...UNTRACKED } = TRACKED;
assert.ok(order);

const of = (...changes: OrderPlan["files"][number]["change"][]): OrderPlan => ({
  ...TRACKED,
  files: changes.map((change, place) => ({ path: `${place}.pem`, change })),
});

const PLANS: readonly [what: string, plan: OrderPlan, standing: CollectStanding, words: string][] = [
  ["is not tracked", UNTRACKED, "untracked", "Not tracked: track it in the file first."],
  ["waits", { ...TRACKED, waits: "Being processed" }, "waiting", "Nothing is collected: Being processed"],
  ["names a link", { ...TRACKED, obstacle: "a.pem is a link." }, "blocked", "a.pem is a link."],
  ["makes a file", of("create"), "ready", "0.pem: new file"],
  [
    "renews a file",
    of("older", "authorities"),
    "ready",
    "0.pem: has the previous certificate · 1.pem: has other CA certificates",
  ],
  [
    "writes a file anew",
    of("rewritten", "keep"),
    "ready",
    "0.pem: has the same certificate, written differently · 1.pem: up to date",
  ],
  ["has its files", of("keep", "keep"), "same", "0.pem: up to date · 1.pem: up to date"],
  ["would go back", of("create", "newer"), "look", "0.pem: new file · 1.pem: has a newer certificate"],
  ["meets a stranger", of("stranger"), "look", "0.pem: has a certificate for something else"],
  ["meets a text", of("text"), "look", "0.pem: has something that is not a certificate"],
  ["is revoked", { ...of("create"), concerns: ["It was revoked."] }, "look", "It was revoked. · 0.pem: new file"],
  [
    "is revoked and there",
    { ...of("keep"), concerns: ["It was revoked."] },
    "same",
    "It was revoked. · 0.pem: up to date",
  ],
];

describe("the plan of an order that a repository lists", () => {
  for (const [what, plan, standing, words] of PLANS) {
    it(`says so when it ${what}`, () => {
      assert.equal(standingOf(plan), standing);
      assert.equal(planWords(plan, english), words);
    });
  }

  it("can be chosen if there is something to save", () => {
    const all: readonly CollectStanding[] = ["ready", "look", "same", "waiting", "untracked", "blocked"];
    assert.deepEqual(all.filter(isSavable), ["ready", "look", "same"]);
  });
});

const collected = (leaf: string, chain: string, end: number, ...names: string[]): CollectedCertificate => ({
  ...{
    at: START,
    leaf,
    chain: [leaf, chain],
    serialNumber: "01",
    subject: "CN=a",
    names,
    notBefore: START,
    notAfter: end,
  },
});

const NEWEST = collected("new", "ca2", START + 90 * DAY, "a.example", "b.example");
const FIRST = collected("old", "ca1", START, "a.example", "b.example");
const leaf = (end: number | undefined, ...names: string[]) => ({ names, ...(end !== undefined && { notAfter: end }) });

const FILES: readonly [what: string, file: CertificatesInFile, held: ReturnType<typeof heldBy>][] = [
  ["no certificate", { hashes: [], leaves: [] }, "text"],
  ["the newest in another text", { hashes: ["new", "ca2"], leaves: [leaf(0, "a.example")] }, "rewritten"],
  ["the previous one", { hashes: ["old", "ca1"], leaves: [leaf(0, "x")] }, "older"],
  ["the previous chain", { hashes: ["ca1"], leaves: [] }, "older"],
  ["a chain of others", { hashes: ["ca9"], leaves: [] }, "authorities"],
  ["an earlier one from elsewhere", { hashes: ["x"], leaves: [leaf(START, "b.example", "a.example")] }, "older"],
  ["a later one", { hashes: ["x"], leaves: [leaf(START + 91 * DAY, "a.example", "b.example")] }, "newer"],
  ["one of fewer names", { hashes: ["x"], leaves: [leaf(START, "a.example")] }, "stranger"],
  ["one of other names", { hashes: ["x"], leaves: [leaf(START, "a.example", "c.example")] }, "stranger"],
  ["one without an end", { hashes: ["x"], leaves: [leaf(undefined, "a.example", "b.example")] }, "stranger"],
  [
    "two, of which one would be lost",
    { hashes: ["x", "y"], leaves: [leaf(START, "a.example", "b.example"), leaf(START, "z")] },
    "stranger",
  ],
  ["the previous one beside a stranger", { hashes: ["old", "y"], leaves: [leaf(0, "z")] }, "stranger"],
];

describe("what a file holds that would be replaced", () => {
  for (const [what, file, held] of FILES) {
    it(`is told for ${what}`, () => assert.equal(heldBy(file, [NEWEST, FIRST]), held));
  }

  it("is a stranger where the order's names are not known", () => {
    const nameless = collected("new", "ca2", START);
    assert.equal(heldBy({ hashes: ["x"], leaves: [leaf(START)] }, [nameless]), "stranger");
  });
});

describe("repeatedPaths", () => {
  it("finds what more than one order names, in any case", () => {
    assert.deepEqual([...repeatedPaths(["a.pem", "b.pem", "A.PEM", "c/d.pem"])], ["a.pem"]);
    assert.deepEqual([...repeatedPaths(["a.pem", "b/a.pem"])], []);
  });
});
