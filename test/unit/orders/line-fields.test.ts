import { allOf, amount, onDay, phrase, plural, sentences, type Phrase } from "../../../src/words/phrase";
import assert from "node:assert/strict";
import type { JournalLine } from "../../../src/orders/journal/events";
import { readLine } from "../../../src/orders/journal/line";
import { MAX_LINE_BYTES, MAX_LINE_ITEMS, MAX_LINE_TEXT, MAX_LINE_URI } from "../../../src/orders/journal/line-bounds";
import type { Outcome } from "../../../src/orders/model/order";
import { MAX_ORDER_ID_LENGTH } from "../../../src/orders/model/order-id";
import type { ServiceOutcome } from "../../../src/orders/model/service-outcome";
import { HASH, tracked } from "./lines";
import { START } from "./doubles";

/** What a type allows, with each optional field there, so that none is left out of the table below. */
type Complete<T> = T extends Phrase
  ? Phrase
  : T extends readonly (infer Item)[]
    ? readonly Complete<Item>[]
    : T extends object
      ? { readonly [K in keyof T]-?: Complete<T[K]> }
      : T;
type Line<T extends JournalLine["type"]> = Complete<Omit<OfType<T, JournalLine>, "type" | "v" | "at" | "t" | "line">>;
/** The members of a union whose `type` may be T. */
type OfType<T, M> = M extends { readonly type: infer U } ? (T extends U ? M : never) : never;

const { id } = tracked("1");
/** What a line may say; what its words may be is looked at by itself. */
const SAID = phrase("The server {0} is gone.", "a.example");
const login = { login: "sectigo/a", credential: "c1" };

/** One line of each type, complete. A type or field that is added to the journal does not compile until it is here. */
const LINES: { readonly [T in JournalLine["type"]]: Line<T> } = {
  tracked: { ...tracked("1"), account: "acc", label: "Shop", tags: ["East"] },
  forgotten: { id },
  restored: { id },
  renamed: { id, label: "Shop" },
  tagged: { id, tags: ["East"] },
  asked: { id, ...login, why: "person", question: "everything" },
  answered: {
    ...{ id, ...login, inRow: 1, failures: 0, proves: true, outcome: { kind: "pending" } },
    detail: {
      fqdn: "a.example",
      certificateStatus: "Issued",
      validationStatus: "Validated",
      notBefore: START,
      notAfter: START,
      certificateDurationDays: 1,
      productTermStart: START,
      productTermEnd: START,
      productTermDurationDays: 1,
      domains: [{ domain: "a.example", status: "VALIDATED" }],
      domainCount: 1,
      caa: "ok",
      steps: [{ id: "dcvStatus", state: "you", title: "Domain", next: "Publish it." }],
      other: ["a line"],
    },
  },
  collected: {
    ...{ id, leaf: HASH, chain: [HASH], serialNumber: "01", subject: "CN=a", names: ["a"] },
    ...{ notBefore: START, notAfter: START, doubts: [{ kind: "names", message: "Another name.", said: SAID }] },
  },
  opened: { id },
  saved: {
    id,
    leaf: HASH,
    profile: "nginx",
    files: [{ uri: "file:///a", part: "chain", sha256: HASH }],
    key: "file:///k",
    after: "reload nginx",
  },
  "after-saving-set": { id, task: "reload nginx" },
  "servers-set": { id, servers: [{ host: "a.example", port: 443, protocol: "tls" }] },
  "task-started": { id, leaf: HASH, task: "reload nginx" },
  "task-ended": { id, leaf: HASH, task: "reload nginx", started: START, exitCode: 1 },
  served: {
    id,
    place: { host: "a.example", port: 443, protocol: "tls" },
    leaf: HASH,
    since: START,
    addresses: [
      { address: "192.0.2.1", state: "other", leaf: HASH, notAfter: START, message: "It closed.", said: SAID },
    ],
  },
  revocation: { id, leaf: HASH, state: "revoked", since: START, issuer: true },
  warned: { id, of: "term", end: START, days: 7 },
  watched: { id },
  "look-armed": { id, due: START },
  agreed: { id },
  "code-entered": { id },
  reported: {
    id,
    row: {
      ...{ status: "Valid", type: "PositiveSSL", domains: ["a.example"], certificateID: "1", serialNumber: "0A" },
      notAfter: START,
    },
    news: true,
  },
  validation: {
    id,
    from: ["getPostPaymentStatus"],
    orderStatus: "Pending",
    steps: [{ id: "csrStatus", title: "CSR", status: "Completed", description: "Fine.", state: "done" }],
    domains: [
      {
        ...{ domain: "a.example", method: "cname", methodWord: "CNAME CSR Hash", isPrevalidated: true },
        ...{ status: "Validated", state: "done" },
      },
    ],
    agreement: { lastSent: "2026-11-20", lastOpened: "2026-11-21" },
    caaErrors: ["SERVFAIL"],
  },
  "service-asked": { id, ...login, service: "RetryCAACheck", why: "person" },
  "service-answered": {
    ...{ id, ...login, service: "RetryCAACheck", failures: 0, proves: true, outcome: { kind: "answered" } },
    round: { began: START, through: "1" },
  },
  "report-watch": { ...login, on: true },
  paused: { id },
  resumed: { id },
  archived: { id },
  unarchived: { id },
  muted: { id },
  unmuted: { id },
  "checks-paused": {},
  "checks-resumed": {},
  "account-set": { account: { id: "acc", label: "Acme", loginName: "a", host: "a.example", ca: "sectigo" } as never },
  "account-removed": { account: "acc" },
  frozen: { ...login, code: -16, message: "Wrong." },
  thawed: { ...login, why: "credentials" },
  unchanged: { id, from: START, to: START, count: 1 },
};

