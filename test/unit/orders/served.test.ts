import { phrase } from "../../../src/words/phrase";
import assert from "node:assert/strict";
import {
  allServe,
  askServers,
  isServedNews,
  type AddressAnswer,
  type AskServersPorts,
} from "../../../src/orders/checking/ask-servers";
import { english, type Locale } from "../../../src/words/localize";
import type { ServedAddress, ServedNote, ServerPlace } from "../../../src/orders/model/deployment";
import type { CollectedCertificate, Order } from "../../../src/orders/model/order";
import { readServerPlace } from "../../../src/orders/model/server-place";
import { orderRowView } from "../../../src/orders/presentation/order-row";
import { nextCheck } from "../../../src/orders/checking/schedule";
import { orderTooltip } from "../../../src/orders/presentation/order-tooltip";
import { isServed, lateWords, servedHistoryWords, servedLines } from "../../../src/orders/presentation/served-words";
import { stateOf } from "../../../src/orders/presentation/state";
import { DAY, MINUTE } from "./doubles";
import { order } from "./world";

const NOON = new Date(2026, 6, 1, 12).getTime();
const [OLD, NEW, OTHER] = ["0", "1", "2"].map((digit) => digit.repeat(64)) as [string, string, string];
const signal = new AbortController().signal;

const place = (text: string): ServerPlace => {
  const read = readServerPlace(text);
  assert.ok(read);
  return read;
};
const [WWW, MAIL] = [place("www.example.test"), place("smtp://mail.example.test:25")];

/** Servers with addresses that answer as told; what the name leads to where it has none. */
function servers(
  world: Readonly<Record<string, Readonly<Record<string, AddressAnswer>> | string>>,
  ports: Partial<AskServersPorts> = {},
): AskServersPorts & { readonly called: string[] } {
  const called: string[] = [];
  return {
    called,
    find: (host) => {
      const found = world[host] ?? "The server was not found in DNS.";
      return Promise.resolve(typeof found === "string" ? phrase(found) : Object.keys(found));
    },
    allowed: (_, addresses) => Promise.resolve(addresses),
    look: ({ host }, address) => {
      called.push(address);
      const found = world[host];
      return Promise.resolve((typeof found === "object" ? found[address] : undefined) ?? { state: "unreachable" });
    },
    now: () => NOON,
    ...ports,
  };
}

const FITS: AddressAnswer = { state: "this", leaf: NEW, notAfter: NOON + 90 * DAY };
const STALE: AddressAnswer = { state: "other", leaf: OLD, notAfter: NOON + 5 * DAY };
const NO_IPV6: AddressAnswer = { state: "unreachable", message: "No way.", noRoute: true };
const DOWN: AddressAnswer = { state: "unreachable", message: "The server refused the connection." };

