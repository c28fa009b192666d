import assert from "node:assert/strict";
import { RecordMemory, withLooks, type KeptRecords } from "../../../src/editor/window/record-memory";
import type { DomainLook } from "../../../src/validation/look";
import { START } from "../orders/doubles";
import { lookOf, tokenOf } from "./looks";

class State {
  stored: unknown;
  readonly get = (): unknown => this.stored;
  readonly update = (_: string, value: unknown): Promise<void> => {
    // What the editor does: it writes JSON.
    this.stored = JSON.parse(JSON.stringify(value));
    return Promise.resolve();
  };
}

const KEPT: KeptRecords = {
  at: START,
  request: {
    token: { ...tokenOf("a"), uniqueValue: "Ab12" },
    from: { kind: "file", uri: "file:///a.csr", name: "a.csr" },
  },
  looks: [lookOf("b.example", { cname: "in-place", file: "not-in-place", caa: "forbidden" })],
  asked: "192.0.2.53",
  inPlace: [{ domain: "b.example", by: "cname", place: "_x.b.example", at: START }],
};

describe("RecordMemory", () => {
  it("has after a restart what was kept", () => {
    const state = new State();
    new RecordMemory(state).set("order:1", KEPT);
    assert.deepEqual(new RecordMemory(state).get("order:1"), KEPT);
  });

  it("keeps a pasted request", () => {
    const state = new State();
    const kept: KeptRecords = { ...KEPT, request: { token: tokenOf("a"), from: { kind: "pasted" } } };
    new RecordMemory(state).set("order:1", kept);
    assert.deepEqual(new RecordMemory(state).get("order:1")?.request, kept.request);
  });

  const DAMAGED_LOOKS: readonly (readonly [what: string, look: object])[] = [
    ["without a verdict", { caa: {} }],
    ["with a standing of another program", { cname: { standing: "validated", seen: [] } }],
    ["with a finding of another program", { findings: [{ id: "x", weight: "note", values: [] }] }],
    ["of a kilobyte's name", { domain: "x".repeat(1_000) }],
    ["with a file of another port", { file: { standing: "in-place", seen: [{ scheme: "ftp" }] } }],
  ];
  for (const [what, damage] of DAMAGED_LOOKS) {
    it(`a look ${what} takes away neither the others nor the person's choice`, () => {
      const state = new State();
      const [look] = KEPT.looks;
      state.stored = [["order:1", { ...KEPT, looks: [{ ...look, domain: "c.example", ...damage }, look] }]];
      assert.deepEqual(new RecordMemory(state).get("order:1"), KEPT);
    });
  }

  it("keeps of a look that would not be read back what it comes to", () => {
    const state = new State();
    const [look] = KEPT.looks;
    assert.ok(look);
    const records = Array.from({ length: 5_000 }, () => ({ type: "CAA", flags: 0, tag: "issue", value: "x" }) as const);
    const [cname] = look.cname?.seen ?? [];
    assert.ok(cname);
    const tooMuch: readonly Partial<DomainLook>[] = [
      { caa: { ...look.caa, records } },
      { caa: { ...look.caa, records: records.slice(0, 600) } },
      { cname: { standing: "in-place", seen: [{ ...cname, detail: "x".repeat(1_500) }] } },
    ];
    const first = { id: "caa-quoted", weight: "stops", values: ["b.example"] } as const;
    const findings = [first, { ...first, weight: "note" } as const];
    for (const more of tooMuch) {
      new RecordMemory(state).set("order:1", { ...KEPT, looks: [{ ...look, findings, ...more }] });
      const kept = new RecordMemory(state).get("order:1")?.looks[0];
      assert.equal(kept?.cname?.standing, "in-place");
      assert.equal(kept.caa.verdict, "forbidden");
      assert.deepEqual([kept.cname.seen, kept.caa.records, kept.findings], [[], [], [first]]);
    }
  });

  it("adds looks to what it has: the newest of each domain, where it was in place last, and the person's choice", () => {
    const later = START + 60_000;
    const seen = (domain: string, at: number) => lookOf(domain, { cname: "in-place", says: "right", at });
    const before = withLooks({ ...KEPT, looks: [], inPlace: [] }, [seen("a.example", START), seen("b.example", START)]);
    const after = withLooks({ at: START, ...before }, [seen("a.example", later), lookOf("b.example", { at: later })]);
    assert.deepEqual(
      after.looks.map(({ domain, at }) => `${domain} ${at - START}`),
      ["a.example 60000", "b.example 60000"],
    );
    assert.deepEqual(
      after.inPlace.map(({ domain, at }) => `${domain} ${at - START}`),
      ["b.example 0", "a.example 60000"],
    );
    assert.deepEqual(after.request, KEPT.request);
    assert.equal(withLooks(undefined, []).request, undefined);
  });

  const DAMAGED: readonly (readonly [what: string, stored: unknown])[] = [
    ["nothing", undefined],
    ["a text", "order:1"],
    ["an entry that is a text", ["order:1"]],
    ["a key that is a number", [[1, KEPT]]],
    [
      "a hash that is too short",
      [["order:1", { ...KEPT, request: { ...KEPT.request, token: { md5: "a", sha256: "b" } } }]],
    ],
    ["an unknown source", [["order:1", { ...KEPT, request: { token: tokenOf("a"), from: { kind: "guessed" } } }]]],
  ];
  for (const [what, stored] of DAMAGED) {
    it(`starts anew from ${what}`, () => {
      const state = new State();
      state.stored = stored;
      assert.deepEqual(new RecordMemory(state).keys, []);
    });
  }

  it("leaves out only the entry that is damaged", () => {
    const state = new State();
    state.stored = [
      ["order:1", {}],
      ["order:2", KEPT],
    ];
    assert.deepEqual(new RecordMemory(state).keys, ["order:2"]);
  });

  it("keeps the forty that were written last", () => {
    const state = new State();
    const memory = new RecordMemory(state);
    for (let number = 0; number < 50; number++) memory.set(`order:${number}`, KEPT);
    memory.set("order:10", KEPT);
    const { keys } = new RecordMemory(state);
    assert.equal(keys.length, 40);
    assert.equal(keys[0], "order:11");
    assert.equal(keys.at(-1), "order:10");
  });

  it("leaves out what each server said of very many domains, and stays small", () => {
    const state = new State();
    const memory = new RecordMemory(state);
    const looks = Array.from({ length: 400 }, (_, index) => lookOf(`d${index}.example`, { cname: "not-in-place" }));
    memory.set("order:1", { ...KEPT, looks });
    assert.equal(memory.get("order:1")?.looks.length, 250);
    const kept = new RecordMemory(state).get("order:1")?.looks ?? [];
    assert.equal(kept.length, 250);
    assert.equal(kept[0]?.cname?.seen.length, 1);
    assert.deepEqual(kept.at(-1)?.cname, { standing: "not-in-place", seen: [] });
    assert.ok(JSON.stringify(state.stored).length < 100_000);
  });

  it("forgets what is gone", () => {
    const state = new State();
    const memory = new RecordMemory(state);
    memory.set("order:1", KEPT);
    memory.set("order:2", KEPT);
    memory.forget((key) => key === "order:1");
    assert.deepEqual(new RecordMemory(state).keys, ["order:2"]);
  });
});
