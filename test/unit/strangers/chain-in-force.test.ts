import assert from "node:assert/strict";
import { orderChain, type Chain } from "../../../src/certificates/x509/chain";
import type { ChainMember } from "../../../src/certificates/x509/issuing";
import type { KnownIssuers, OrderOptions } from "../../../src/certificates/x509/path-search";
import { check } from "../../../src/certificates/checks/findings";
import { MS_PER_DAY } from "../../../src/certificates/x509/lifetime";
import { readContainers } from "../../../src/certificates/containers/read";
import { describePage } from "../certificates/details-page";
import { exportPublic } from "../../../src/certificates/exports/public-export";
import { shortName } from "../../../src/certificates/names/name";
import { pemText } from "../../../src/certificates/pem-text";
import { certificateDocument } from "../../../src/reading/certificate-document";
import { summarizeCollected } from "../../../src/reading/summarize-collected";
import { holder, issue, type Contents, type Holder } from "../certificates/checks/hierarchy";
import { NOW } from "../certificates/checks/variations";
import { strangersFile } from "./cases";

const [L, I, X, B, A] = ["cross-L.der", "cross-I.der", "cross-Xexp.der", "cross-Bexp.der", "cross-A.der"].map(
  strangersFile,
) as [Buffer, Buffer, Buffer, Buffer, Buffer];
/** A day after the leaf and the new root began; the old root and its cross-sign were over by then. */
const THEN = Date.UTC(2026, 10, 27);
const NAMES = new Map([
  [L, "L"],
  [I, "I"],
  [X, "X"],
  [B, "B"],
  [A, "A"],
]);
const letters = (ders: readonly Uint8Array[]): string =>
  ders
    .map(
      (der) =>
        NAMES.get(Buffer.from(der.buffer, der.byteOffset, der.length)) ??
        [...NAMES].find(([known]) => known.equals(der))?.[1] ??
        "?",
    )
    .join("");
const others = ({ otherLeaves, unrelated }: Chain) => [...otherLeaves, ...unrelated].map(({ der }) => der);
const pathOf = ({ path }: Chain) => path.map(({ der }) => der);

