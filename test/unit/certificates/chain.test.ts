import assert from "node:assert/strict";
import { isCa, isSelfIssued, mayHaveIssued } from "../../../src/certificates/x509/issuing";
import { orderChain, type Chain } from "../../../src/certificates/x509/chain";
import { decodeCertificate } from "../../../src/certificates/x509/certificate";
import { readPem } from "../../../src/certificates/containers/pem";
import { writeElement, writeInteger, writeOctetString, writeSequence } from "../../../src/certificates/asn1/der-writer";
import { shortName } from "../../../src/certificates/names/name";
import { CA, certificateOf, commonName, extension, issuerKey, subjectKey } from "../../fuzz/hostile-files";
import { Random } from "../../fuzz/random";
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

  describe("of what nobody issues", () => {
    const line = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        certificateOf({ subject: commonName(`CA ${index}`), issuer: commonName(`CA ${index + 1}`), extensions: [CA] }),
      );
    const sizes: [number, number, number][] = [
      [31, 31, 0],
      [32, 32, 0],
      [33, 32, 1],
      [1000, 32, 968],
      [1001, 32, 969],
    ];
    for (const [count, path, unrelated] of sizes)
      it(`${count} above one another: the first 32`, () => {
        const chain = orderChain(line(count));
        assert.deepEqual([chain.path.length, chain.otherLeaves.length + chain.unrelated.length], [path, unrelated]);
        assert.equal(names(chain).path[0], "CA 0");
      });

    for (const [place, length] of [
      [15, 3],
      [16, 2],
    ] as const)
      it(`a CA of which ${place} certificates stand before the one that goes on: sixteen are looked at`, () => {
        const same = commonName("Same");
        const leaf = certificateOf({ subject: commonName("leaf"), issuer: same, extensions: [] });
        const cas = Array.from({ length: 20 }, (_, index) =>
          certificateOf({
            serial: writeInteger(index + 1),
            subject: same,
            issuer: commonName(index === place ? "Above" : `Gone ${index}`),
            extensions: [CA],
          }),
        );
        const above = certificateOf({ subject: commonName("Above"), issuer: commonName("Top"), extensions: [CA] });
        assert.equal(orderChain([leaf, ...cas, above]).path.length, length);
      });

    it("certificates of one name, told by their keys", () => {
      const same = commonName("Same");
      const ders = Array.from({ length: 1000 }, (_, index) =>
        certificateOf({
          serial: writeInteger(index + 1),
          subject: same,
          issuer: same,
          extensions: [CA, subjectKey(index), issuerKey(index + 1)],
        }),
      );
      const { path } = orderChain(ders);
      assert.deepEqual(
        path.map(({ der }) => ders.indexOf(der as Buffer)),
        Array.from({ length: 32 }, (_, index) => index),
      );
    });
  });

  it("links those that may have issued each other, and no others", () => {
    const random = new Random(3);
    let linked = 0;
    for (let round = 0; round < 300; round++) {
      // Issuers come later, so that nothing goes in circles.
      const ders = Array.from({ length: 12 }, (_, index) => {
        const key = random.below(3);
        const issuer = index + 1 + random.below(4);
        const authority = [
          ...(random.below(2) === 0 ? [writeElement(0x80, Buffer.of(random.below(3)))] : []),
          ...(random.below(3) === 0
            ? [
                writeElement(0xa1, writeElement(0xa4, commonName("x"))),
                writeElement(0x82, Buffer.of(1 + random.below(3))),
              ]
            : []),
        ];
        return certificateOf({
          serial: writeInteger(1 + random.below(3)),
          subject: commonName(`${index}`),
          issuer: commonName(`${issuer}`),
          extensions: [
            CA,
            ...(random.below(2) === 0 ? [extension("2.5.29.14", writeOctetString(Buffer.of(key)))] : []),
            ...(authority.length > 0 ? [extension("2.5.29.35", writeSequence(...authority))] : []),
          ],
        });
      });
      const { issuers, path, otherLeaves, unrelated } = orderChain(ders);
      for (const member of [...path, ...otherLeaves, ...unrelated]) {
        const possible = [...path, ...otherLeaves, ...unrelated].filter(
          (other) => other !== member && mayHaveIssued(other.certificate, member.certificate),
        );
        const issuer = issuers.get(member);
        assert.deepEqual(
          [issuer !== undefined && possible.includes(issuer), issuer],
          [possible.length > 0, possible[0]],
        );
        if (issuer !== undefined) linked++;
      }
    }
    assert.ok(linked > 500, String(linked));
  });
});
