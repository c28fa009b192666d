import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { orderChain } from "../../../../src/certificates/x509/chain";
import type { ChainMember } from "../../../../src/certificates/x509/issuing";
import { fetchIssuers } from "../../../../src/certificates/checks/issuers";
import { askRevocationStatus, type RevocationCheck } from "../../../../src/certificates/revocation/revocation";
import {
  contactsOf,
  statusAddresses,
  type StatusFetch,
  type StatusReply,
} from "../../../../src/certificates/revocation/status-service";
import { pemText } from "../../../../src/certificates/pem-text";
import type { GeneralName } from "../../../../src/certificates/names/general-name";
import { createStatusFetch } from "../../../../src/net/status-fetch";
import { PATIENCE, pemBlocks, Trial } from "../../sandbox/client";
import { fixture, pemFixture } from "../fixtures";
import { having, tls } from "./variations";
import { inEnglish } from "../../../../src/words/localize";

const signal = new AbortController().signal;
const fetch = createStatusFetch();
const agree = () => Promise.resolve(true);

const derOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----.*?-----/g, ""), "base64");

/** A service that answers each URL in its way. */
function service(replies: Readonly<Record<string, StatusReply>>) {
  const asked: string[] = [];
  const reply: StatusFetch = ({ url }) => {
    asked.push(url);
    return Promise.resolve(replies[url] ?? { kind: "failed", message: "The server was not found in DNS." });
  };
  return { asked, reply };
}

const answered = (body: Uint8Array, httpStatus = 200): StatusReply => ({ kind: "answered", httpStatus, body });

