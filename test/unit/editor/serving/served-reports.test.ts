import assert from "node:assert/strict";
import { hostActions, servedReports } from "../../../../src/editor/pages/served-reports";
import { english, localeOf, type Locale } from "../../../../src/words/localize";
import { phrase } from "../../../../src/words/phrase";
import type { ServedAddress, ServedNote } from "../../../../src/orders/model/deployment";
import type { CollectedCertificate, Order } from "../../../../src/orders/model/order";
import { DAY, MINUTE } from "../../orders/doubles";
import { order } from "../../orders/world";

const NOON = new Date(2026, 6, 1, 12).getTime();
const locale: Locale = { localize: english, language: "en" };
const [OLD, NEW, OTHER] = ["0", "1", "2"].map((digit) => digit.repeat(64)) as [string, string, string];

const certificate = (leaf: string, days: number): CollectedCertificate => ({
  ...{ at: NOON, leaf, chain: [leaf], serialNumber: "01", subject: "CN=www.example.test" },
  ...{ names: ["www.example.test"], notBefore: NOON, notAfter: NOON + days * DAY },
});
const base: Order = {
  ...order("1000001"),
  ...{
    trackedAt: NOON,
    tags: [],
    paused: false,
    muted: false,
    certificates: [certificate(NEW, 90), certificate(OLD, 5)],
  },
};
const note = (host: string, addresses: readonly ServedAddress[], since?: number): ServedNote => ({
  ...{ at: NOON + 1, place: { host, port: 443, protocol: "tls" }, leaf: NEW, addresses },
  ...(since !== undefined && { since }),
});
const hosts = (askedAt?: number, watched = askedAt !== undefined) => ({
  isWatched: () => watched,
  askedAt: () => askedAt,
  onDidChange: () => ({ dispose: () => undefined }),
});
const plain = (text: string): string => text.replaceAll("\u202f", " ");
const shown = (of: Order, seen = hosts()) =>
  servedReports(of, seen, {}, NOON, locale).map(({ title, at, results }) => [
    title,
    at,
    ...results.map(({ tone, words }) => `${tone}: ${plain(words)}`),
  ]);

describe("the page of an order about its hosts", () => {
  const good: ServedAddress = { address: "192.0.2.1", state: "this", leaf: NEW, notAfter: NOON + 90 * DAY };
  const old: ServedAddress = { address: "192.0.2.2", state: "other", leaf: OLD, notAfter: NOON + 5 * DAY };
  const another: ServedAddress = { address: "192.0.2.3", state: "other", leaf: OTHER, notAfter: NOON + 99 * DAY };
  const down: ServedAddress = { address: "2001:db8::1", state: "unreachable", message: "No way." };
  const chainless = { ...good, message: "It does not send CA: save the full chain." };

  it("shows each address with what it serves", () => {
    const served = [
      note("a.example.test", [good, down], NOON - 5 * MINUTE),
      note("b.example.test", [chainless, old, another, down]),
      note("c.example.test", [{ address: "", state: "unreachable", message: "Not found." }]),
    ];
    assert.deepEqual(shown({ ...base, served }), [
      [
        "Live Host a.example.test:443",
        NOON,
        "good: Served since 11:55:00 AM.",
        "good: 192.0.2.1 serves this certificate, valid until Sep 29, 2026.",
        "none: 2001:db8::1: No way.",
      ],
      [
        "Live Host b.example.test:443",
        NOON,
        "good: 192.0.2.1 serves this certificate, valid until Sep 29, 2026.",
        "attention: It does not send CA: save the full chain.",
        "attention: 192.0.2.2 serves the old certificate, valid until Jul 6, 2026: reload the server.",
        `attention: 192.0.2.3 serves another certificate, valid until Oct 8, 2026, SHA-256 ${OTHER}.`,
        "attention: 2001:db8::1: No way.",
      ],
      ["Live Host c.example.test:443", NOON, "attention: Not found."],
    ]);
  });

  it("says from which machine each host was asked, where that is not the person's own", () => {
    const of = { ...base, served: [note("a.example.test", [good])] };
    const asked = { from: "from the remote machine (SSH)" };
    assert.deepEqual(
      [asked, {}].map((each) => servedReports(of, hosts(), each, NOON, locale).map(({ from }) => from)),
      [[asked.from], [undefined]],
    );
  });

  it("has room for all of them", () => {
    const served = Array.from({ length: 32 }, (_, n) => note(`host${n}.example.test`, [old]));
    const reports = shown({ ...base, served });
    assert.equal(reports.length, 11);
    assert.equal(reports.at(-1)?.length, 2 + 22);
    assert.deepEqual(reports.at(-1)?.slice(0, 1), ["Further Hosts"]);
  });

  it("says that they are watched, and what was asked about another certificate not at all", () => {
    assert.deepEqual(shown({ ...base, served: [{ ...note("a.example.test", [good], 1), leaf: OLD }] }), []);
    assert.match(
      String(shown(base, hosts(undefined, true))[0]?.[2]),
      /^none: Watched: asked again and again until all/,
    );
    assert.match(String(shown(base, hosts(NOON))[0]?.[2]), /last at 12:00:00 PM\.$/);
  });

  it("says in the reader's language why an address did not answer", () => {
    const german = localeOf("de", (text) =>
      text === "It has {0}." ? "Er hat {0}." : text === "Gone." ? "Fort." : undefined,
    );
    const why = [
      { message: "It has a1.", said: phrase("It has {0}.", "a1") },
      { message: "Gone." },
      { message: "Old." },
    ];
    const addresses = why.map((each): ServedAddress => ({ address: "", state: "unreachable", ...each }));
    const reports = servedReports({ ...base, served: [note("a.example.test", addresses)] }, hosts(), {}, NOON, german);
    const words = reports.flatMap(({ results }) => results.map((each) => each.words));
    assert.deepEqual(words, ["Er hat a1.", "Fort.", "Old."]);
  });

  it("offers what leads further", () => {
    const actions = (of: Partial<Order>, seen = hosts()): string =>
      hostActions({ ...base, ...of }, seen, locale)
        .map(({ id }) => id)
        .join(" ");
    const served = [note("a.example.test", [good], NOON)];
    assert.equal(actions({}), "checkHosts setHosts");
    assert.equal(actions({ servers: [note("a", []).place] }), "checkHosts watchHosts setHosts");
    assert.equal(actions({ served }), "checkHosts setHosts");
    assert.equal(actions({ served: [note("a.example.test", [old])] }), "checkHosts watchHosts setHosts");
    assert.equal(actions({}, hosts(NOON)), "checkHosts stopWatchingHosts setHosts");
    assert.equal(actions({ certificates: [] }), "");
    assert.equal(actions({ product: "smime" }), "");
  });
});