type OfKind<K, M> = M extends { readonly kind: infer U } ? (K extends U ? M : never) : never;

/** The answers of each kind, complete. */
const OUTCOMES: { readonly [K in Outcome["kind"]]: Complete<OfKind<K, Outcome>> } = {
  pending: { kind: "pending" },
  available: { kind: "available" },
  issued: { kind: "issued", leaf: HASH },
  refused: { kind: "refused", code: -4, message: "No.", advice: "Look.", after: "final", field: "orderNumber" },
  "not-understood": { kind: "not-understood", code: "html", message: "A page.", said: SAID, retryAfter: 1 },
  failed: { kind: "failed", code: "dns", message: "No host.", said: SAID },
};

/** What services answered, of each kind, complete. */
const SERVICE_OUTCOMES: { readonly [K in ServiceOutcome["kind"]]: Complete<OfKind<K, ServiceOutcome>> } = {
  answered: { kind: "answered" },
  refused: { kind: "refused", code: -16, message: "No.", after: "sign-in" },
  "not-understood": { kind: "not-understood", code: "html", message: "A page.", said: SAID, retryAfter: 1 },
  failed: { kind: "failed", code: "dns", message: "No host.", said: SAID },
};

type Path = readonly (string | number)[];

/** Every place in a value, the value itself apart. */
function* placesIn(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== "object" || value === null || path.at(-1) === "said") return;
  for (const [key, item] of Object.entries(value))
    yield* placesIn(item, [...path, Array.isArray(value) ? Number(key) : key]);
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inside, key) => (inside as Record<string | number, unknown>)[key], value);

function withValue(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  const inside = withValue((value as Record<string | number, unknown>)[key], rest, put);
  return Array.isArray(value)
    ? value.map((item: unknown, index) => (index === key ? inside : item))
    : { ...(value as object), [key]: inside };
}

function without(value: unknown, [key = "", ...rest]: Path): unknown {
  const inside = value as Record<string | number, unknown>;
  if (rest.length === 0) return Object.fromEntries(Object.entries(inside).filter(([name]) => name !== key));
  const left = without(inside[key], rest);
  return Array.isArray(value)
    ? value.map((item: unknown, at) => (at === key ? left : item))
    : { ...inside, [key]: left };
}

/** What a line may lack, beside its stamp where that is its time. */
const OPTIONAL: readonly string[] = [
  ...["tracked.account", "tracked.label", "tracked.tags"],
  ...["asked", "answered", "frozen", "thawed", "report-watch"].map((type) => `${type}.credential`),
  ...["service-asked.credential", "service-answered.credential", "service-asked.id", "service-answered.id"],
  ...["service-answered.round", "service-answered.round.through", "service-answered.outcome.retryAfter"],
  ...["answered.outcome", "service-answered.outcome", "served.addresses.0", "collected.doubts.0"].map(
    (of) => `${of}.said`,
  ),
  ...[
    "reported.news",
    "reported.row",
    ...Object.keys(LINES.reported.row ?? {}).map((field) => `reported.row.${field}`),
  ],
  ...["validation.orderStatus", "validation.agreement"],
  ...["description", "state"].map((field) => `validation.steps.0.${field}`),
  ...["lastSent", "lastOpened"].map((field) => `validation.agreement.${field}`),
  ...["method", "methodWord", "isPrevalidated", "status", "state"].map((field) => `validation.domains.0.${field}`),
  ...["answered.detail", "answered.outcome.field", "answered.outcome.retryAfter"],
  ...Object.keys(LINES.answered.detail).map((field) => `answered.detail.${field}`),
  ...["since", "addresses.0.leaf", "addresses.0.message", "addresses.0.notAfter"].map((field) => `served.${field}`),
  ...["task-ended.exitCode"],
  ...["collected.doubts", "saved.files.0.sha256", "saved.key", "saved.after", "revocation.since", "revocation.issuer"],
];