describe("what servers serve", () => {
  const since = (world: Readonly<Record<string, AddressAnswer>>, before?: readonly ServedNote[]) =>
    askServers({ places: [WWW], leaf: NEW, ...(before && { before }) }, servers({ [WWW.host]: world }), signal).then(
      ([note]) => note?.since,
    );
  const note = (more: Partial<ServedNote>): ServedNote => ({ at: 1, place: WWW, leaf: NEW, addresses: [], ...more });

  it("is served once every address serves it that can be reached from here", async () => {
    const table: readonly (readonly [Readonly<Record<string, AddressAnswer>>, number | undefined])[] = [
      [{ "192.0.2.1": FITS, "192.0.2.2": FITS }, NOON],
      [{ "192.0.2.1": FITS, "192.0.2.2": STALE }, undefined],
      [{ "192.0.2.1": FITS, "192.0.2.2": DOWN }, undefined],
      [{ "192.0.2.1": FITS, "2001:db8::1": NO_IPV6 }, NOON],
      [{ "192.0.2.1": STALE, "2001:db8::1": NO_IPV6 }, undefined],
      [{ "2001:db8::1": NO_IPV6 }, undefined],
      // Where it has no way to one of several of IPv4, that is of this one.
      [{ "192.0.2.1": FITS, "192.0.2.2": NO_IPV6 }, undefined],
    ];
    for (const [world, expected] of table) assert.equal(await since(world), expected, JSON.stringify(world));
  });

  it("keeps since when it was, for this certificate and server alone", async () => {
    const world = { "192.0.2.1": FITS };
    assert.equal(await since(world, [note({ since: 5 })]), 5);
    assert.equal(await since(world, [note({ since: 5, leaf: OLD })]), NOON);
    assert.equal(await since(world, [note({ since: 5, place: MAIL })]), NOON);
    assert.equal(await since(world, [note({})]), NOON);
    assert.equal(await since({ "192.0.2.1": STALE }, [note({ since: 5 })]), undefined);
  });

  it("is asked at every address once, sixteen at most, in an order that the DNS does not change", async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`192.0.2.${n + 100}`, FITS]));
    const ports = servers({ [WWW.host]: many, [MAIL.host]: { "192.0.2.9": STALE, "192.0.2.8": FITS } });
    const [www, mail] = await askServers({ places: [WWW, MAIL], leaf: NEW }, ports, signal);
    assert.equal(www?.addresses.length, 16);
    assert.equal(ports.called.length, 17);
    // Nobody knows what the others serve.
    assert.equal(www.since, undefined);
    assert.deepEqual(www.addresses.at(-1), {
      ...{ address: "", state: "unreachable", message: "It has more addresses, which were not asked." },
    });
    const sixteen = Object.fromEntries(Object.entries(many).slice(0, 16));
    assert.equal(await since(sixteen), NOON);
    assert.deepEqual(
      mail?.addresses.map(({ address, state }) => [address, state]),
      [
        ["192.0.2.8", "this"],
        ["192.0.2.9", "other"],
      ],
    );
    const others = servers({ [MAIL.host]: { "192.0.2.8": FITS, "192.0.2.9": STALE } });
    assert.deepEqual((await askServers({ places: [MAIL], leaf: NEW }, others, signal))[0], mail);
  });

  it("is asked eight at a time", async () => {
    let [now, most] = [0, 0];
    const ports = servers(
      { [WWW.host]: Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`192.0.2.${n}`, FITS])) },
      {
        look: async () => {
          most = Math.max(most, ++now);
          await new Promise((resolve) => setImmediate(resolve));
          now--;
          return FITS;
        },
      },
    );
    await askServers({ places: [WWW], leaf: NEW }, ports, signal);
    assert.deepEqual([now, most], [0, 8]);
  });

  it("is not asked of addresses that nobody agreed to, nor of a name that leads nowhere", async () => {
    const world = { [WWW.host]: { "192.0.2.1": FITS, "10.0.0.1": FITS } };
    const ports = servers(world, {
      allowed: (_, addresses) => Promise.resolve(addresses.filter((address) => !address.startsWith("10."))),
    });
    const [www, mail] = await askServers({ places: [WWW, MAIL], leaf: NEW }, ports, signal);
    assert.deepEqual(ports.called, ["192.0.2.1"]);
    assert.deepEqual(
      www?.addresses.map(({ address, state }) => [address, state]),
      [
        ["10.0.0.1", "unreachable"],
        ["192.0.2.1", "this"],
      ],
    );
    assert.match(www?.addresses[0]?.message ?? "", /private network, which you did not agree to/);
    assert.equal(www?.since, undefined);
    assert.deepEqual(mail?.addresses, [
      { address: "", state: "unreachable", message: "The server was not found in DNS." },
    ]);
  });

  it("says nothing once it was cancelled", async () => {
    const over = new AbortController();
    const ports = servers(
      { [WWW.host]: { "192.0.2.1": FITS, "192.0.2.2": FITS } },
      { look: () => (over.abort(), Promise.resolve(FITS)) },
    );
    assert.deepEqual(await askServers({ places: [WWW, MAIL], leaf: NEW }, ports, over.signal), []);
    assert.deepEqual(await askServers({ places: [WWW], leaf: NEW }, ports, over.signal), []);
  });

  it("is kept as far as it was found out in time, unless it was cancelled", async () => {
    for (const isCancelled of [false, true]) {
      const [cancelled, timeOver] = [new AbortController(), new AbortController()];
      const ends = isCancelled ? cancelled : timeOver;
      const world = { [WWW.host]: { "192.0.2.1": FITS }, [MAIL.host]: { "192.0.2.8": FITS, "192.0.2.9": FITS } };
      const look = async (_: ServerPlace, address: string): Promise<AddressAnswer> => {
        if (address === "192.0.2.9") {
          await new Promise((resolve) => setImmediate(resolve));
          ends.abort();
          return { state: "unreachable", message: "Cancelled." };
        }
        return FITS;
      };
      const both = { places: [WWW, MAIL], leaf: NEW };
      const notes = await askServers(both, servers(world, { look }), cancelled.signal, timeOver.signal);
      assert.deepEqual(
        notes.map((each) => each.place),
        isCancelled ? [] : [WWW],
      );
      assert.equal(allServe(both.places, notes), false);
      assert.equal(allServe(both.places.slice(0, notes.length), notes), !isCancelled);
    }
  });

  it("is news where a server presents something else than before", () => {
    const at = (state: ServedAddress["state"], more: Partial<ServedAddress> = {}): readonly ServedAddress[] => [
      { address: "192.0.2.1", state, ...more },
    ];
    const table: readonly (readonly [ServedNote, ServedNote | undefined, boolean])[] = [
      [note({}), undefined, true],
      [note({ at: 9 }), note({}), false],
      [note({ leaf: OLD }), note({}), true],
      [note({ since: 3 }), note({}), true],
      [note({ place: MAIL }), note({}), true],
      [note({ addresses: at("other") }), note({ addresses: at("this") }), true],
      [note({ addresses: at("other", { leaf: OTHER }) }), note({ addresses: at("other", { leaf: OLD }) }), true],
      [note({ addresses: at("unreachable", { message: "A." }) }), note({ addresses: at("unreachable") }), false],
    ];
    for (const [one, before, isNews] of table)
      assert.equal(isServedNews(one, before && [before]), isNews, JSON.stringify([one, before]));
  });
});

