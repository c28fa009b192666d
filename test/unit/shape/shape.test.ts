import assert from "node:assert/strict";
import {
  either,
  flag,
  integer,
  isRecord,
  lazily,
  list,
  memberOf,
  oneOf,
  optional,
  record,
  text,
  textLike,
  time,
  variants,
  type Shape,
} from "../../../src/shape/shape";

type Row = readonly [what: string, shape: Shape<unknown>, takes: readonly unknown[], refuses: readonly unknown[]];

interface Tree {
  readonly name: string;
  readonly inner?: readonly Tree[];
}
const tree: Shape<Tree> = record<Tree>({
  name: text(3),
  inner: optional(
    list(
      lazily(() => tree),
      2,
    ),
  ),
});

type Animal = { readonly kind: "cat" | "lynx"; readonly lives: number } | { readonly kind: "dog"; readonly bark: true };
const feline = record<Extract<Animal, { lives: number }>>({ kind: oneOf("cat", "lynx"), lives: integer(1, 9) });
const animal = variants<Animal, "kind">("kind", {
  cat: feline,
  lynx: feline,
  dog: record<Extract<Animal, { bark: true }>>({ kind: oneOf("dog"), bark: oneOf(true) }),
});

/** A list with a text and a place where nothing is. */
function withHole(item: string): readonly unknown[] {
  const items = [item];
  items.length = 2;
  return items;
}

class Dated {
  readonly name = "abc";
}

const ROWS: readonly Row[] = [
  ["a text", text(3), ["", "abc"], ["abcd", 1, null, undefined, ["a"], new String("a")]],
  ["a text of some length", text(3, 2), ["ab", "abc"], ["", "a", "abcd"]],
  ["a text like a pattern", textLike(/^a+$/, 3), ["a", "aaa"], ["", "aaaa", "b", 1]],
  ["an integer", integer(-1, 3), [-1, 0, 3], [-2, 4, 0.5, NaN, Infinity, "1", null, 1n]],
  ["a safe integer", integer(0, Infinity), [Number.MAX_SAFE_INTEGER], [Number.MAX_SAFE_INTEGER + 1, 1e300]],
  ["a time", time, [0, -1, 8.64e15, -8.64e15], [8.64e15 + 1, 0.5, "0", new Date()]],
  ["a flag", flag, [true, false], [0, 1, "true", null]],
  ["one of several", oneOf<"a" | 1 | true>("a", 1, true), ["a", 1, true], ["b", 2, false, "1", null]],
  ["a member of a union", memberOf<"a" | "b">({ a: true, b: true }), ["a", "b"], ["c", "toString", "__proto__", ["a"]]],
  ["one of nothing", oneOf(), [], [undefined, null, "", 0]],
  [
    "a list",
    list(text(1), 2),
    [[], ["a"], ["a", "b"]],
    [["a", "b", "c"], ["ab"], "ab", { length: 0 }, null, Array(1), withHole("a")],
  ],
  ["a list of lists", list(list(text(1), 1), 1), [[], [[]], [["a"]]], [["a"], [Array(1)]]],
  ["either", either(text(1), integer(0, 1)), ["a", 1], ["ab", 2, null]],
  [
    "a record",
    tree,
    [{ name: "a" }, { name: "a", inner: undefined }, { name: "a", inner: [{ name: "b" }], more: 1 }, new Dated()],
    [
      {},
      { name: "abcd" },
      { name: 1 },
      { name: "a", inner: null },
      { name: "a", inner: [{}] },
      { inner: [] },
      [],
      ["name"],
      null,
      "a",
      Object.create({ name: "a" }),
    ],
  ],
  [
    "variants",
    animal,
    [
      { kind: "cat", lives: 9 },
      { kind: "lynx", lives: 1 },
      { kind: "dog", bark: true },
    ],
    [
      { kind: "cat", bark: true },
      { kind: "dog", lives: 9 },
      { kind: "dog", bark: false },
      { kind: "cow", lives: 1 },
      { kind: ["cat"], lives: 1 },
      { lives: 1 },
      [],
      null,
    ],
  ],
];

describe("shapes", () => {
  for (const [what, shape, takes, refuses] of ROWS) {
    it(`take ${what} and nothing else`, () => {
      assert.deepEqual(
        takes.filter((value) => !shape(value)),
        [],
      );
      assert.deepEqual(
        refuses.filter((value) => shape(value)),
        [],
      );
    });
  }

  it("tell records from lists and null", () => {
    assert.deepEqual([{}, new Dated(), [], null, "a", undefined].map(isRecord), [
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("refuse what is nested deeper than they look, without falling over it", () => {
    const nested = (depth: number): Tree => {
      let value: Tree = { name: "a" };
      for (let level = 0; level < depth; level++) value = { name: "a", inner: [value] };
      return value;
    };
    assert.equal(tree(nested(499)), true);
    assert.equal(tree(nested(500)), false);
    assert.equal(tree(nested(100_000)), false);
  });

  it("count every container of what is nested, whatever it is", () => {
    type Nest = readonly Nest[];
    const nest: Shape<Nest> = list(
      lazily(() => nest),
      1,
    );
    type Layered = { readonly inner: Layered } | Leaf;
    interface Leaf {
      readonly leaf: true;
    }
    const layered: Shape<Layered> = either(
      record<Leaf>({ leaf: oneOf(true) }),
      record<{ readonly inner: Layered }>({ inner: lazily(() => layered) }),
    );
    const nested = <T>(containers: number, innermost: T, around: (inner: T) => T): T => {
      let value = innermost;
      for (let container = 1; container < containers; container++) value = around(value);
      return value;
    };
    const lists = (containers: number) => nested<Nest>(containers, [], (inner) => [inner]);
    const records = (containers: number) => nested<Layered>(containers, { leaf: true }, (inner) => ({ inner }));
    assert.deepEqual(
      [1000, 1001, 100_000].map(lists).map((value) => nest(value)),
      [true, false, false],
    );
    assert.deepEqual(
      [1000, 1001, 100_000].map(records).map((value) => layered(value)),
      [true, false, false],
    );
  });
});
