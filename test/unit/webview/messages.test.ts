import assert from "node:assert/strict";
import { isToPage } from "../../../src/webview/incoming";
import {
  ENGLISH_STRINGS,
  isFromPage,
  isPageState,
  MAX_COPY,
  type Content,
  type PageState,
} from "../../../src/webview/protocol";
import { everyKind } from "../../page/every-kind";
import { reports, waitingOrder } from "../../page/order";
import { detailsOf } from "../../page/issued";
import { fixture, fixtureNames } from "../certificates/fixtures";

const NOW = Date.UTC(2026, 0, 1);

const content: Content = {
  source: "ssl/1",
  order: waitingOrder(NOW),
  details: everyKind(NOW),
  checks: reports(NOW),
  actions: [{ id: "saveAs", label: "Save As…" }],
  strings: ENGLISH_STRINGS,
  locale: "de",
};

type Json = object | string | number | boolean | null;

/** Every value inside, with a function that puts another in its place. */
function* places(value: Json, path = ""): Generator<{ path: string; put: (other: unknown) => void; value: Json }> {
  if (typeof value !== "object" || value === null) return;
  for (const key of Object.keys(value)) {
    const inner = (value as Readonly<Record<string, Json>>)[key] ?? null;
    yield { path: `${path}/${key}`, put: (other) => Object.assign(value, { [key]: other }), value: inner };
    yield* places(inner, `${path}/${key}`);
  }
}

describe("messages to the page", () => {
  it("passes what the editor sends", () => {
    assert.ok(isToPage({ type: "show", content }));
    assert.ok(
      isToPage({ type: "show", content: { source: "", actions: [], strings: ENGLISH_STRINGS, locale: "zh-cn" } }),
    );
    assert.ok(isToPage({ type: "failed", message: "It did not work." }));
    assert.ok(isToPage({ type: "copyFailed", message: "No clipboard." }));
  });

  it("passes the details of every fixture", () => {
    const names = [...fixtureNames("extensions", ".pem"), ...fixtureNames("keys", ".pem"), "names.pem"];
    for (const name of names) {
      assert.ok(isToPage({ type: "show", content: { ...content, details: detailsOf(fixture(name), NOW) } }), name);
    }
  });

  it("refuses a wrong type in whatever place", () => {
    const message = JSON.parse(JSON.stringify({ type: "show", content })) as Json;
    const unchecked: string[] = [];
    let checked = 0;
    for (const { path, put, value } of places(message)) {
      for (const other of [Symbol.iterator, typeof value === "number" ? "7" : 7, undefined, null]) {
        put(other);
        if (isToPage(message) && !(other === undefined && OPTIONAL.test(path)))
          unchecked.push(`${path}: ${String(other)}`);
        checked++;
      }
      put(value);
    }
    assert.deepEqual(unchecked, []);
    assert.ok(checked > 1500, `only ${checked} places were tried`);
    assert.ok(isToPage(message), "all was put back");
  });

  const REFUSED: Readonly<Record<string, unknown>> = {
    nothing: undefined,
    null: null,
    "a text": "show",
    "no type": { content },
    "a type of the prototype": { type: "toString" },
    "a type that is no text": { type: ["failed"], message: "m" },
    "fields of the prototype": Object.create({ type: "failed", message: "m" }) as object,
    "a message that is too long": { type: "failed", message: "m".repeat(10_001) },
    "an action that does not exist": { type: "show", content: { ...content, actions: [{ id: "evil", label: "l" }] } },
    "a locale that is none": { type: "show", content: { ...content, locale: "de\u0000" } },
    "strings without one": { type: "show", content: { ...content, strings: { ...ENGLISH_STRINGS, copy: undefined } } },
    "a time that no date has": {
      type: "show",
      content: { ...content, order: { ...content.order, history: [{ at: 1e16, words: "w" }] } },
    },
    "a picture that is no picture": withValue({
      kind: "image",
      image: { safe: true, mediaType: "text/html", base64: "AAAA", description: [] },
    }),
    "a picture that leaves its address": withValue({
      kind: "image",
      image: { safe: true, mediaType: "image/png", base64: 'AA"><script>', description: [] },
    }),
    "hex that is none": withValue({ kind: "hex", hex: "zz" }),
    "a value of no kind": withValue({ kind: "html", html: "<b>" }),
    "an element that begins before its input": withValue({
      kind: "tree",
      hex: "",
      nodes: [{ type: "t", offset: -1, headerLength: 0, length: 0 }],
    }),
  };

  for (const [what, message] of Object.entries(REFUSED)) {
    it(`refuses ${what}`, () => assert.equal(isToPage(message), false));
  }

  it("refuses what is nested too deeply, without falling over it", () => {
    let nested: unknown = { kind: "hex", hex: "00" };
    for (let depth = 0; depth < 100_000; depth++) {
      nested = { kind: "rows", rows: [{ label: "l", values: [nested], copy: "" }] };
    }
    assert.equal(isToPage(withValue(nested)), false);
  });
});

/** Fields that may be missing: the model's, and those of the messages. */
const OPTIONAL =
  /\/(order|details|checks|checks\/\d+\/at|damaged|validity|mark|note|name|oid|explanation|critical|advice|clause|section|value|shortened|children|encapsulates|problem|harmless)$/;

function withValue(value: unknown): unknown {
  const row = { label: "l", values: [value], copy: "" };
  const page = everyKind(NOW);
  const object = { ...page.objects[0], sections: [{ id: "s", title: "t", rows: [row] }] };
  return { type: "show", content: { ...content, details: { ...page, objects: [object] } } };
}

describe("messages from the page", () => {
  const PASSED: readonly unknown[] = [
    { type: "ready" },
    { type: "copy", text: "" },
    { type: "copy", text: "x".repeat(MAX_COPY) },
    { type: "action", id: "saveAs" },
    { type: "select", object: "0" },
    { type: "ready", more: "is not looked at" },
  ];
  for (const message of PASSED) {
    it(`passes ${JSON.stringify(message).slice(0, 60)}`, () => assert.ok(isFromPage(message)));
  }

  const REFUSED: readonly unknown[] = [
    undefined,
    null,
    [],
    "ready",
    {},
    { type: "open" },
    { type: "constructor" },
    { type: "copy" },
    { type: "copy", text: 7 },
    { type: "copy", text: ["a"] },
    { type: "copy", text: "x".repeat(MAX_COPY + 1) },
    { type: "action", id: "workbench.action.closeWindow" },
    { type: "action", id: ["saveAs"] },
    { type: "select", object: "x".repeat(201) },
  ];
  for (const message of REFUSED) {
    it(`refuses ${String(JSON.stringify(message)).slice(0, 60)}`, () => assert.equal(isFromPage(message), false));
  }
});

describe("the state of the page", () => {
  const state: PageState = { source: "ssl/1", closed: ["subject"], scroll: 120 };
  it("passes with and without what is optional", () => {
    assert.ok(isPageState(state));
    assert.ok(isPageState({ ...state, object: "abc", filter: "san", orderClosed: true }));
  });
  for (const wrong of [
    { source: undefined },
    { closed: [7] },
    { scroll: -1 },
    { scroll: 1.5 },
    { filter: 7 },
    { orderClosed: "no" },
  ]) {
    it(`refuses ${JSON.stringify(wrong)}`, () => assert.equal(isPageState({ ...state, ...wrong }), false));
  }
});
