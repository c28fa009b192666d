import assert from "node:assert/strict";
import { isCa, isSelfIssued, orderChain, type Chain } from "../../../src/certificates/chain";
import { decodeCertificate } from "../../../src/certificates/certificate";
import { readPem } from "../../../src/certificates/containers/pem";
import { shortName } from "../../../src/certificates/names/name";
import { caFixtures, fixture, pemFixture } from "./fixtures";

const blocks = readPem(fixture("containers/root-first.pem").toString()).blocks.map(({ bytes }) => bytes);
const [root, issuing, leaf] = blocks as [Buffer, Buffer, Buffer];

const short = { root: "Example Root", issuing: "Example Issuing CA", leaf: "www.example.test" };

function names({ path, otherLeaves, unrelated, duplicates, unreadable }: Chain) {
  const list = (members: Chain["path"]) => members.map(({ certificate }) => shortName(certificate.subject));
  return {
    path: list(path),
    otherLeaves: list(otherLeaves),
    unrelated: list(unrelated),
    duplicates,
    unreadable: unreadable.length,
  };
}

const nothing = { path: [], otherLeaves: [], unrelated: [], duplicates: 0, unreadable: 0 };
const whole = { ...nothing, path: [short.leaf, short.issuing, short.root] };

/** All orders of a list. */
function permutations<T>(list: readonly T[]): T[][] {
  return list.length < 2
    ? [[...list]]
    : list.flatMap((first, index) => permutations(list.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}

describe("chain order", () => {
  it("is leaf to root whatever the order of the input", () => {
    for (const order of permutations([root, issuing, leaf])) assert.deepEqual(names(orderChain(order)), whole);
  });

  it("drops duplicates and reports what cannot be read", () => {
    const chain = orderChain([leaf, root, leaf, Buffer.from("3000", "hex"), issuing, Buffer.from(root)]);
    assert.deepEqual(names(chain), { ...whole, duplicates: 2, unreadable: 1 });
    assert.deepEqual(
      chain.unreadable.map(({ code }) => code),
      ["missing"],
    );
    assert.equal(chain.path[0]?.der, leaf);
  });

  it("ends below the root where that is missing, and leaves gaps", () => {
    assert.deepEqual(names(orderChain([issuing, leaf])), { ...whole, path: [short.leaf, short.issuing] });
    assert.deepEqual(names(orderChain([root, leaf])), { ...whole, path: [short.leaf], otherLeaves: [short.root] });
  });

  it("reports further leaves and what belongs to nothing", () => {
    const other = pemFixture("extensions/tls-leaf.pem");
    assert.deepEqual(names(orderChain([leaf, other, issuing, root])), { ...whole, otherLeaves: ["tls-leaf"] });
    const mixed = orderChain([other, root, issuing, leaf]);
    assert.deepEqual(names(mixed), {
      ...nothing,
      path: ["tls-leaf"],
      otherLeaves: [short.leaf],
      unrelated: [short.root, short.issuing],
    });
    const issuers = new Map(
      [...mixed.issuers].map(([member, issuer]) => [
        shortName(member.certificate.subject),
        shortName(issuer.certificate.subject),
      ]),
    );
    assert.deepEqual(
      [...issuers],
      [
        [short.issuing, short.root],
        [short.leaf, short.issuing],
      ].toSorted(),
    );
  });

  it("of CA certificates alone is a chain too", () => {
    assert.deepEqual(names(orderChain([root, issuing])), { ...nothing, path: [short.issuing, short.root] });
    assert.deepEqual(names(orderChain([])), nothing);
  });

  it("goes on through the cross-signed certificate whose own issuer is there", () => {
    const find = (subject: RegExp, issuer: RegExp) =>
      caFixtures().find(({ der }) => {
        const certificate = decodeCertificate(der);
        return subject.test(certificate.subject.text) && issuer.test(certificate.issuer.text);
      })?.der;
    const aaa = find(/CN=AAA Certificate Services/, /CN=AAA/);
    const self = find(/CN=USERTrust RSA/, /CN=USERTrust RSA/);
    const cross = find(/CN=USERTrust RSA/, /CN=AAA/);
    const ca = find(/CN=Sectigo RSA Domain Validation/, /CN=USERTrust RSA/);
    assert.ok(aaa && self && cross && ca);
    const userTrust = "USERTrust RSA Certification Authority";
    const domainValidation = "Sectigo RSA Domain Validation Secure Server CA";
    assert.deepEqual(names(orderChain([aaa, cross, ca])), {
      ...nothing,
      path: [domainValidation, userTrust, "AAA Certificate Services"],
    });
    for (const order of permutations([self, cross, ca])) {
      // Without AAA's root the self-signed one ends the path.
      const chain = orderChain(order);
      assert.deepEqual(names(chain), { ...nothing, path: [domainValidation, userTrust], unrelated: [userTrust] });
      assert.equal(chain.path[1]?.der, self);
    }
    const all = orderChain([self, aaa, cross, ca]);
    assert.deepEqual(names(all), {
      ...nothing,
      path: [domainValidation, userTrust, "AAA Certificate Services"],
      unrelated: [userTrust],
    });
  });

  it("puts every real CA certificate below the one that issued it", () => {
    const ders = caFixtures().map(({ der }) => der);
    const chain = orderChain(ders);
    assert.equal(chain.path.length + chain.otherLeaves.length + chain.unrelated.length, ders.length);
    for (const [member, issuer] of chain.issuers) {
      assert.equal(member.certificate.issuer.text, issuer.certificate.subject.text);
    }
    const rootless = [...chain.path, ...chain.otherLeaves, ...chain.unrelated].filter(
      (member) => !chain.issuers.has(member) && !isSelfIssued(member.certificate),
    );
    // Their issuers had ended by the day of the snapshot, or were never in it.
    assert.ok(rootless.length < 10, String(rootless.length));
  });

  it("knows CAs and roots", () => {
    const told = [root, issuing, leaf, pemFixture("keys/p-384.pem")].map((der) => decodeCertificate(der));
    assert.deepEqual(told.map(isCa), [true, true, false, true]);
    assert.deepEqual(told.map(isSelfIssued), [true, false, false, true]);
  });
});
