import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { decodeCertificate, isInForce } from "../../../src/certificates/x509/certificate";
import { orderChain } from "../../../src/certificates/x509/chain";
import { check } from "../../../src/certificates/checks/findings";
import { implicit } from "../../../src/certificates/asn1/tag";
import {
  writeAlgorithm,
  writeBitString,
  writeContext,
  writeElement,
  writeInteger,
  writeOctetString,
  writeSequence,
} from "../../../src/certificates/asn1/der-writer";
import { isSelfIssued, mayHaveIssued, type ChainMember } from "../../../src/certificates/x509/issuing";
import { MS_PER_DAY, lastsUntil } from "../../../src/certificates/x509/lifetime";
import { Random } from "../../fuzz/random";
import {
  constraintsOf,
  dnsNames,
  extensionOfType,
  named,
  TRUE,
  usagesOf,
  utcTime,
  WRITTEN_NOW as NOW,
} from "./written-certificate";

const ECDSA = writeAlgorithm("1.2.840.10045.4.3.2");
const KEYS = Array.from({ length: 6 }, () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const info = publicKey.export({ format: "der", type: "spki" });
  return { info, privateKey, identifier: createHash("sha1").update(info.subarray(26)).digest() };
});
type Key = (typeof KEYS)[number];

interface Party {
  readonly name: string;
  readonly key: Key;
}

interface Made extends ChainMember {
  readonly subject: Party;
  readonly issuer: Party;
}

const utc = (at: number): Buffer => utcTime(`${new Date(at).toISOString().replace(/\D/g, "").slice(2, 14)}Z`);

/** @param days of its start and end, from now; @param withKeys whether it names its own key and its issuer's */
function made(subject: Party, issuer: Party, days: readonly [number, number], withKeys: boolean, ca = true): Made {
  const [notBefore, notAfter] = days.map((day) => utc(NOW + day * MS_PER_DAY));
  const tbs = writeSequence(
    writeContext(0, writeInteger(2)),
    writeInteger(made.serial++),
    ECDSA,
    named(issuer.name),
    writeSequence(notBefore!, notAfter!),
    named(subject.name),
    subject.key.info,
    writeContext(
      3,
      writeSequence(
        ...(ca ? [constraintsOf(TRUE), usagesOf(1, 0x06)] : [dnsNames("www.example.test"), usagesOf(7, 0x80)]),
        ...(withKeys
          ? [
              extensionOfType("2.5.29.14", writeOctetString(subject.key.identifier)),
              extensionOfType("2.5.29.35", writeSequence(writeElement(implicit(0), issuer.key.identifier))),
            ]
          : []),
      ),
    ),
  );
  const der = writeSequence(tbs, ECDSA, writeBitString(sign("sha256", tbs, issuer.key.privateKey)));
  return { der, certificate: decodeCertificate(der), subject, issuer };
}
made.serial = 1;

const numbers = (path: readonly ChainMember[]): string =>
  path.map(({ certificate }) => certificate.serialNumber.hex).join(" ");

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.below(left.length), 1)[0]!);
}

/** The best paths from the first of these, found by trying all: see `orderChain`. */
function bestPaths(members: readonly Made[]): ReadonlySet<string> {
  const [leaf] = members;
  const { notBefore = 0, notAfter = 0 } = leaf!.certificate.validity;
  const at = Math.max(Math.min(NOW, notAfter), notBefore);
  let best: readonly number[] = [];
  let paths = new Set<string>();
  const follow = (path: readonly Made[]): void => {
    const last = path.at(-1)!;
    const issuers = isSelfIssued(last.certificate)
      ? []
      : members.filter(
          (member) =>
            !path.includes(member) &&
            mayHaveIssued(member.certificate, last.certificate) &&
            member.subject.key === last.issuer.key,
        );
    for (const issuer of issuers) follow([...path, issuer]);
    if (issuers.length > 0) return;
    const above = path.slice(1).map(({ certificate }) => certificate.validity);
    const merit = [
      Number(above.every((validity) => isInForce(validity, at))),
      Number(above.every((validity) => lastsUntil(validity, notAfter))),
      Number(isSelfIssued(last.certificate)),
      path.length,
    ];
    const difference = merit.map((value, index) => value - (best[index] ?? -1)).find((value) => value !== 0) ?? 0;
    if (difference > 0) [best, paths] = [merit, new Set()];
    if (difference >= 0) paths.add(numbers(path));
  };
  follow([leaf!]);
  return paths;
}