describe("words about what servers serve", () => {
  const locale: Locale = { localize: english, language: "en" };
  const certificate = (leaf: string, days: number): CollectedCertificate => ({
    ...{ at: NOON, leaf, chain: [leaf], serialNumber: "01", subject: "CN=www.example.test" },
    ...{ names: ["www.example.test"], notBefore: NOON, notAfter: NOON + days * DAY },
  });
  const noted = (where: ServerPlace, ...addresses: readonly AddressAnswer[]): ServedNote => ({
    at: NOON - MINUTE,
    place: where,
    leaf: NEW,
    ...(addresses.every(({ state }) => state === "this") && { since: NOON - 5 * MINUTE }),
    addresses: addresses.map((each, n) => ({ address: `192.0.2.${n}`, ...each })),
  });
  const orderWith = (...served: readonly ServedNote[]): Order => ({
    ...order("1000001"),
    ...{ label: "www.example.test", trackedAt: NOON, tags: [], paused: false, muted: false },
    certificates: [certificate(NEW, 90), certificate(OLD, 5)],
    saved: { at: NOON, leaf: NEW, profile: "nginx", files: [] },
    served,
  });
  const ANOTHER: AddressAnswer = { state: "other", leaf: OTHER, notAfter: NOON + 200 * DAY };
  const ELSEWHERE: AddressAnswer = { state: "other", leaf: OTHER, notAfter: NOON + 30 * DAY };

  const ROWS: readonly (readonly [string, Order, row: string, lines: readonly string[]])[] = [
    ["nobody asked", orderWith(), "Sep 29, 2026 · Saved", []],
    [
      "all serve it",
      { ...orderWith(noted(WWW, FITS), noted(MAIL, FITS, FITS)), servers: [WWW, MAIL] },
      "Sep 29, 2026 · Served",
      ["Served by www.example.test:443 since 11:55:00 AM", "Served by smtp://mail.example.test:25 since 11:55:00 AM"],
    ],
    [
      "all serve it that were asked of an order file",
      orderWith(noted(WWW, FITS), noted(MAIL, FITS, FITS)),
      "Sep 29, 2026 · Served by 2 hosts",
      ["Served by www.example.test:443 since 11:55:00 AM", "Served by smtp://mail.example.test:25 since 11:55:00 AM"],
    ],
    [
      "the one serves it that was asked of an order file",
      orderWith(noted(MAIL, FITS)),
      "Sep 29, 2026 · Served by mail.example.test",
      ["Served by smtp://mail.example.test:25 since 11:55:00 AM"],
    ],
    [
      "one could not be asked at all its addresses",
      orderWith(noted(WWW, FITS, DOWN)),
      "Sep 29, 2026 · Saved",
      ["Served by some addresses of www.example.test:443; the others could not be asked (11:59:00 AM)"],
    ],
    [
      "one serves the old one",
      orderWith(noted(WWW, FITS), noted(MAIL, FITS, STALE)),
      "mail.example.test serves the old one · Saved",
      [
        "Served by www.example.test:443 since 11:55:00 AM",
        "smtp://mail.example.test:25 still serves the old certificate (asked 11:59:00 AM)",
      ],
    ],
    [
      "one serves an older one of somebody else",
      orderWith(noted(WWW, ELSEWHERE)),
      "www.example.test serves the old one · Saved",
      ["www.example.test:443 still serves the old certificate (asked 11:59:00 AM)"],
    ],
    [
      "one serves another one",
      orderWith(noted(WWW, ANOTHER, DOWN)),
      "www.example.test serves another one · Saved",
      ["www.example.test:443 serves another certificate (asked 11:59:00 AM)"],
    ],
    [
      "several serve others",
      orderWith(noted(WWW, ANOTHER), noted(MAIL, STALE)),
      "2 hosts serve another certificate · Saved",
      [
        "www.example.test:443 serves another certificate (asked 11:59:00 AM)",
        "smtp://mail.example.test:25 still serves the old certificate (asked 11:59:00 AM)",
      ],
    ],
    [
      "one could not be asked",
      orderWith(noted(WWW, DOWN), noted(MAIL, FITS)),
      "Sep 29, 2026 · Saved",
      [
        "www.example.test:443 could not be asked (11:59:00 AM)",
        "Served by smtp://mail.example.test:25 since 11:55:00 AM",
      ],
    ],
    ["it was another certificate", orderWith({ ...noted(WWW, FITS), leaf: OLD }), "Sep 29, 2026 · Saved", []],
    [
      "one was never asked",
      { ...orderWith(noted(WWW, FITS)), servers: [WWW, MAIL] },
      "Sep 29, 2026 · Saved",
      ["Served by www.example.test:443 since 11:55:00 AM"],
    ],
    [
      "a person removed one",
      { ...orderWith(noted(WWW, FITS), noted(MAIL, STALE)), servers: [WWW] },
      "Sep 29, 2026 · Served",
      ["Served by www.example.test:443 since 11:55:00 AM"],
    ],
  ];

  for (const [what, of, row, lines] of ROWS) {
    it(`where ${what}`, () => {
      assert.deepEqual(servedLines(of, NOON, locale).map(plain), lines);
      const circumstances = { login: { key: "login", proved: true }, others: 0 } as never;
      const check = nextCheck(of, circumstances, NOON, 0.5);
      const state = stateOf(of, circumstances, check, { secretMissing: false }, NOON, locale);
      const facts = { order: of, account: undefined, check, state };
      assert.equal(orderRowView(facts, NOON, locale).description, `${row} · SSL · 1000001`);
      const tooltip = orderTooltip(facts, NOON, locale).map(plain);
      assert.deepEqual(
        lines.filter((line) => !tooltip.includes(line)),
        [],
      );
    });
  }

  it("are few in a tooltip, however many there are", () => {
    const many = Array.from({ length: 32 }, (_, n) => noted(place(`host${n}.example.test`), STALE));
    const lines = servedLines(orderWith(...many), NOON, locale);
    assert.equal(lines.length, 6);
    assert.equal(lines.at(-1), "and 27 more hosts");
    assert.equal(lateWords(orderWith(...many), locale), "32 hosts serve another certificate");
    assert.equal(isServed(orderWith(...many)), false);
  });

  it("stand in the history", () => {
    const table: readonly (readonly [ServedNote, string])[] = [
      [noted(WWW, FITS), "Served by www.example.test:443"],
      [noted(MAIL, FITS, STALE, DOWN), "Served by 1 of 3 addresses of smtp://mail.example.test:25"],
      [noted(WWW, FITS, DOWN), "Served by some addresses of www.example.test:443; the others could not be asked"],
      [noted(WWW, STALE, DOWN), "www.example.test:443 serves another certificate"],
      [noted(WWW, DOWN), "www.example.test:443 could not be asked"],
    ];
    for (const [each, words] of table) assert.equal(servedHistoryWords(each, english), words);
  });
});

/** ICU puts a narrow space before AM and PM, since 2022. */
const plain = (line: string): string => line.replaceAll("\u202f", " ");
