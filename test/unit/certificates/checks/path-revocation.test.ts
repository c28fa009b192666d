import assert from "node:assert/strict";
import { extensionOf } from "../../../../src/certificates/x509/certificate";
import type { ChainMember } from "../../../../src/certificates/x509/issuing";
import { endOf } from "../../../../src/certificates/checks/issuers";
import {
  checkPathRevocation,
  revocableOf,
  revocationContacts,
} from "../../../../src/certificates/revocation/path-revocation";
import type { StatusFetch } from "../../../../src/certificates/revocation/status-service";
import { KnownAuthorities } from "../../../../src/certificates/x509/known-authorities";
import * as extensions from "../../../../src/sandbox/extensions";
import { holder, issue, threeLevels, type ThreeLevels } from "./hierarchy";
import { NOW } from "./variations";
import { inEnglish } from "../../../../src/words/localize";

const OCSP = "http://status.example.test/ocsp";
const CRL = "http://status.example.test/ca.crl";
const ISSUER = "http://status.example.test/ca.crt";

const signal = new AbortController().signal;

/** Knows these and nothing else. */
const knowing = (...members: readonly ChainMember[]) =>
  new KnownAuthorities({
    asOf: "2026-11-20",
    revoked: { asOf: "2026-11-20", sha256: [] },
    certificates: members.map(({ der, certificate }) => [
      extensionOf(certificate, "subjectKeyIdentifier")?.keyIdentifier ?? "",
      Buffer.from(der).toString("hex"),
    ]),
  });

describe("the certificates of a path", () => {
  let levels: ThreeLevels;
  before(async () => {
    levels = await threeLevels({
      ca: false,
      dnsNames: ["www.example.test"],
      more: [
        extensions.authorityInformationAccess({ caIssuers: ISSUER, ocsp: OCSP }),
        extensions.crlDistributionPoint(CRL),
      ],
    });
  });

  const namesOf = async (path: readonly ChainMember[], known = knowing()) =>
    (await revocableOf(path, known)).map(({ member, issuer }) => [
      member.certificate.subject.text,
      issuer?.certificate.subject.text,
    ]);

  it("may have been revoked by who is above them, in the chain or known, and a root by nobody", async () => {
    const { leaf, ca, root } = levels;
    const [leafName, caName, rootName] = [leaf, ca, root].map(({ certificate }) => certificate.subject.text);
    const whole = [
      [leafName, caName],
      [caName, rootName],
    ];
    assert.deepEqual(await namesOf([leaf, ca, root]), whole);
    assert.deepEqual(await namesOf([leaf, ca], knowing(root)), whole);
    assert.deepEqual(await namesOf([leaf], knowing(ca)), [whole[0]]);
    assert.deepEqual(await namesOf([leaf]), [[leafName, undefined]]);
    assert.deepEqual(await namesOf([root]), []);
    assert.deepEqual(await namesOf([]), []);
  });

  it("are not judged by a certificate that only has the issuer's name", async () => {
    const { leaf, holders } = levels;
    const stranger = await holder(holders.ca.name);
    assert.deepEqual((await namesOf([leaf, issue(stranger, stranger)]))[0], [leaf.certificate.subject.text, undefined]);
  });

  it("name every address that is called once, that of an issuer only where it is missing", async () => {
    const { leaf, ca, root } = levels;
    const urls = async (path: readonly ChainMember[]) =>
      revocationContacts(await revocableOf([...path, ...path], knowing())).map(({ url }) => url);
    assert.deepEqual(await urls([leaf, ca, root]), [OCSP, CRL]);
    assert.deepEqual(
      revocationContacts(await revocableOf([leaf], knowing())).map(({ url }) => url),
      [OCSP, CRL, ISSUER],
    );
  });

  it("are asked about with an issuer that is fetched, and nobody is called who was not named", async () => {
    const { leaf, ca } = levels;
    const called: string[] = [];
    const fetch: StatusFetch = ({ url }) => {
      called.push(url);
      return Promise.resolve(
        url === ISSUER
          ? { kind: "answered", httpStatus: 200, body: ca.der }
          : { kind: "failed", message: "The server was not found in DNS." },
      );
    };
    const revocable = await revocableOf([leaf], knowing());
    const [check] = await checkPathRevocation(revocable, { fetch, signal, now: NOW });
    assert.equal(check?.state, "not-reachable");
    assert.deepEqual(called, [ISSUER, OCSP, CRL]);
    assert.deepEqual(
      [...called].sort(),
      revocationContacts(revocable)
        .map(({ url }) => url)
        .sort(),
    );
  });

  it("cannot be checked without the issuer, which is said by name", async () => {
    const { leaf } = levels;
    const fetch: StatusFetch = () => Promise.resolve({ kind: "failed", message: "No." });
    const [check] = await checkPathRevocation(await revocableOf([leaf], knowing()), { fetch, signal, now: NOW });
    assert.equal(check?.state, "cannot-check");
    assert.ok(inEnglish(check.message).includes(levels.holders.ca.name), inEnglish(check.message));
  });

  it("are not asked about where nobody tells, nor is their issuer fetched for that", async () => {
    const { holders } = levels;
    const more = [extensions.authorityInformationAccess({ caIssuers: ISSUER, ocsp: "ldap://status.example.test" })];
    const leaf = issue(holders.leaf, holders.ca, { ca: false, more });
    const revocable = await revocableOf([leaf], knowing());
    assert.deepEqual(revocationContacts(revocable), []);
    const fetch: StatusFetch = ({ url }) => assert.fail(url);
    const [check] = await checkPathRevocation(revocable, { fetch, signal, now: NOW });
    assert.deepEqual([check?.state, check?.attempts], ["cannot-check", []]);
    assert.match(inEnglish(check?.message ?? ""), /does not name a service/);
  });

  it("are asked about no longer when it is cancelled", async () => {
    const { leaf, ca, root } = levels;
    const controller = new AbortController();
    let calls = 0;
    const fetch: StatusFetch = () => {
      calls++;
      controller.abort();
      return Promise.resolve({ kind: "failed", message: "It was cancelled." });
    };
    await checkPathRevocation(await revocableOf([leaf, ca, root], knowing()), {
      fetch,
      signal: controller.signal,
      now: NOW,
    });
    assert.equal(calls, 1);
  });

  it("end in a root, below one that is known, or where an issuer is missing", () => {
    const { leaf, ca, root } = levels;
    assert.equal(endOf([leaf, ca, root], knowing())?.kind, "root");
    assert.equal(endOf([leaf, ca], knowing(root))?.kind, "known-root");
    const open = endOf([leaf], knowing(root));
    assert.ok(open?.kind === "missing");
    assert.deepEqual(
      open.contacts.map(({ url }) => url),
      [ISSUER],
    );
    assert.equal(endOf([], knowing()), undefined);
  });
});
