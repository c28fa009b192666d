import assert from "node:assert/strict";
import { createResolveDns } from "../../src/net/resolve-dns";
import { lookAtCaa } from "../../src/validation/caa-look";
import type { CaaPurpose } from "../../src/validation/look";
import type { DnsRecord, DnsReply, RecordType } from "../../src/validation/ports";
import { ADDRESSES, NameServers } from "./name-servers";
import { describeWith } from "./program";

type Where = keyof typeof ADDRESSES;

const isForbidden = (error: unknown): boolean => /permission denied/i.test(String(error));

describe("What we read of the DNS is what was published, as served by", () => {
  describeWith("knotd", (knotd) =>
    describeWith("named", (named) => {
      let servers: NameServers | undefined;
      before(async function () {
        this.timeout(60_000);
        try {
          servers = await NameServers.start(named, knotd);
        } catch (error) {
          if (!isForbidden(error)) throw error;
          // A profile of AppArmor or SELinux lets named read nothing outside its own folders.
          console.log("      skipped: this system does not let named read the configuration of the test");
          this.skip();
        }
      });
      after(() => servers?.stop());

      const ask = (name: string, type: RecordType, where: Where, checkingDisabled = false): Promise<DnsReply> => {
        const port = servers?.port ?? 0;
        const dns = createResolveDns({ servers: [`${ADDRESSES.resolver}:${port}`], authoritativePort: port });
        const [resolver] = dns.resolvers;
        assert.ok(resolver !== undefined);
        const server = where === "resolver" ? resolver : dns.authoritative("ns.test", ADDRESSES[where]);
        return dns.ask({ name, type }, server, { checkingDisabled }, new AbortController().signal);
      };

      /** What CAA says of a domain, by the resolver, and by the zone's servers where that fails. */
      const caaOf = async (domain: string, purpose: CaaPurpose = "tls"): Promise<string> => {
        const port = servers?.port ?? 0;
        const dns = createResolveDns({ servers: [`${ADDRESSES.resolver}:${port}`], authoritativePort: port });
        const zoneServers = () => Promise.resolve([dns.authoritative("ns.test", ADDRESSES.parent)]);
        const look = await lookAtCaa({ domain, purpose }, { dns, zoneServers }, new AbortController().signal);
        const { verdict, reason, foundAt, aliases, isSigned, failure } = look;
        return [verdict, reason, foundAt, ...aliases, isSigned && "signed", failure?.name].filter(Boolean).join(" ");
      };

      /** A record as in a zone file, without its lifetime. */
      const line = (record: DnsRecord): string => {
        const contents: Readonly<Record<string, unknown>> = { ...record };
        const texts = Object.entries(contents).filter(([key]) => !["name", "type", "ttl"].includes(key));
        return [record.name, record.type, ...texts.map(([, value]) => JSON.stringify(value))].join(" ");
      };
      /** Code and records, without signatures. */
      const said = (reply: DnsReply): readonly string[] => {
        if (reply.kind === "failed") return [reply.reason];
        return [reply.code, ...reply.records.filter(({ type }) => type !== "other").map(line)];
      };
      const RRSIG = 46;
      const isSigned = (reply: DnsReply): boolean =>
        reply.kind === "answered" && reply.records.some((record) => record.type === "other" && record.code === RRSIG);

      // Knot has names in small letters, however they were written.
      it("each record, by its own server and through the resolver", async () => {
        const table: readonly (readonly [string, RecordType, ...string[]])[] = [
          [
            "signed.test",
            "CAA",
            'signed.test CAA 0 "issue" "sectigo.com; validationmethods=http-01"',
            'signed.test CAA 128 "tbs" "Unknown"',
          ],
          ["nobody.signed.test", "CAA", 'nobody.signed.test CAA 0 "issue" ""'],
          ["nul.signed.test", "CAA", 'nul.signed.test CAA 0 "issue" "sectigo.com\\u0000evil"'],
          ["_5db0.signed.test", "CNAME", '_5db0.signed.test CNAME "ad96.3c91.ab12.sectigo.com"'],
          ["doubled.signed.test", "CNAME", 'doubled.signed.test CNAME "ad96.3c91.sectigo.com.signed.test"'],
          ["x.y.wild.signed.test", "CNAME", 'x.y.wild.signed.test CNAME "anything.test"'],
          ["text.signed.test", "TXT", 'text.signed.test TXT "one two"'],
          ["signed.test", "MX", 'signed.test MX "mail.signed.test" 10'],
          ["signed.test", "NS", 'signed.test NS "ns.signed.test"'],
          ["signed.test", "SOA", 'signed.test SOA "ns.signed.test" 30'],
          ["signed.test", "A", 'signed.test A "192.0.2.1"'],
          ["signed.test", "AAAA"],
        ];
        for (const [name, type, ...lines] of table) {
          for (const where of ["parent", "resolver"] as const) {
            const reply = await ask(name, type, where);
            assert.ok(reply.kind === "answered");
            assert.deepEqual(
              [reply.code, ...said(reply).slice(1).sort()],
              ["NOERROR", ...lines],
              `${name} ${type} ${where}`,
            );
            assert.deepEqual(
              [reply.isAuthoritative, reply.isAuthenticated],
              [where === "parent", where === "resolver"],
            );
            assert.deepEqual([isSigned(reply), reply.usedTcp], [lines.length > 0, false]);
          }
        }
      });

      it("a name that is not there, with the zone that says so", async () => {
        for (const [name, zone] of [
          ["none.signed.test", "signed.test"],
          ["none.plain.test", "plain.test"],
        ] as const) {
          for (const where of ["parent", "resolver"] as const) {
            const reply = await ask(name, "CAA", where);
            assert.ok(reply.kind === "answered");
            assert.deepEqual(said(reply), ["NXDOMAIN"]);
            const soa = reply.authority.find(({ type }) => type === "SOA");
            assert.ok(soa?.type === "SOA");
            assert.deepEqual([soa.name, soa.minimum], [zone, 30]);
          }
        }
      });

      it("what does not fit into a datagram, over TCP", async () => {
        for (const where of ["parent", "resolver"] as const) {
          const reply = await ask("many.signed.test", "TXT", where);
          assert.ok(reply.kind === "answered" && reply.usedTcp);
          assert.equal(said(reply).length, 21);
        }
      });

      it("the chain of an alias into another zone, and what stands at its end", async () => {
        assert.deepEqual(said(await ask("www.signed.test", "CAA", "resolver")), [
          "NOERROR",
          'www.signed.test CNAME "host.plain.test"',
          'host.plain.test CAA 0 "issue" "ca.example"',
        ]);
      });

      it("no name with a dot inside a label, whose like it is not", async () => {
        assert.deepEqual(said(await ask("dotted.signed.test", "CNAME", "parent")), ["malformed"]);
      });

      it("a broken signature: no answer, unless checking is disabled", async () => {
        const CHANGED = 'broken.test CAA 0 "issue" "sectigo.net"';
        assert.deepEqual(said(await ask("broken.test", "CAA", "resolver")), ["SERVFAIL"]);
        const unchecked = await ask("broken.test", "CAA", "resolver", true);
        assert.deepEqual(said(unchecked), ["NOERROR", CHANGED]);
        assert.ok(unchecked.kind === "answered" && !unchecked.isAuthenticated && isSigned(unchecked));
        // Its own server does not look, and other records are fine.
        assert.deepEqual(said(await ask("broken.test", "CAA", "parent")), ["NOERROR", CHANGED]);
        assert.deepEqual(said(await ask("broken.test", "A", "resolver")), ["NOERROR", 'broken.test A "192.0.2.1"']);
      });

      it("whether CAA allows this CA", async () => {
        const table: readonly (readonly [domain: string, said: string, purpose?: CaaPurpose])[] = [
          ["signed.test", "forbidden critical-tag signed.test"],
          ["x.signed.test", "forbidden critical-tag signed.test"],
          ["nobody.signed.test", "forbidden names-nobody nobody.signed.test"],
          ["*.nobody.signed.test", "forbidden names-nobody nobody.signed.test"],
          ["nobody.signed.test", "unrestricted not-restricted nobody.signed.test", "smime"],
          ["nul.signed.test", "forbidden unreadable nul.signed.test"],
          ["www.signed.test", "forbidden names-others www.signed.test host.plain.test"],
          ["child.plain.test", "unrestricted not-restricted child.plain.test"],
          ["_x.child.plain.test", "unrestricted not-restricted child.plain.test"],
          ["other.plain.test", "unrestricted none-found"],
          ["broken.test", "failed dnssec-broken broken.test"],
          ["x.lame.plain.test", "maybe unanswered x.lame.plain.test"],
        ];
        for (const [domain, said, purpose] of table) assert.equal(await caaOf(domain, purpose), said, domain);
      });

      it("a zone without signatures: an answer that nobody checked", async () => {
        const reply = await ask("host.plain.test", "CAA", "resolver");
        assert.deepEqual(said(reply), ["NOERROR", 'host.plain.test CAA 0 "issue" "ca.example"']);
        assert.ok(reply.kind === "answered" && !reply.isAuthenticated && !isSigned(reply));
      });

      it("a delegation: where to ask, and what is said there", async () => {
        const referral = await ask("_x.child.plain.test", "CNAME", "parent");
        assert.ok(referral.kind === "answered" && !referral.isAuthoritative);
        assert.deepEqual(
          [...said(referral), ...referral.authority.map(line)],
          ["NOERROR", 'child.plain.test NS "ns.child.plain.test"'],
        );
        const RECORD = '_x.child.plain.test CNAME "here.sectigo.com"';
        assert.deepEqual(said(await ask("_x.child.plain.test", "CNAME", "child")), ["NOERROR", RECORD]);
        assert.deepEqual(said(await ask("_x.child.plain.test", "CNAME", "resolver")), ["NOERROR", RECORD]);
        assert.deepEqual(said(await ask("child.plain.test", "CAA", "resolver")), [
          "NOERROR",
          'child.plain.test CAA 0 "iodef" "mailto:a@child.plain.test"',
        ]);
        assert.deepEqual(said(await ask("child.plain.test", "CAA", "parent")), ["NOERROR"]);
      });

      it("a delegation to where nobody answers, and a question that a server does not take", async () => {
        assert.deepEqual(said(await ask("x.lame.plain.test", "CAA", "resolver")), ["SERVFAIL"]);
        assert.deepEqual(said(await ask("x.lame.plain.test", "CAA", "nobody")), ["unreachable"]);
        assert.deepEqual(said(await ask("signed.test", "CAA", "child")), ["REFUSED"]);
      });
    }),
  );
});