function permutations<T>(list: readonly T[]): T[][] {
  return list.length < 2
    ? [[...list]]
    : list.flatMap((first, index) => permutations(list.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}

describe("the chain of the AddTrust case", () => {
  it("goes on through the root that is in force, in whatever order they came, and loses nothing", () => {
    for (const order of permutations([L, I, X, B, A])) {
      const chain = orderChain(order, { now: THEN });
      assert.equal(letters(pathOf(chain)), "LIA");
      assert.deepEqual([...letters(others(chain))].sort(), ["B", "X"]);
      // Byte for byte, and the very arrays that were given.
      assert.ok(pathOf(chain).every((der) => order.some((given) => given === der)));
    }
  });

  it("is saved as L, I, shown with what else was sent, and held whole", async () => {
    const sent = [B, X, A, I, L];
    const pem = (ders: readonly Buffer[]) => ders.map((der) => pemText(der)).join("");
    const saved = await exportPublic(sent, "pem", "fullchain-root", { now: THEN });
    assert.equal(Buffer.from(saved).toString(), pem([L, I, A]));
    const { chain } = await summarizeCollected(sent, { detail: {}, now: THEN });
    assert.equal(letters(chain).slice(0, 3), "LIA");
    assert.deepEqual([...letters(chain)].sort(), ["A", "B", "I", "L", "X"]);
    const collected = { chain, now: THEN };
    assert.equal(await certificateDocument("fullchain.pem", collected), pem([L, I, A]));
    assert.equal(await certificateDocument("chain.pem", collected), pem([I, A]));
    const page = describePage(readContainers(Buffer.from(pem(sent))), { now: THEN });
    assert.equal(page.objects.length, 5);
    assert.ok(
      page.summary.sentences.some(({ text }) =>
        text
          .map((each) => each.text)
          .join("")
          .includes("complete: 3 certificates up to the root"),
      ),
    );
    assert.match(JSON.stringify(page.summary.sentences), /2 more certificates outside this chain/);
  });

  it("is judged by the path that is in force", async () => {
    const chain = orderChain([L, I, X, B, A], { now: THEN });
    const { chain: checked, findings } = await check(chain, { now: THEN });
    assert.deepEqual(
      checked.links.map(({ signature }) => signature),
      ["good", "good"],
    );
    assert.equal(checked.complete, true);
    const ids = chain.path.flatMap(({ certificate }) =>
      (findings.get(certificate.fingerprints.sha256) ?? []).map(({ id }) => id),
    );
    for (const id of ["validity.expired", "chain.ca-ends-first", "chain.alternatives"])
      assert.ok(!ids.includes(id), ids.join());
  });

  it("stops below what is over where clients know better", () => {
    const known = { der: A, certificate: orderChain([A]).path[0]!.certificate, revoked: false };
    const authorities: KnownIssuers = {
      issuersOf: ({ issuer }) => (issuer.text === known.certificate.subject.text ? [known] : []),
    };
    assert.equal(letters(pathOf(orderChain([L, I, X, B], { now: THEN, authorities }))), "LI");
    const revoked: KnownIssuers = {
      issuersOf: (below) => authorities.issuersOf(below).map((each) => ({ ...each, revoked: true })),
    };
    const over: KnownIssuers = {
      issuersOf: (below) =>
        authorities.issuersOf(below).map((each) => ({
          ...each,
          certificate: { ...each.certificate, validity: { notBefore: 0, notAfter: THEN - 1 } },
        })),
    };
    for (const options of [{ now: THEN }, { now: THEN, authorities: revoked }, { now: THEN, authorities: over }])
      assert.equal(letters(pathOf(orderChain([L, I, X, B], options))), "LIXB");
  });

  it("of an old leaf is the one of its time", () => {
    // The leaf is over by then, and so are all others: it is judged by its last moment.
    assert.equal(letters(pathOf(orderChain([L, I, X, B, A], { now: Date.UTC(2050, 0, 1) }))), "LIA");
    assert.equal(letters(pathOf(orderChain([L, I, X, B, A], { now: Date.UTC(2020, 0, 1) }))), "LIA");
  });
});

describe("of several paths the chain is", () => {
  let root: Holder, other: Holder, ca: Holder, leafHolder: Holder, top: Holder;
  before(async () => {
    [root, other, ca, leafHolder, top] = (await Promise.all(
      ["Root", "Other", "CA", "www.example.test", "Top"].map(holder),
    )) as [Holder, Holder, Holder, Holder, Holder];
  });
  const LEAF: Contents = { ca: false, dnsNames: ["www.example.test"], notAfter: NOW + 90 * MS_PER_DAY };
  const lasting = (days: number, from = -180): Contents => ({
    notBefore: NOW + from * MS_PER_DAY,
    notAfter: NOW + days * MS_PER_DAY,
  });
  /** Two ways from CA: through `one` and through `two`, each with its own root. */
  const ways = (
    one: Contents,
    two: Contents,
    oneRoot: Contents = lasting(3000),
    twoRoot: Contents = lasting(3000),
  ) => ({
    leaf: issue(leafHolder, ca, LEAF),
    one: [issue(ca, root, one), issue(root, root, oneRoot)] as const,
    two: [issue(ca, other, two), issue(other, other, twoRoot)] as const,
  });

  const table: readonly (readonly [
    what: string,
    one: Contents,
    two: Contents,
    oneRoot?: Contents,
    twoRoot?: Contents,
  ])[] = [
    ["what is in force", lasting(3000), lasting(-1)],
    ["what has begun", lasting(3000), lasting(3000, 1)],
    ["what has a root in force", lasting(3000), lasting(3000), lasting(3000), lasting(-1)],
    ["what lasts to the leaf's end", lasting(90), lasting(89)],
    ["what has a root that lasts", lasting(3000), lasting(3000), lasting(100), lasting(50)],
    ["in force, though it does not last", lasting(10), lasting(3000, 1)],
  ];
  for (const [what, ...contents] of table) {
    it(what, () => {
      const { leaf, one, two } = ways(...contents);
      for (const order of permutations([leaf, ...one, ...two])) {
        const { path } = orderChain(
          order.map(({ der }) => der),
          { now: NOW },
        );
        assert.deepEqual(
          path.map(({ der }) => der),
          [leaf, ...one].map(({ der }) => der),
        );
      }
    });
  }

  it("then the longest that has a root", () => {
    const { leaf, one, two } = ways(lasting(3000), lasting(3000));
    const cross = issue(root, top, lasting(3000));
    const above = issue(top, top, lasting(3000));
    for (const order of permutations([leaf, one[0], cross, above, ...two])) {
      const { path } = orderChain(
        order.map(({ der }) => der),
        { now: NOW },
      );
      assert.deepEqual(
        path.map(({ certificate }) => shortName(certificate.subject)),
        ["www.example.test", "CA", "Root", "Top"],
      );
    }
    // A long way that leads to nothing is not better than a short one to a root.
    const short = orderChain(
      [leaf, one[0], cross, ...two].map(({ der }) => der),
      { now: NOW },
    );
    assert.deepEqual(
      short.path.map(({ certificate }) => shortName(certificate.subject)),
      ["www.example.test", "CA", "Other"],
    );
  });

  it("one that is over where there is no other", () => {
    const { leaf, one } = ways(lasting(-1), lasting(-1));
    const { path } = orderChain(
      [leaf, ...one].map(({ der }) => der),
      { now: NOW },
    );
    assert.equal(path.length, 3);
  });
});

describe("CAs that all certify each other", () => {
  /** Every one of `count` CAs has a certificate by every other; none is a root. */
  async function mesh(count: number): Promise<{ first: Holder; leaf: ChainMember; members: readonly ChainMember[] }> {
    const holders = await Promise.all(Array.from({ length: count }, (_, index) => holder(`CA ${index}`)));
    const members = holders.flatMap((subject) =>
      holders.filter((issuer) => issuer !== subject).map((issuer) => issue(subject, issuer)),
    );
    const leaf = issue(await holder("leaf.example.test"), holders[0]!, { ca: false, dnsNames: ["leaf.example.test"] });
    return { first: holders[0]!, leaf, members };
  }

  it("cost no more than the visits that are allowed", async () => {
    const { first, leaf, members } = await mesh(12);
    let asked = 0;
    const options: OrderOptions = {
      now: NOW + 400 * MS_PER_DAY,
      // Whoever stands below issuers that are over is asked about: once a visit.
      authorities: {
        issuersOf: () => {
          asked++;
          return [];
        },
      },
    };
    // Their certificates have ended and the leaf has not: every visit asks.
    const long = issue(await holder("leaf.example.test"), first, {
      ca: false,
      notAfter: NOW + 800 * MS_PER_DAY,
    });
    const chain = orderChain(
      [leaf, ...members].map(({ der }) => der),
      { now: NOW },
    );
    assert.ok(chain.path.length >= 12 && chain.path.length <= 32, String(chain.path.length));
    assert.equal(new Set(chain.path).size, chain.path.length);
    orderChain(
      [long, ...members].map(({ der }) => der),
      options,
    );
    assert.ok(asked > 100 && asked <= 5000, String(asked));
    const others = chain.unrelated.length + chain.otherLeaves.length + chain.path.length;
    assert.equal(others, members.length + 1);
  });
});