/** Values of every type but that of the field; numbers that count nothing; what is too long. */
function wrongFor(value: unknown): readonly (readonly [string, unknown])[] {
  const others = [
    ["null", null],
    ["a number", 7],
    ["a text", "x"],
    ["a list", []],
    ["an object", {}],
    ["true", true],
  ] as const;
  const kindOf = (each: unknown) => (each === null ? "null" : Array.isArray(each) ? "list" : typeof each);
  return [
    ...others.filter(([, other]) => kindOf(other) !== kindOf(value)),
    ...(typeof value === "string" ? ([["a long text", "x".repeat(Math.max(MAX_LINE_TEXT, 20_000))]] as const) : []),
    ...(typeof value === "number"
      ? ([
          ["a half", 0.5],
          ["a number that is not exact", 1e16],
        ] as const)
      : []),
    ...(Array.isArray(value) ? ([["a long list", Array<unknown>(MAX_LINE_ITEMS + 1).fill(value[0])]] as const) : []),
  ];
}

describe("Of a line of the journal", () => {
  const stamp = { v: 1, at: START, t: START + 1, line: `${"0".repeat(16)}:1` };
  const cases: readonly (readonly [string, Record<string, unknown>])[] = [
    ...Object.entries(LINES).map(([type, fields]) => [type, { ...stamp, type, ...fields }] as const),
    ...Object.values(OUTCOMES).map(
      (outcome) =>
        [`answered: ${outcome.kind}`, { ...stamp, type: "answered", ...LINES.answered, detail: {}, outcome }] as const,
    ),
    ...Object.values(SERVICE_OUTCOMES).map(
      (outcome) =>
        [
          `service-answered: ${outcome.kind}`,
          { ...stamp, type: "service-answered", ...LINES["service-answered"], outcome },
        ] as const,
    ),
  ];
  for (const [name, line] of cases)
    it(`each field of the wrong type sets it aside: ${name}`, () => {
      assert.equal(readLine(JSON.stringify(line)).kind, "line");
      for (const path of placesIn(line)) {
        for (const [what, wrong] of wrongFor(at(line, path))) {
          const read = readLine(JSON.stringify(withValue(line, path, wrong)));
          assert.equal(read.kind, "aside", `${path.join(".")} is ${what}`);
        }
      }
    });

  it("no field may be missing but those that are optional", () => {
    const missing = new Set<string>();
    for (const [, line] of cases) {
      for (const path of placesIn(line)) {
        if (typeof path.at(-1) === "number") continue;
        const read = readLine(JSON.stringify(without(line, path)));
        if (read.kind === "line") missing.add([String(line.type), ...path].join("."));
      }
    }
    const stamps = Object.keys(LINES).map((type) => `${type}.t`);
    assert.deepEqual([...missing].sort(), [...stamps, ...OPTIONAL].sort());
  });

  // Each pair: what is just taken, and what is just not.
  const bounds: readonly (readonly [
    what: string,
    type: JournalLine["type"],
    path: Path,
    taken: unknown,
    not: unknown,
  ])[] = [
    ["a text", "renamed", ["label"], "x".repeat(MAX_LINE_TEXT), "x".repeat(MAX_LINE_TEXT + 1)],
    ["a list", "tagged", ["tags"], Array(MAX_LINE_ITEMS).fill("x"), Array(MAX_LINE_ITEMS + 1).fill("x")],
    ["an id", "opened", ["id"], "x".repeat(MAX_ORDER_ID_LENGTH), "x".repeat(MAX_ORDER_ID_LENGTH + 1)],
    ["an id's beginning", "opened", ["id"], "x", ""],
    ["the address of a file", "saved", ["files", 0, "uri"], "x".repeat(MAX_LINE_URI), "x".repeat(MAX_LINE_URI + 1)],
    ["the address of a key", "saved", ["key"], "x".repeat(MAX_LINE_URI), "x".repeat(MAX_LINE_URI + 1)],
    ["a hash", "revocation", ["leaf"], "0".repeat(64), "0".repeat(65)],
    ["a hash's digits", "revocation", ["leaf"], "f".repeat(64), "F".repeat(64)],
    ["a time", "look-armed", ["due"], 8.64e15, 8.64e15 + 1],
    ["a time before 1970", "look-armed", ["due"], -8.64e15, -8.64e15 - 1],
    ["a count", "warned", ["days"], 0, -1],
    ["a large count", "warned", ["days"], Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1],
    ["a code", "frozen", ["code"], Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER - 1],
    ["a place", "opened", ["line"], `${"f".repeat(16)}:${"9".repeat(12)}`, `${"f".repeat(16)}:${"9".repeat(13)}`],
    ["a place's writer", "opened", ["line"], `${"0".repeat(16)}:0`, `${"0".repeat(15)}:0`],
  ];
  for (const [what, type, path, taken, not] of bounds)
    it(`${what} has a bound`, () => {
      const line = { ...stamp, type, ...LINES[type] };
      const kindWith = (value: unknown) => readLine(JSON.stringify(withValue(line, path, value))).kind;
      assert.deepEqual([taken, not].map(kindWith), ["line", "aside"]);
    });

  const words: readonly (readonly [what: string, said: unknown, isTaken: boolean])[] = [
    ["a sentence", phrase("Gone."), true],
    ["texts, numbers and sentences", phrase("{0} {1} {2}", "a", 443, phrase("It is {0}.", "b")), true],
    ["a day, an amount and a count", plural(2, "{0} of {1}", "{0} of {1}, {2}", amount(9), onDay(START)), true],
    ["a list and sentences", phrase("{0}: {1}", allOf(["a", "b"]), sentences(phrase("A."), phrase("B."))), true],
    ["no text", { values: ["a"] }, false],
    ["a text of another type", { text: 7 }, false],
    ["values that are no list", { text: "{0}", values: "a" }, false],
    ["a value of no kind", { text: "{0}", values: [{ month: START }] }, false],
    ["nothing as a value", { text: "{0}", values: [null] }, false],
    ["a long value", phrase("{0}", "x".repeat(MAX_LINE_TEXT + 1)), false],
    ["half an amount", phrase("{0}", amount(0.5)), false],
    ["a day beyond all days", phrase("{0}", onDay(8.64e15 + 1)), false],
    ["a list joined in another way", { text: "{0}", values: [{ list: ["a"], joined: "nor" }] }, false],
    ["a wrong value in a list", { text: "{0}", values: [{ list: [true], joined: "or" }] }, false],
    ["a wrong value inside", { text: "{0}", values: [{ text: "{0}", values: [false] }] }, false],
    ["a count without its text", { text: "{0}", plural: { count: 2 } }, false],
  ];
  for (const [what, said, isTaken] of words)
    it(`words yet to be said are ${isTaken ? "taken" : "set aside"}: ${what}`, () => {
      const line = { ...stamp, type: "answered", ...LINES.answered, outcome: { ...OUTCOMES.failed, said } };
      assert.equal(readLine(JSON.stringify(line)).kind, isTaken ? "line" : "aside");
    });

  it("the whole has a bound, whatever is in it", () => {
    const whole = (length: number): string => {
      const start = JSON.stringify({ ...stamp, type: "opened", id, more: "" }).slice(0, -2);
      return `${start}${"x".repeat(length - start.length - 2)}"}`;
    };
    assert.deepEqual(
      [MAX_LINE_BYTES, MAX_LINE_BYTES + 1].map((length) => readLine(whole(length)).kind),
      ["line", "aside"],
    );
  });

  const versions: readonly (readonly [version: unknown, why: "damaged" | "later"])[] = [
    [2, "later"],
    [Number.MAX_SAFE_INTEGER, "later"],
    [Number.MAX_SAFE_INTEGER + 1, "damaged"],
    [0, "damaged"],
    [-1, "damaged"],
    [1.5, "damaged"],
    ["1", "damaged"],
    [null, "damaged"],
  ];
  for (const [v, why] of versions)
    it(`version ${String(v)} is ${why}, of a type that is not known, too`, () => {
      for (const type of ["opened", "will-be"])
        assert.deepEqual(readLine(JSON.stringify({ ...stamp, v, type, id })), { kind: "aside", why, order: id });
    });
});
