import assert from "node:assert/strict";
import { isToPage } from "../../../src/webview/incoming";
import {
  ACTIONS,
  ENGLISH_STRINGS,
  isFromPage,
  isPageState,
  MAX_COPY,
  MAX_FACTS,
  MAX_FOLDS,
  MAX_HISTORY,
  MAX_ID,
  MAX_NOTES,
  MAX_REPORTS,
  MAX_RESULTS,
  MAX_SENTENCE,
  MAX_SOURCE,
  MAX_STEPS,
  MAX_WORDS,
  type Content,
  type PageState,
} from "../../../src/webview/protocol";
import type { Ruling } from "../../../src/certificates/details/page";
import { everyKind } from "../../page/every-kind";
import { reports, waitingOrder, waitsForMuch } from "../../page/order";
import { blockedRecords } from "../../page/records";
import { detailsOf } from "../../page/issued";
import { fixture, fixtureNames } from "../certificates/fixtures";

const NOW = Date.UTC(2026, 0, 1);

const content: Content = {
  source: "ssl/1",
  title: "www.example.org",
  order: waitsForMuch(NOW),
  details: everyKind(NOW),
  records: { ...blockedRecords(NOW), progress: "Checking: 1 of 2" },
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

  it("passes every verdict, and refuses what is none", () => {
    const page = everyKind(NOW);
    const passes = (verdict: object) =>
      isToPage({
        type: "show",
        content: {
          ...content,
          details: { ...page, summary: { ...page.summary, verdict: { tone: "bad", ...verdict } } },
        },
      });
    const RULINGS: readonly Ruling[] = [
      { kind: "revoked" },
      { kind: "revoked", since: NOW, issuer: true },
      ...(["unreadable", "expired", "not-yet", "unchecked", "self-signed"] as const).map((kind) => ({ kind })),
      ...(["locked", "nothing-to-judge", "nothing-found"] as const).map((kind) => ({ kind })),
      { kind: "counted", errors: 0, warnings: 3 },
      { kind: "unknown-root" },
      { kind: "unknown-root", root: [{ text: "Root" }] },
      ...(["not-asked", "good", "unknown", "no-service", "root"] as const).map((revocation) => {
        return { kind: "no-problems", revocation, asked: NOW } as const;
      }),
    ];
    for (const says of RULINGS) assert.ok(passes({ says }), JSON.stringify(says));
    for (const verdict of [
      {},
      { says: { kind: "good" } },
      { says: { kind: "expired" }, tone: "Good" },
      { says: { kind: "expired" }, certificates: 1 },
      { says: { kind: "revoked", since: "today" } },
      { says: { kind: "counted", errors: -1, warnings: 0 } },
      { says: { kind: "counted", errors: 1 } },
      { says: { kind: "unknown-root", root: "Root" } },
      { says: { kind: "no-problems", revocation: "yes" } },
      { says: { kind: "no-problems" } },
    ]) {
      assert.equal(passes(verdict), false, JSON.stringify(verdict));
    }
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
  /\/(content\/title|order|order\/heading|order\/validation|records|records\/(progress|at|asked)|method|line|caa|set|validation\/(steps|domains)\/\d+\/state|details|checks|checks\/\d+\/at|damaged|validity|mark|note|twin|name|oid|explanation|critical|advice|clause|section|value|shortened|children|encapsulates|problem|harmless)$/;

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

describe("bounds of messages", () => {
  type Bounded = readonly [what: string, accepts: (count: number) => boolean, most: number];
  const filled = <T>(count: number, item: T): readonly T[] => Array<T>(count).fill(item);
  const shows = (more: object): boolean => isToPage({ type: "show", content: { ...content, ...more } });
  const ofOrder = (more: object): boolean => shows({ order: { ...waitingOrder(NOW), ...more } });
  const details = everyKind(NOW);
  const [object] = details.objects;
  const ofDetails = (more: object): boolean => shows({ details: { ...details, ...more } });
  const ofObject = (more: object): boolean => ofDetails({ objects: [{ ...object, ...more }] });
  const state = (more: object): boolean => isPageState({ source: "", closed: [], scroll: 0, ...more });
  const ofRecords = (more: object): boolean => shows({ records: { ...blockedRecords(NOW), ...more } });
  const domain = {
    domain: "d",
    state: { tone: "bad", words: "w" },
    standings: [],
    records: [],
    findings: [],
    seen: [],
  };
  const ofDomain = (more: object): boolean => ofRecords({ domains: [{ ...domain, ...more }] });
  const field = { label: "l", value: "v" };
  const record = { title: "t", notes: [], fields: [] };
  const answer = { tone: "none", words: "w", server: "s", question: "q" };
  const caa = { tone: "good", words: "w", add: [], seen: [] };
  const CAA = { flags: "0", tag: "issue", value: "" };
  const results = (count: number) => filled(count, { tone: "good", words: "w" });
  const finding = { id: "f", severity: "info", message: "m" };
  const note = { offset: 0, place: "p", message: "m" };

  const BOUNDS: readonly Bounded[] = [
    ["a page's source", (count) => shows({ source: "s".repeat(count) }), MAX_SOURCE],
    ["a page's title", (count) => shows({ title: "t".repeat(count) }), MAX_WORDS],
    ["an order's title", (count) => ofOrder({ title: "t".repeat(count) }), MAX_WORDS],
    ["facts", (count) => ofOrder({ facts: filled(count, { kind: "text", label: "l", text: "t" }) }), MAX_FACTS],
    ["a fact", (count) => ofOrder({ facts: [{ kind: "text", label: "l", text: "t".repeat(count) }] }), MAX_SENTENCE],
    ["steps", (count) => ofOrder({ steps: filled(count, { title: "t", state: "you", next: "n" }) }), MAX_STEPS],
    ["history", (count) => ofOrder({ history: filled(count, { at: 0, words: "w" }) }), MAX_HISTORY],
    ["reports", (count) => shows({ checks: filled(count, { title: "t", results: [] }) }), MAX_REPORTS],
    ["results", (count) => shows({ checks: [{ title: "t", results: results(count) }] }), MAX_RESULTS],
    ["domains of records", (count) => ofRecords({ domains: filled(count, domain) }), MAX_STEPS],
    ["records", (count) => ofDomain({ records: filled(count, record) }), MAX_RESULTS],
    ["fields of a record", (count) => ofDomain({ records: [{ ...record, fields: filled(count, field) }] }), MAX_FACTS],
    [
      "a value",
      (count) => ofDomain({ records: [{ ...record, fields: [{ ...field, value: "v".repeat(count) }] }] }),
      MAX_SENTENCE,
    ],
    ["a zone's line", (count) => ofDomain({ records: [{ ...record, line: "l".repeat(count) }] }), MAX_SENTENCE],
    ["answers", (count) => ofDomain({ seen: filled(count, answer) }), MAX_RESULTS],
    [
      "CAA records",
      (count) => ofDomain({ caa: { ...caa, set: { title: "t", records: filled(count, CAA) } } }),
      MAX_RESULTS,
    ],
    ["limits of what is known", (count) => ofRecords({ limits: filled(count, "l") }), MAX_NOTES],
    ["folds", (count) => state({ folds: filled(count, { domain: "d", closed: true }) }), MAX_FOLDS],
    ["a fold", (count) => state({ folds: [{ domain: "d".repeat(count), closed: true }] }), MAX_WORDS],
    ["actions", (count) => shows({ actions: filled(count, { id: "saveAs", label: "l" }) }), ACTIONS.length],
    ["a failure", (count) => isToPage({ type: "failed", message: "m".repeat(count) }), MAX_SENTENCE],
    ["a failed copy", (count) => isToPage({ type: "copyFailed", message: "m".repeat(count) }), MAX_SENTENCE],
    ["an object's id", (count) => ofObject({ id: "i".repeat(count) }), MAX_ID],
    ["findings", (count) => ofObject({ findings: filled(count, finding) }), 1000],
    ["damage", (count) => ofDetails({ damage: filled(count, note) }), 1000],
    [
      "sentences",
      (count) => ofDetails({ summary: { ...details.summary, sentences: filled(count, { tone: "good", text: [] }) } }),
      1000,
    ],
    ["the note of a mark", (count) => ofDetails({ title: [{ text: "t", note: "n".repeat(count) }] }), 1000],
    ["objects", (count) => ofDetails({ objects: filled(count, { ...object, findings: [], sections: [] }) }), 200_000],
    ["the media type of a picture", (count) => ofPicture({ mediaType: `image/${"a".repeat(count - 6)}` }), 100],
    ["the selected object", (count) => isFromPage({ type: "select", object: "o".repeat(count) }), MAX_ID],
    ["copied text", (count) => isFromPage({ type: "copy", text: "t".repeat(count) }), MAX_COPY],
    ["the state's source", (count) => state({ source: "s".repeat(count) }), MAX_SOURCE],
    ["the state's object", (count) => state({ object: "o".repeat(count) }), MAX_ID],
    ["the state's filter", (count) => state({ filter: "f".repeat(count) }), 1000],
    ["closed sections", (count) => state({ closed: filled(count, "c") }), 1000],
    ["a closed section", (count) => state({ closed: ["c".repeat(count)] }), MAX_ID],
    ["the place on the page", (count) => state({ scroll: count }), 1e9],
  ];
  for (const [what, accepts, most] of BOUNDS)
    it(`hold: ${what}, ${most} and no more`, () => assert.deepEqual([most, most + 1].map(accepts), [true, false]));

  function ofPicture(more: object): boolean {
    const image = { safe: true, mediaType: "image/png", base64: "", description: [], ...more };
    return isToPage(withValue({ kind: "image", image }));
  }
  const PICTURES: readonly (readonly [more: object, isTaken: boolean])[] = [
    [{ mediaType: "image/svg+xml" }, true],
    [{ mediaType: "image/png;base64,AAAA" }, false],
    [{ mediaType: "text/image/png" }, false],
    [{ mediaType: "image/png\n" }, false],
    [{ base64: "AA==" }, true],
    [{ base64: "AA==\n" }, false],
    [{ base64: "A===" }, false],
    [{ safe: "true" }, false],
  ];
  for (const [more, isTaken] of PICTURES)
    it(`${isTaken ? "pass" : "refuse"} a picture with ${JSON.stringify(more)}`, () =>
      assert.equal(ofPicture(more), isTaken));

  it("take what is only ever true for nothing else", () => {
    const nodeWith = (more: object) =>
      isToPage(
        withValue({ kind: "tree", hex: "", nodes: [{ type: "t", offset: 0, headerLength: 0, length: 0, ...more }] }),
      );
    const flags: readonly ((flag: unknown) => boolean)[] = [
      (flag) => ofObject({ damaged: flag }),
      (flag) => ofDetails({ damage: [{ ...note, harmless: flag }] }),
      (flag) => nodeWith({ shortened: flag }),
      (flag) => nodeWith({ encapsulates: flag }),
    ];
    for (const accepts of flags) assert.deepEqual([true, false, 1].map(accepts), [true, false, false]);
  });

  it("refuse lists with holes", () => {
    const holes = Array<unknown>(1);
    assert.deepEqual(
      [ofOrder({ facts: holes }), ofDetails({ objects: holes }), shows({ actions: holes }), state({ closed: holes })],
      [false, false, false, false],
    );
  });
});

describe("the state of the page", () => {
  const state: PageState = { source: "ssl/1", closed: ["subject"], scroll: 120 };
  it("passes with and without what is optional", () => {
    assert.ok(isPageState(state));
    const folds = [{ domain: "a.example", closed: false }];
    assert.ok(isPageState({ ...state, object: "abc", filter: "san", orderClosed: true, folds }));
  });
  for (const wrong of [
    { source: undefined },
    { closed: [7] },
    { scroll: -1 },
    { scroll: 1.5 },
    { filter: 7 },
    { orderClosed: "no" },
    { folds: [{ domain: "a.example" }] },
    { folds: ["a.example"] },
  ]) {
    it(`refuses ${JSON.stringify(wrong)}`, () => assert.equal(isPageState({ ...state, ...wrong }), false));
  }
});
