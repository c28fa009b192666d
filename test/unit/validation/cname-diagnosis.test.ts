import assert from "node:assert/strict";
import type { LookPlan, Standing } from "../../../src/validation/look";
import type { DnsQuestion, DnsRecord, DnsReply } from "../../../src/validation/ports";
import { HOST, ids, lookOnPaper, OTHER, parent, TARGET, TEXT, TOKEN, zone } from "./diagnosis";
import { answered, timedOut, type PaperServer, type PaperWorld } from "./paper-zone";

const RIGHT = `${HOST} CNAME ${TARGET}`;
const servers = (first: Partial<PaperServer>, second: Partial<PaperServer> = {}): readonly PaperServer[] => [
  { name: "ns1.example.test", address: "198.51.0.1", ...first },
  { name: "ns2.example.test", address: "198.51.0.2", ...second },
];
/** A resolver that says something of its own about the expected name at the apex. */
const resolver =
  (reply: DnsReply, type = "CNAME") =>
  (question: { name: string; type: string }): DnsReply | undefined =>
    question.name === `${HOST}.example.test` && question.type === type ? reply : undefined;

interface Row {
  readonly what: string;
  readonly lines?: readonly string[];
  readonly world?: Partial<PaperWorld>;
  readonly plan?: Partial<LookPlan>;
  readonly standing: Standing;
  readonly findings: readonly string[];
  readonly values?: readonly string[];
  readonly foundAt?: string;
}

const mute = (): DnsReply => timedOut;
/** A resolver that knows the zone of {@link zone} while nobody else reaches its servers. */
const open =
  (records: readonly DnsRecord[]) =>
  ({ name, type }: DnsQuestion): DnsReply | undefined => {
    if (name === "example.test" || name === "www.example.test" || name.startsWith(HOST)) {
      const apex = [{ name: "example.test", ttl: 60, type: "SOA", primary: "ns1", minimum: 300 }] as const;
      const ns = ["ns1", "ns2"].map((each) => ({ name, ttl: 60, type: "NS" as const, target: `${each}.example.test` }));
      if (type === "NS" && name === "example.test") return answered({ records: ns });
      const at = records.filter((each) => each.name === name && (each.type === type || each.type === "CNAME"));
      const address = { name, ttl: 60, type: "A" as const, address: "203.0.113.7" };
      if (type === "A" && !name.startsWith(HOST)) return answered({ records: [address] });
      return answered({
        records: at,
        authority: at.length > 0 ? [] : apex,
        code: at.length > 0 || !name.startsWith(HOST) ? "NOERROR" : "NXDOMAIN",
      });
    }
    const glue = { "ns1.example.test": "198.51.0.1", "ns2.example.test": "198.51.0.2" }[name];
    if (glue !== undefined) return answered({ records: type === "A" ? [{ name, ttl: 60, type, address: glue }] : [] });
    return name.endsWith("example.test") ? answered({ code: "NXDOMAIN" }) : undefined;
  };
const cname = { method: "cname" } as const;
const GONE = Date.UTC(2026, 10, 20, 12);