const SPANS = [
  [-400, -5],
  [-400, 50],
  [-400, 4000],
  [-10, 4000],
  [5, 4000],
  [-4000, -400],
] as const;
const LIVES = [
  [-10, 80],
  [-10, 380],
  [-100, -2],
  [3, 90],
] as const;

/**
 * A leaf and CA certificates at random: cross-signed, in circles, over, not yet begun. Each CA has a key of its own.
 */
function hierarchy(random: Random): readonly Made[] {
  const withKeys = random.below(3) > 0;
  const parties = KEYS.slice(0, 3 + random.below(3)).map((key, index) => ({ name: `CA ${index}`, key }));
  const leaf = made({ name: "www.example.test", key: KEYS[5]! }, parties[0]!, random.pick(LIVES), withKeys, false);
  const others = Array.from({ length: 3 + random.below(6) }, () => {
    const subject = random.pick(parties);
    return made(subject, random.below(3) === 0 ? subject : random.pick(parties), random.pick(SPANS), withKeys);
  });
  return [leaf, ...others];
}

describe("hierarchies at random", () => {
  for (const seed of [1, 2, 3, 4, 5, 6])
    it(`are put in order by the best path of all, the same one in any order, and none is lost (${seed})`, () => {
      const random = new Random(seed);
      for (let round = 0; round < 12; round++) {
        const members = hierarchy(random);
        const best = bestPaths(members);
        const ders = [...members.map(({ der }) => der), random.pick(members).der];
        const found = new Set<string>();
        for (let turn = 0; turn < 4; turn++) {
          const chain = orderChain(shuffled(ders, random), { now: NOW });
          found.add(numbers(chain.path));
          const placed = [...chain.path, ...chain.otherLeaves, ...chain.unrelated];
          assert.equal(new Set(placed).size, members.length);
          assert.equal(chain.duplicates, 1);
        }
        assert.equal(found.size, 1, [...found].join());
        assert.ok(best.has([...found].join()), `${[...found].join()} is not among ${[...best].join()}`);
      }
    });
});

describe("CAs of one name and several keys that no certificate names", () => {
  const [one, two, three, holder] = KEYS as [Key, Key, Key, Key];
  const span = [-10, 400] as const;
  const roots = [one, two, three].map((key) => made({ name: "Root", key }, { name: "Root", key }, span, false));
  const leaf = made({ name: "www.example.test", key: holder }, { name: "Root", key: two }, span, false, false);

  it("are told apart by the signature, in whatever order they came", async () => {
    for (const order of [roots, roots.toReversed(), [roots[1]!, roots[2]!, roots[0]!]]) {
      const chain = orderChain(
        [leaf, ...order].map(({ der }) => der),
        { now: NOW },
      );
      assert.equal(numbers(chain.path), numbers([leaf, roots[1]!]));
      const { chain: checked } = await check(chain, { now: NOW });
      assert.deepEqual(
        checked.links.map(({ signature }) => signature),
        ["good"],
      );
    }
  });

  it("are named, and that they did not sign, where none of them did", async () => {
    const others = [roots[0]!, roots[2]!];
    const chain = orderChain(
      [leaf, ...others].map(({ der }) => der),
      { now: NOW },
    );
    assert.equal(chain.path.length, 2);
    const { chain: checked } = await check(chain, { now: NOW });
    assert.deepEqual(
      checked.links.map(({ signature }) => signature),
      ["bad"],
    );
  });

  it("cost no more signatures than are allowed", () => {
    // Sixty leaves of a CA whose name three keys have: beyond the bound they are told by the name alone.
    const many = Array.from({ length: 60 }, (_, index) =>
      made({ name: `leaf ${index}`, key: holder }, { name: "Root", key: two }, span, false, false),
    );
    const chain = orderChain(
      [...many, ...roots].map(({ der }) => der),
      { now: NOW },
    );
    const issuers = many.map(
      ({ certificate }) =>
        [...chain.issuers].find(
          ([{ certificate: below }]) => below.fingerprints.sha256 === certificate.fingerprints.sha256,
        )?.[1],
    );
    const right = issuers.filter(
      (issuer) => issuer?.certificate.fingerprints.sha256 === roots[1]!.certificate.fingerprints.sha256,
    );
    assert.equal(right.length, 13);
    assert.ok(issuers.every((issuer) => issuer !== undefined));
  });
});
