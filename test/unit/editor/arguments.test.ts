import assert from "node:assert/strict";
import { argumentOf, Arguments } from "../../../src/editor/base/arguments";

describe("Arguments", () => {
  const read: Record<string, (given: Arguments) => unknown> = {
    text: (given) => given.text("field"),
    choice: (given) => given.choice("field", ["a", "b"]),
    flag: (given) => given.flag("field"),
    list: (given) => given.list("field"),
    texts: (given) => given.texts("field"),
  };

  const taken: [kind: string, argument: unknown, expected: unknown][] = [
    ["text", undefined, undefined],
    ["text", null, undefined],
    ["text", {}, undefined],
    ["text", { other: 1 }, undefined],
    ["text", { field: "x" }, "x"],
    ["choice", { field: "b" }, "b"],
    ["flag", { field: false }, false],
    ["list", { field: ["a", "b"] }, ["a", "b"]],
    ["list", {}, undefined],
    ["texts", { field: { inner: "x", constructor: "y" } }, { inner: "x", constructor: "y" }],
    ["text", Object.create({ field: "of every object" }), undefined],
  ];
  for (const [kind, argument, expected] of taken) {
    it(`takes ${JSON.stringify(argument)} for a ${kind}`, () => {
      assert.deepEqual(read[kind]?.(new Arguments(argument)), expected);
    });
  }

  const refused: [kind: string, argument: unknown][] = [
    ["text", "x"],
    ["text", 5],
    ["text", () => 5],
    ["text", { field: 5 }],
    ["text", { field: "x".repeat(1025) }],
    ["text", { field: null }],
    ["choice", { field: "c" }],
    ["choice", { field: "toString" }],
    ["flag", { field: "true" }],
    ["list", { field: "a" }],
    ["list", { field: [1] }],
    ["list", { field: ["x".repeat(1025)] }],
    ["list", { field: Array.from({ length: 20_001 }, () => "x") }],
    ["list", { field: { length: 1 } }],
    ["list", { field: Array(1) }],
    ["texts", { field: ["x"] }],
    ["texts", { field: { inner: 5 } }],
    ["texts", { field: JSON.parse('{"__proto__": 5}') as unknown }],
  ];
  for (const [kind, argument] of refused) {
    it(`refuses ${String(JSON.stringify(argument)).slice(0, 40)} for a ${kind}`, () => {
      assert.throws(() => read[kind]?.(new Arguments(argument)), { code: "argument" });
    });
  }
});

describe("Arguments that are refused", () => {
  it("name the fields that there are", () => {
    assert.throws(() => new Arguments({ other: 1 }).only("a", "b", "c"), {
      message: "Only these fields are known: a, b and c.",
    });
  });

  it("name the values that one may have", () => {
    assert.throws(() => new Arguments({ field: "c" }).choice("field", ["a", "b"]), {
      message: "The field “field” must be one of: a or b.",
    });
  });
});

describe("Arguments, with a name that every object has,", () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"])
    it(`have none that was not given: ${name}`, () => {
      const given = new Arguments({ field: "x" });
      assert.deepEqual(
        [given.text(name), given.list(name), given.texts(name), given.flag(name)],
        Array(4).fill(undefined),
      );
      assert.equal(new Arguments(JSON.parse(`{"${name}": "x"}`)).text(name), "x");
    });
});

describe("the argument of a command from a menu", () => {
  const row = { kind: "order", order: "a" };
  const several = (orders: readonly string[], certificates: readonly string[] = []): object => ({
    ...{ ...row, serialNumber: undefined, orders, certificates },
  });
  const cases: [what: string, selected: unknown, expected: unknown][] = [
    ["no selection", undefined, row],
    ["one row selected", [row], row],
    ["several", [row, { kind: "order", order: "b" }, { kind: "section" }], several(["a", "b"])],
    ["certificates", [row, { order: "b", serialNumber: "1" }, { order: "b" }], several(["a", "b"], ["b/1"])],
    ["several rows of one order", [row, { order: "a", serialNumber: "2" }], several(["a"], ["a/2"])],
    ["nonsense", [null, 5, { order: 5, serialNumber: 5 }], several([])],
    ["an argument of another extension", { length: 2 }, row],
  ];
  for (const [what, selected, expected] of cases) {
    it(`is right with ${what}`, () => assert.deepEqual(argumentOf(row, selected), expected));
  }
  it("stays as it is where it is no row", () => assert.equal(argumentOf(undefined, [row, row]), undefined));
});