const ROWS: readonly Row[] = [
  {
    what: "the record at the registrable domain",
    lines: [RIGHT],
    standing: "in-place",
    findings: [],
    foundAt: "example.test",
  },
  {
    what: "the record at the domain itself",
    lines: [`${HOST}.www CNAME ${TARGET}`],
    standing: "in-place",
    findings: [],
    foundAt: "www.example.test",
  },
  {
    what: "a record in upper case, with a final dot",
    lines: [`${HOST} CNAME ${TARGET.toUpperCase()}.`],
    standing: "in-place",
    findings: [],
  },
  {
    what: "a record with a unique value",
    lines: [`${HOST} CNAME ${TARGET.replace("sectigo", "aHXEOOEh.sectigo")}`],
    standing: "in-place",
    findings: ["note unique-value"],
    values: ["aHXEOOEh"],
  },
  {
    what: "the unique value that is known",
    lines: [`${HOST} CNAME ${TARGET.replace("sectigo", "aHXEOOEh.sectigo")}`],
    plan: { token: { ...TOKEN, uniqueValue: "aHXEOOEh" } },
    standing: "in-place",
    findings: [],
  },
  {
    what: "another unique value than the known one",
    lines: [`${HOST} CNAME ${TARGET.replace("sectigo", "abc.sectigo")}`],
    plan: { ...cname, token: { ...TOKEN, uniqueValue: "aHXEOOEh" } },
    standing: "not-in-place",
    findings: ["stops other-unique-value"],
    values: ["abc", "aHXEOOEh"],
  },
  {
    what: "a record of www, for the apex",
    lines: [`${HOST}.www CNAME ${TARGET}`],
    plan: { domain: "example.test", ...cname },
    standing: "not-in-place",
    findings: ["stops not-published"],
    values: [`${HOST}.example.test`],
  },
  {
    what: "a wildcard",
    lines: [RIGHT],
    plan: { domain: "*.mail.internal.example.test" },
    standing: "in-place",
    findings: [],
  },
  {
    what: "nothing, of an order for a record",
    plan: cname,
    standing: "not-in-place",
    findings: ["stops not-published"],
    values: [`${HOST}.example.test`],
  },
  {
    what: "a domain that nobody registered",
    world: { zones: [parent()] },
    plan: cname,
    standing: "not-in-place",
    findings: ["stops host-unknown"],
    values: ["example.test"],
  },
  {
    what: "a domain that nobody registered, of an order that nobody knows the method of",
    world: { zones: [parent()] },
    plan: { domain: "example.test" },
    standing: "not-in-place",
    findings: ["stops host-unknown"],
    values: ["example.test"],
  },
  // Section 8 of the facts, by its numbers.
  {
    what: "1: the zone appended to the host",
    lines: [`${HOST}.example.test CNAME ${TARGET}`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops host-doubled"],
    values: [`${HOST}.example.test.example.test`, `${HOST}.example.test`],
  },
  {
    what: "1: the zone appended to a host below it",
    lines: [`${HOST}.www.example.test CNAME ${TARGET}`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops host-doubled"],
    values: [`${HOST}.www.example.test.example.test`, `${HOST}.www.example.test`],
  },
  {
    what: "2: the zone appended to the target",
    lines: [`${RIGHT}.example.test`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops target-suffixed"],
    values: [`${TARGET}.example.test`, "example.test", "sectigo.com"],
  },
  {
    what: "3: no underscore",
    lines: [`${TOKEN.md5} CNAME ${TARGET}`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops underscore-missing"],
    values: [`${TOKEN.md5}.example.test`, `${HOST}.example.test`],
  },
  ...[`"${TARGET}"`, ` ${TARGET}`, `CNAME ${TARGET}`].map((target) => ({
    what: `4: pasted text: ${target}`,
    lines: [`${HOST} CNAME ${target}`],
    plan: cname,
    standing: "not-in-place" as const,
    findings: ["stops pasted-text"],
    values: [target],
  })),
  {
    what: "5: a proxied record",
    lines: [`${HOST} A 203.0.113.99`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops proxied"],
    values: [`${HOST}.example.test`, "203.0.113.99"],
  },
  {
    what: "5: a record of another type",
    lines: [`${HOST} TXT ${TARGET}`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops proxied"],
    values: [`${HOST}.example.test`],
  },
  {
    what: "6: a wildcard CNAME",
    lines: ["* CNAME host.elsewhere.test"],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops wildcard-answers"],
    values: [`${HOST}.example.test`, "host.elsewhere.test"],
  },
  {
    what: "6: a wildcard with addresses",
    lines: ["* A 203.0.113.8"],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops not-published"],
  },
  {
    what: "7: the suffix of before 2019",
    lines: [RIGHT.replace("sectigo", "comodoca")],
    plan: cname,
    standing: "cannot-tell",
    findings: ["may-stop old-form"],
    values: [TARGET.replace("sectigo", "comodoca")],
  },
  {
    what: "7 and 2: the old suffix, and the zone appended",
    lines: [`${RIGHT.replace("sectigo", "comodoca")}.example.test`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops target-suffixed", "may-stop old-form"],
  },
  {
    what: "2: something else than the zone appended to the target",
    lines: [`${RIGHT}.www.example.test`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops target-suffixed"],
    values: [`${TARGET}.www.example.test`, "www.example.test", "sectigo.com"],
  },
  {
    what: "1 and 3: the zone appended to the host, and no underscore",
    lines: [`${TOKEN.md5}.example.test CNAME ${TARGET}`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops host-doubled", "stops underscore-missing"],
    values: [`${TOKEN.md5}.example.test.example.test`, `${HOST}.example.test`],
  },
  {
    what: "1 and 2: the zone appended to the host and to the target",
    lines: [`${HOST}.example.test CNAME ${TARGET}.example.test`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops host-doubled", "stops target-suffixed"],
  },
  {
    what: "1 and 4: the zone appended to the host, and quotes",
    lines: [`${HOST}.example.test CNAME "${TARGET}"`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops host-doubled", "stops pasted-text"],
  },
  {
    what: "1 and 7: the zone appended to the host, and the old suffix",
    lines: [`${HOST}.example.test CNAME ${TARGET.replace("sectigo", "comodoca")}`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops host-doubled", "may-stop old-form"],
  },
  {
    what: "1 and a cut hash",
    lines: [`${HOST}.example.test CNAME ${TARGET.replace("afdc.", "af.")}`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops host-doubled", "stops hash-cut"],
  },
  {
    what: "3 and 2: no underscore, and the zone appended to the target",
    lines: [`${TOKEN.md5} CNAME ${TARGET}.example.test`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops target-suffixed", "stops underscore-missing"],
  },
  {
    what: "3 and 7: no underscore, and SHA-1",
    lines: [`${TOKEN.md5} CNAME ${"a1".repeat(20)}.sectigo.com`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops underscore-missing", "may-stop old-form"],
  },
  {
    what: "3 and 8: no underscore, and the proof of another request",
    lines: [`${TOKEN.md5} CNAME ${"3f".repeat(16)}.${"3f".repeat(16)}.sectigo.com`],
    plan: { ...cname, others: [OTHER] },
    standing: "not-in-place",
    findings: ["stops underscore-missing", "stops other-request"],
  },
  {
    what: "4 and 2: quotes, and the zone appended to the target",
    lines: [`${HOST} CNAME "${TARGET}".example.test`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops target-suffixed", "stops pasted-text"],
  },
  {
    what: "4 and 7: a word pasted in, and the old suffix",
    lines: [`${HOST} CNAME CNAME ${TARGET.replace("sectigo", "comodoca")}`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops pasted-text", "may-stop old-form"],
  },
  {
    what: "4, 2 and 7: quotes, the zone appended and the old suffix",
    lines: [`${HOST} CNAME '${TARGET.replace("sectigo", "comodoca")}.example.test'`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops target-suffixed", "stops pasted-text", "may-stop old-form"],
  },
  {
    what: "1, of an order that nobody knows the method of",
    lines: [`${HOST}.example.test CNAME ${TARGET}`],
    standing: "not-in-place",
    findings: ["may-stop host-doubled"],
  },
  {
    what: "7: SHA-1",
    lines: [`${HOST} CNAME ${"a1".repeat(20)}.comodoca.com`],
    plan: cname,
    standing: "not-in-place",
    findings: ["may-stop old-form"],
  },
  {
    what: "8: the target of another request of the workspace",
    lines: [`${HOST} CNAME ${"3f".repeat(16)}.${"3f".repeat(16)}.sectigo.com`],
    plan: { ...cname, others: [OTHER] },
    standing: "not-in-place",
    findings: ["stops other-request"],
    values: [`${HOST}.example.test`, "old.csr"],
  },
  {
    what: "8: the target of a request that nobody knows",
    lines: [`${HOST} CNAME ${"9c".repeat(16)}.${"9c".repeat(16)}.sectigo.com`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops other-request"],
    values: [`${HOST}.example.test`, ""],
  },
  {
    what: "8: the name of another request",
    lines: [`_${OTHER.md5} CNAME ${"3f".repeat(16)}.${"3f".repeat(16)}.sectigo.com`],
    plan: { ...cname, others: [OTHER] },
    standing: "not-in-place",
    findings: ["stops other-request"],
    values: [`_${OTHER.md5}.example.test`, "old.csr"],
  },
  {
    what: "9: a token that served, without a unique value",
    lines: [RIGHT],
    plan: { served: { by: "order 12" } },
    standing: "in-place",
    findings: ["may-stop token-reused"],
    values: ["order 12", ""],
  },
  {
    what: "9: the key of an order that was issued",
    lines: [RIGHT],
    plan: { served: { by: "order 12", isByKey: true } },
    standing: "in-place",
    findings: ["may-stop token-reused"],
    values: ["order 12", "key"],
  },
  {
    what: "9: a token that served, before anything is published, with another unique value",
    plan: { ...cname, token: { ...TOKEN, uniqueValue: "b" }, served: { by: "order 12", uniqueValue: "a" } },
    standing: "not-in-place",
    findings: ["stops not-published"],
  },
  {
    what: "9: a token that served, with the same unique value",
    lines: [`${HOST} CNAME ${TARGET.replace("sectigo", "ab1.sectigo")}`],
    plan: { served: { by: "order 12", uniqueValue: "AB1" } },
    standing: "in-place",
    findings: ["may-stop token-reused", "note unique-value"],
  },
  {
    what: "9: a token that served, with another unique value",
    lines: [`${HOST} CNAME ${TARGET.replace("sectigo", "ab2.sectigo")}`],
    plan: { served: { by: "order 12", uniqueValue: "AB1" } },
    standing: "in-place",
    findings: ["note unique-value"],
  },
  {
    what: "10: a target from the PEM text",
    lines: [`${HOST} CNAME ${"7e".repeat(16)}.${"7e".repeat(16)}.sectigo.com`],
    plan: { ...cname, textHashes: [TEXT] },
    standing: "not-in-place",
    findings: ["stops text-hashed"],
  },
  {
    what: "10: a name from the PEM text",
    lines: [`_${TEXT.md5} CNAME ${"7e".repeat(16)}.${"7e".repeat(16)}.sectigo.com`],
    plan: { ...cname, textHashes: [TEXT] },
    standing: "not-in-place",
    findings: ["stops text-hashed"],
    values: [`_${TEXT.md5}.example.test`],
  },
  {
    what: "18: a wildcard by file",
    lines: [RIGHT],
    plan: { domain: "*.example.test", method: "http" },
    standing: "in-place",
    findings: ["stops wildcard-by-file"],
  },
  {
    what: "18: a wildcard by file over https",
    lines: [RIGHT],
    plan: { domain: "*.example.test", method: "https" },
    standing: "in-place",
    findings: ["stops wildcard-by-file"],
  },
  {
    what: "19: only the resolver has it",
    world: { resolverSays: resolver(answered({ records: [cnameAt(TARGET)] })) },
    plan: cname,
    standing: "not-in-place",
    findings: ["stops internal-only"],
    values: [`${HOST}.example.test`, "192.0.2.53"],
  },
  {
    what: "19: name servers that nobody outside reaches",
    world: { zones: [zone([RIGHT], { servers: [{ name: "ns.example.test", address: "10.0.0.1" }] }), parent()] },
    plan: cname,
    standing: "cannot-tell",
    findings: ["may-stop internal-only", "may-stop servers-silent"],
  },
  {
    what: "20: on one of two name servers",
    world: { zones: [zone([], { servers: servers({ lines: [RIGHT] }) }), parent()] },
    plan: cname,
    standing: "not-in-place",
    findings: ["may-stop servers-differ"],
    values: [`${HOST}.example.test`, "ns1.example.test", "ns2.example.test"],
  },
  {
    what: "20: the parent delegates elsewhere",
    world: {
      zones: [zone([RIGHT]), { ...parent(["example NS ns1.former.test"]), lines: ["example NS ns1.former.test"] }],
      resolverSays: resolver(answered({ code: "NXDOMAIN" })),
    },
    plan: cname,
    standing: "cannot-tell",
    findings: ["may-stop delegated-elsewhere", "note resolver-behind"],
  },
  {
    what: "20: the resolver repeats an older answer",
    lines: [RIGHT],
    world: {
      resolverSays: resolver(
        answered({
          code: "NXDOMAIN",
          authority: [{ name: "example.test", ttl: 120, type: "SOA", primary: "ns1", minimum: 300 }],
        }),
      ),
    },
    plan: cname,
    standing: "in-place",
    findings: ["note resolver-behind"],
    values: [`${HOST}.example.test`, "192.0.2.53", "2"],
  },
  {
    what: "19: a resolver that lags behind a zone that says to repeat it for decades",
    lines: [RIGHT],
    world: {
      resolverSays: resolver(
        answered({
          code: "NXDOMAIN",
          authority: [
            { name: "example.test", ttl: 2_147_483_647, type: "SOA", primary: "ns1", minimum: 2_147_483_647 },
          ],
        }),
      ),
    },
    plan: cname,
    standing: "in-place",
    findings: ["note resolver-behind"],
    values: [`${HOST}.example.test`, "192.0.2.53", "1440"],
  },
  {
    what: "19: a resolver that lags behind a zone that says not to repeat it",
    lines: [RIGHT],
    world: {
      resolverSays: resolver(
        answered({
          code: "NXDOMAIN",
          authority: [{ name: "example.test", ttl: 0, type: "SOA", primary: "ns1", minimum: 0 }],
        }),
      ),
    },
    plan: cname,
    standing: "in-place",
    findings: ["note resolver-behind"],
    values: [`${HOST}.example.test`, "192.0.2.53", "1"],
  },
  {
    what: "20: one of two name servers is silent",
    world: { zones: [zone([RIGHT], { servers: servers({}, { fails: () => timedOut }) }), parent()] },
    plan: cname,
    standing: "cannot-tell",
    findings: ["may-stop servers-silent"],
    values: ["example.test", "ns2.example.test", ""],
  },
  {
    what: "20: the resolver does not answer for the name, and the zone's servers have it",
    lines: [RIGHT],
    world: { resolverSays: resolver(timedOut) },
    plan: cname,
    standing: "cannot-tell",
    findings: ["may-stop servers-silent"],
    values: ["example.test", "192.0.2.53", ""],
  },
  {
    what: "20: nobody says which servers the zone has, and the resolver has the record",
    lines: [RIGHT],
    world: { resolverSays: ({ type }) => (type === "SOA" || type === "NS" ? timedOut : undefined) },
    plan: cname,
    standing: "cannot-tell",
    findings: ["may-stop servers-silent"],
    values: ["example.test", "", "unknown"],
  },
  {
    what: "a network that lets no DNS out, and a resolver that knows of nothing",
    world: {
      zones: [zone([], { servers: servers({ fails: mute }, { fails: mute }) }), parent()],
      resolverSays: open([]),
    },
    plan: cname,
    standing: "cannot-tell",
    findings: ["may-stop servers-silent"],
    values: ["example.test", "ns1.example.test, ns2.example.test", "network"],
  },
  {
    what: "a network that lets no DNS out, and a resolver that knows of nothing, where nobody knows the method",
    world: {
      zones: [zone([], { servers: servers({ fails: mute }, { fails: mute }) }), parent()],
      resolverSays: open([]),
    },
    standing: "cannot-tell",
    findings: ["may-stop servers-silent", "note unseen-block"],
  },
  {
    what: "a network that lets no DNS out, and a record that is gone as far as a resolver knows",
    world: {
      zones: [zone([], { servers: servers({ fails: mute }, { fails: mute }) }), parent()],
      resolverSays: open([]),
    },
    plan: { ...cname, before: { by: "cname", place: `${HOST}.example.test`, at: GONE } },
    standing: "cannot-tell",
    findings: ["may-stop servers-silent"],
  },
  {
    what: "a network that lets no DNS out, and a resolver that has the record",
    world: {
      zones: [zone([], { servers: servers({ fails: mute }, { fails: mute }) }), parent()],
      resolverSays: open([cnameAt(TARGET)]),
    },
    plan: { ...cname, domain: "example.test" },
    standing: "cannot-tell",
    findings: ["may-stop servers-silent"],
    values: ["example.test", "ns1.example.test, ns2.example.test", "network"],
  },
  {
    what: "a network that answers for everybody, and a resolver that knows of nothing",
    world: {
      zones: [zone([], { servers: servers({ fails: () => answered() }, { fails: () => answered() }) }), parent()],
      resolverSays: open([]),
    },
    plan: cname,
    standing: "cannot-tell",
    findings: ["may-stop servers-silent"],
    values: ["example.test", "ns1.example.test, ns2.example.test", "network"],
  },
  {
    what: "a network that lets no DNS out, and a resolver that has a wrong record",
    world: {
      zones: [zone([], { servers: servers({ fails: mute }, { fails: mute }) }), parent()],
      resolverSays: open([cnameAt("cdn.elsewhere.test")]),
    },
    plan: { ...cname, domain: "example.test" },
    standing: "not-in-place",
    findings: ["stops other-target", "may-stop servers-silent"],
  },
  {
    what: "two records at one name, of which one is wrong",
    lines: [RIGHT, `${HOST} CNAME ${"3f".repeat(16)}.${"3f".repeat(16)}.sectigo.com`],
    plan: { ...cname, others: [OTHER] },
    standing: "not-in-place",
    findings: ["stops other-request"],
  },
  {
    what: "two records at one name, which say the same",
    lines: [RIGHT, `${HOST} CNAME ${TARGET.toUpperCase()}.`],
    plan: cname,
    standing: "in-place",
    findings: [],
  },
  {
    what: "20: one of two name servers does not have the zone",
    world: { zones: [zone([RIGHT], { servers: servers({}, { fails: () => answered() }) }), parent()] },
    plan: cname,
    standing: "cannot-tell",
    findings: ["may-stop servers-silent"],
  },
  {
    what: "21: gone",
    plan: { ...cname, before: { by: "cname", place: `${HOST}.www.example.test`, at: GONE } },
    standing: "not-in-place",
    findings: ["stops removed"],
    values: [`${HOST}.www.example.test`, String(GONE)],
  },
  {
    what: "21: a file that is gone, of an order that nobody knows the method of",
    plan: { before: { by: "file", place: "http://www.example.test/f.txt", at: GONE } },
    standing: "not-in-place",
    findings: ["may-stop removed", "note unseen-block"],
    values: ["http://www.example.test/f.txt", String(GONE)],
  },
  {
    what: "21: a file that is gone, of an order for a record",
    plan: { ...cname, before: { by: "file", place: "http://www.example.test/f.txt", at: GONE } },
    standing: "not-in-place",
    findings: ["stops not-published"],
  },
  {
    what: "27: wrong signatures over the right record",
    world: { zones: [zone([RIGHT], { isBroken: true, isSigned: true }), parent()] },
    plan: cname,
    standing: "not-in-place",
    findings: ["stops dnssec-broken"],
  },
  {
    what: "27: wrong signatures over a new record, while the resolver repeats an older answer",
    world: {
      zones: [zone([RIGHT], { isBroken: true, isSigned: true }), parent()],
      resolverSays: ({ name, type }) => (name.startsWith(HOST) && type === "CNAME" ? answered() : undefined),
    },
    plan: cname,
    standing: "not-in-place",
    findings: ["stops dnssec-broken", "note resolver-behind"],
  },
  {
    what: "a shortened hash",
    lines: [`${HOST} CNAME ad9686962576e56ea8e4eecfa266af.3c91da5cd4fff48f267f0dbc4be5e7.sectigo.com`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops hash-cut"],
  },
  {
    what: "a hash that is cut 31 and 33",
    lines: [`${HOST} CNAME ad9686962576e56ea8e4eecfa266afd.c3c91da5cd4fff48f267f0dbc4be5e703.sectigo.com`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops hash-cut"],
  },
  {
    what: "an unrelated target",
    lines: [`${HOST} CNAME d41d8cd98f00b204e9800998ecf8427e.cdn.test`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops other-target"],
  },
  {
    what: "a chain of aliases",
    lines: [`${HOST} CNAME delegated.example.test`, `delegated CNAME ${TARGET}`],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops alias-chain"],
    values: [`${HOST}.example.test`, "delegated.example.test"],
  },
  {
    what: "another record at a name that the CA asks first",
    lines: [RIGHT, `${HOST}.www CNAME wrong.test`],
    plan: cname,
    standing: "cannot-tell",
    findings: ["stops other-target", "may-stop level-shadowed"],
  },
  {
    what: "a value for TXT",
    lines: ["_pki-validation TXT QCw6C+nYGM6BSxgW0gd3Ig=="],
    plan: cname,
    standing: "not-in-place",
    findings: ["stops not-published", "note portal-text"],
  },
  {
    what: "a value for TXT, of an order for another method",
    lines: ["_pki-validation TXT QCw6C+nYGM6BSxgW0gd3Ig=="],
    plan: { method: "other" },
    standing: "not-in-place",
    findings: ["note portal-text"],
    values: ["_pki-validation.example.test", "QCw6C+nYGM6BSxgW0gd3Ig=="],
  },
  {
    what: "a wildcard that answers at a level before the right record",
    lines: ["*.www CNAME elsewhere.test", RIGHT],
    plan: cname,
    standing: "cannot-tell",
    findings: ["stops wildcard-answers", "may-stop level-shadowed"],
  },
  {
    what: "no answer from anybody",
    world: { resolverSays: () => timedOut },
    plan: cname,
    standing: "cannot-tell",
    findings: ["may-stop caa-unanswered", "may-stop servers-silent"],
  },
  {
    what: "no resolver",
    world: { resolvers: [] },
    plan: cname,
    standing: "cannot-tell",
    findings: ["may-stop caa-unanswered", "may-stop servers-silent"],
  },
  {
    what: "29: an order by e-mail, without a mail server",
    plan: { method: "email" },
    standing: "not-in-place",
    findings: ["may-stop mail-unreachable"],
    values: ["www.example.test, example.test"],
  },
  {
    what: "29: an order by e-mail, for a domain that takes none",
    lines: ["@ MX ."],
    plan: { method: "email" },
    standing: "not-in-place",
    findings: ["may-stop mail-unreachable"],
  },
  {
    what: "29: an order by e-mail, where nobody says whether the domain has a mail server",
    world: { resolverSays: ({ name, type }) => (type === "MX" && name === "example.test" ? timedOut : undefined) },
    plan: { method: "email" },
    standing: "not-in-place",
    findings: [],
  },
  {
    what: "29: an order by e-mail, with one",
    lines: ["@ MX mail.example.test"],
    plan: { method: "email" },
    standing: "not-in-place",
    findings: [],
  },
  {
    what: "29: an order by e-mail, with an address in TXT",
    lines: ["_validation-contactemail TXT a@b.example"],
    plan: { method: "email" },
    standing: "not-in-place",
    findings: [],
  },
  ...["somebody", "mailto:a@b.example", "a@b.example, c@b.example", "a@b.example c@b.example"].map((text) => ({
    what: `29: an order by e-mail, with a TXT that is not one address: ${text}`,
    lines: [`_validation-contactemail TXT ${text}`],
    plan: { method: "email" as const },
    standing: "not-in-place" as const,
    findings: ["may-stop mail-unreachable"],
  })),
];

function cnameAt(target: string) {
  return { name: `${HOST}.example.test`, ttl: 60, type: "CNAME", target } as const;
}

describe("the diagnosis of a CNAME record", () => {
  for (const { what, lines = [], world, standing, findings, values, foundAt, plan } of ROWS) {
    it(what, async () => {
      const { look } = await lookOnPaper({ zones: [zone(lines), parent()], ...world }, plan);
      assert.deepEqual([look.cname?.standing, ids(look)], [standing, findings], JSON.stringify(look.findings));
      if (values !== undefined) assert.deepEqual(look.findings[0]?.values, values);
      if (foundAt !== undefined) assert.equal(look.cname?.foundAt, foundAt);
      if (standing === "in-place") assert.ok(look.cname?.foundAt !== undefined);
    });
  }

  it("shows the answer of each server", async () => {
    const { look } = await lookOnPaper({ zones: [zone([RIGHT]), parent()] }, { domain: "example.test" });
    assert.deepEqual(
      look.cname?.seen.map(({ server, name, says, detail }) => [server.name ?? server.address, name, says, detail]),
      ["192.0.2.53", "ns1.example.test", "ns2.example.test"].map((server) => [
        server,
        `${HOST}.example.test`,
        "right",
        TARGET,
      ]),
    );
  });
});