describe("status services", () => {
  describe("of the sandbox, over loopback", () => {
    let trial: Trial;
    before(async function () {
      this.timeout(PATIENCE);
      trial = await Trial.start({ plainPort: 0 });
    });
    after(() => trial.stop());

    /** Issued at once, revoked some steps later. */
    const REVOKED_SOON = "1000012";

    /** The chain of an order that is issued by now. */
    const chainOf = async (orderNumber: string): Promise<readonly ChainMember[]> => {
      const ask = () => trial.ask("ssl", { orderNumber, queryType: "1", responseType: "3" });
      await ask();
      trial.clock.time += orderNumber === REVOKED_SOON ? 0 : 60_000;
      const reply = await ask();
      return orderChain(pemBlocks(reply.text).map(derOf)).path;
    };
    const check = (subject: ChainMember, issuer: ChainMember, nonce = false): Promise<RevocationCheck> =>
      askRevocationStatus(subject, issuer, { fetch, signal, now: trial.clock.time, nonce });

    it("say good, and revoked when it is", async function () {
      this.timeout(PATIENCE);
      const [leaf, issuer, root] = await chainOf(REVOKED_SOON);
      assert.ok(leaf && issuer && root);
      for (const nonce of [false, true]) {
        const good = await check(leaf, issuer, nonce);
        assert.deepEqual([good.state, good.attempts.length, good.attempts[0]?.source], ["good", 1, "OCSP"]);
      }
      assert.equal((await check(issuer, root)).state, "good");

      trial.clock.time += 10_000;
      // The order is asked about, so that the sandbox's story goes on.
      await trial.ask("ssl", { orderNumber: REVOKED_SOON });
      const revoked = await check(leaf, issuer);
      assert.equal(revoked.state, "revoked");
      assert.ok((revoked.since ?? 0) <= trial.clock.time && (revoked.since ?? 0) > trial.clock.time - 20_000);

      // The same by the revocation list, where OCSP cannot be reached.
      const listOnly: StatusFetch = (request, aborted) =>
        request.method === "POST" ? Promise.resolve({ kind: "failed", message: "No." }) : fetch(request, aborted);
      const byList = await askRevocationStatus(leaf, issuer, { fetch: listOnly, signal, now: trial.clock.time });
      assert.deepEqual([byList.state, byList.since], ["revoked", revoked.since]);
      assert.deepEqual(
        byList.attempts.map(({ source, answer }) => [source, answer.status]),
        [
          ["OCSP", "not-reachable"],
          ["CRL", "revoked"],
        ],
      );
    });

    it("do not call good what OCSP does not know", async () => {
      const [leaf, issuer] = await chainOf("1000002");
      assert.ok(leaf && issuer);
      // Another serial number: a certificate that this issuer never made.
      const der = Buffer.from(leaf.der);
      const serial = Buffer.from(leaf.certificate.serialNumber.hex, "hex");
      der[der.indexOf(serial) + serial.length - 1]! ^= 1;
      const stranger = { der, certificate: { ...leaf.certificate, serialNumber: { hex: "00", octets: 16 } } };
      const result = await check(stranger, issuer);
      assert.equal(result.state, "unknown");
      assert.deepEqual(
        result.attempts.map(({ answer }) => answer.status),
        ["unknown", "good"],
      );
    });

    it("give the issuers that are missing, up to the root", async function () {
      this.timeout(PATIENCE);
      const [leaf, issuer, root] = await chainOf("1000002");
      assert.ok(leaf && issuer && root);
      const agreed: string[] = [];
      const found = await fetchIssuers(leaf, {
        fetch,
        signal,
        agree: (contacts) => {
          agreed.push(...contacts.map(({ url }) => url));
          return Promise.resolve(true);
        },
      });
      assert.deepEqual(found.problems, []);
      assert.equal(found.complete, true);
      assert.deepEqual(
        found.issuers.map(({ certificate }) => certificate),
        [issuer.certificate, root.certificate],
      );
      assert.deepEqual(
        found.issuers.map(({ url }) => url),
        agreed,
      );
    });

    it("are told before they are asked, as addresses of this computer", async function () {
      this.timeout(PATIENCE);
      const [leaf] = await chainOf("1000002");
      assert.ok(leaf);
      const contacts = contactsOf(leaf.certificate, ["ocsp", "crl", "issuer"]);
      assert.deepEqual(
        contacts.map(({ purpose }) => purpose),
        ["ocsp", "crl", "issuer"],
      );
      for (const { host, port, caution, sends } of contacts) {
        assert.equal(`http://${host}:${port}`, trial.sandbox.plainUrl);
        assert.match(inEnglish(caution ?? ""), /private network or of this computer/);
        assert.match(inEnglish(sends), /sent/);
      }
    });
  });

  const [ca, good] = orderChain([pemFixture("checks/good.pem"), pemFixture("checks/ca.pem")]).path.toReversed() as [
    ChainMember,
    ChainMember,
  ];
  const now = good.certificate.validity.notBefore! + 3_600_000;
  const OCSP = "http://ocsp.example.test/";
  const LIST = "http://crl.example.test/ca.crl";
  const ISSUER = "http://ca.example.test/ca.crt";
  const GOOD = answered(fixture("checks/good-by-ca.ocsp"));
  const WRONG = answered(fixture("checks/good-by-stranger.ocsp"));

  const outcomes: readonly (readonly [string, Readonly<Record<string, StatusReply>>, string, readonly string[]])[] = [
    ["OCSP answers", { [OCSP]: GOOD }, "good", [OCSP]],
    ["OCSP is away, the list answers", { [LIST]: answered(fixture("checks/list.crl")) }, "good", [OCSP, LIST]],
    [
      "OCSP is wrong, the list answers",
      { [OCSP]: WRONG, [LIST]: answered(fixture("checks/list.crl")) },
      "good",
      [OCSP, LIST],
    ],
    ["nobody can be reached", {}, "not-reachable", [OCSP, LIST]],
    [
      "HTTP fails",
      { [OCSP]: answered(Buffer.alloc(0), 503), [LIST]: answered(Buffer.alloc(0), 404) },
      "not-reachable",
      [OCSP, LIST],
    ],
    [
      "no answer tells anything",
      { [OCSP]: WRONG, [LIST]: answered(Buffer.from("<html>")) },
      "cannot-check",
      [OCSP, LIST],
    ],
  ];
  for (const [what, replies, state, calls] of outcomes)
    it(`come to "${state}" when ${what}`, async () => {
      const { asked, reply } = service(replies);
      const check = await askRevocationStatus(good, ca, { fetch: reply, signal, now });
      assert.deepEqual([check.state, asked], [state, calls]);
      assert.match(inEnglish(check.message), /^(It was not revoked, according to the .* of |[a-z.]+: ).*\.$/);
    });

  it("are not asked when a certificate names none, or the check was given up", async () => {
    const { asked, reply } = service({});
    const silent = { ...good, certificate: { ...good.certificate, extensions: [] } };
    assert.equal((await askRevocationStatus(silent, ca, { fetch: reply, signal, now })).state, "cannot-check");
    await askRevocationStatus(good, ca, { fetch: reply, signal: AbortSignal.abort(), now });
    assert.deepEqual(asked, []);
  });

  it("are called by plain HTTP at bare addresses alone, three of a kind", () => {
    const uris = [
      "ldap://ldap.example.test/ca",
      "https://ca.example.test/ca.crt",
      "http://user:password@ca.example.test/",
      "file:///etc/passwd",
      "http://",
      `http://ca.example.test/${"a".repeat(3000)}`,
      "http://a.example.test/1",
      "http://a.example.test/1",
      "http://a.example.test/2",
      "http://a.example.test/3",
      "http://a.example.test/4",
    ];
    const locations = uris.map((value): GeneralName => ({ type: "uniformResourceIdentifier", value }));
    const descriptions = locations.map((location) => ({ method: "1.3.6.1.5.5.7.48.2", location }));
    const certificate = having(tls(), { type: "authorityInfoAccess", descriptions });
    assert.deepEqual(
      statusAddresses(certificate).issuers,
      [1, 2, 3].map((number) => `http://a.example.test/${number}`),
    );
    const points = [
      { fullName: locations, reasons: ["keyCompromise"] as const },
      { fullName: locations, cRLIssuer: [] },
    ];
    assert.deepEqual(statusAddresses(having(tls(), { type: "cRLDistributionPoints", points })).crl, []);
  });

  it("inside private networks come with a word of caution", () => {
    const cautious = (url: string) => {
      const location: GeneralName = { type: "uniformResourceIdentifier", value: url };
      const descriptions = [{ method: "1.3.6.1.5.5.7.48.1", location }];
      const [contact] = contactsOf(having(tls(), { type: "authorityInfoAccess", descriptions }), ["ocsp"]);
      return contact?.caution !== undefined;
    };
    const hosts = [
      "127.0.0.1",
      "10.1.2.3",
      "169.254.169.254",
      "192.168.0.1",
      "[::1]",
      "[fd00::1]",
      "[fe80::1]",
      "localhost",
      "ocsp",
      "ca.corp",
      "2130706433",
      "0x7f.1",
      "[::ffff:10.0.0.1]",
      "[64:ff9b::a00:1]",
      "[2002:a00:1::]",
      "localhost.",
      "ca.corp.",
      "router.home.arpa",
      "metadata.google.internal",
    ];
    assert.deepEqual(
      hosts.filter((host) => !cautious(`http://${host}/x`)),
      [],
    );
    assert.deepEqual(
      ["ocsp.sectigo.com", "8.8.8.8", "[2600::1]", "172.32.0.1"].filter((host) => cautious(`http://${host}/`)),
      [],
    );
  });

  describe("that give issuers", () => {
    const caDer = pemFixture("checks/ca.pem");
    const bodies: readonly (readonly [string, Uint8Array, boolean])[] = [
      ["DER", caDer, true],
      ["PEM", Buffer.from(pemText(caDer)), true],
      ["several", Buffer.from(pemText(good.der) + pemText(caDer)), true],
      ["another certificate", good.der, false],
      ["a page", Buffer.from("<html></html>"), false],
      ["nothing", Buffer.alloc(0), false],
      // It may hold a thousand times as much, and no CA gives one.
      ["an archive", zipSync({ "ca.crt": caDer }), false],
      ["an archive in Base64", Buffer.from(Buffer.from(zipSync({ "ca.crt": caDer })).toString("base64")), false],
    ];
    for (const [what, body, found] of bodies)
      it(`are read: ${what}`, async () => {
        const { reply } = service({ [ISSUER]: answered(body) });
        const search = await fetchIssuers(good, { fetch: reply, signal, agree });
        assert.deepEqual(
          [search.complete, search.issuers.length, search.problems.length],
          found ? [true, 1, 0] : [false, 0, 1],
        );
      });

    it("are not asked without consent", async () => {
      const { asked, reply } = service({ [ISSUER]: answered(caDer) });
      const search = await fetchIssuers(good, { fetch: reply, signal, agree: () => Promise.resolve(false) });
      assert.deepEqual([asked, search.issuers, search.complete], [[], [], false]);
    });
  });
});
