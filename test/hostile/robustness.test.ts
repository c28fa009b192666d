import assert from "node:assert/strict";
import fc from "fast-check";
import { readAsn1Tree } from "../../src/certificates/asn1/asn1-tree";
import { oidName } from "../../src/certificates/oid-name";
import { decodeCertificateList } from "../../src/certificates/x509/certificate-list";
import { decodeCertificateRequest } from "../../src/certificates/x509/certificate-request";
import { decodeCertificate } from "../../src/certificates/x509/certificate";
import { readContainers } from "../../src/certificates/containers/read";
import { describePage } from "../unit/certificates/details-page";
import { openPkcs12 } from "../../src/certificates/pkcs12/open";
import { sanitizeSvg } from "../../src/certificates/pictures/svg";
import { readTrustSettings } from "../../src/certificates/x509/trust";
import { caFixtures, fixture, fixtureNames, pemFixture } from "../unit/certificates/fixtures";
import { inEnglish } from "../../src/words/localize";

/** One change of some bytes: where, as a share of their length, and what. */
type Mutation =
  | { readonly kind: "cut" | "drop"; readonly at: number }
  | { readonly kind: "flip"; readonly at: number; readonly bit: number }
  | { readonly kind: "set"; readonly at: number; readonly value: number }
  | { readonly kind: "insert"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: "repeat"; readonly at: number; readonly length: number };

const at = fc.double({ min: 0, max: 1, noNaN: true });
const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom("cut" as const, "drop" as const), at }),
    fc.record({ kind: fc.constant("flip" as const), at, bit: fc.nat(7) }),
    fc.record({
      kind: fc.constant("set" as const),
      at,
      value: fc.constantFrom(0, 0x30, 0x24, 0x7f, 0x80, 0x81, 0x84, 0xa0, 0xff),
    }),
    fc.record({ kind: fc.constant("insert" as const), at, bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) }),
    fc.record({ kind: fc.constant("repeat" as const), at, length: fc.nat(200) }),
  ),
  { minLength: 1, maxLength: 4 },
);

function mutate(bytes: Buffer, changes: readonly Mutation[]): Buffer {
  return changes.reduce((changed: Buffer, change) => {
    const position = Math.floor(change.at * changed.length);
    const [before, after] = [changed.subarray(0, position), changed.subarray(position)];
    switch (change.kind) {
      case "cut":
        return before;
      case "drop":
        return Buffer.concat([before, after.subarray(1)]);
      case "flip":
      case "set": {
        const copy = Buffer.from(changed);
        if (position < copy.length)
          copy[position] = change.kind === "set" ? change.value : (copy[position] ?? 0) ^ (1 << change.bit);
        return copy;
      }
      case "insert":
        return Buffer.concat([before, change.bytes, after]);
      case "repeat":
        return Buffer.concat([before, after.subarray(0, change.length), after]);
    }
  }, bytes);
}

/** Reads, or fails with a typed error; anything else fails the test. */
function total(read: () => unknown): void {
  try {
    JSON.stringify(read());
  } catch (error) {
    assert.equal((error as Error).name, "DerError", String((error as Error).stack));
  }
}

describe("whatever the bytes", () => {
  const certificates = [
    ...caFixtures().map(({ der }) => der),
    ...[...fixtureNames("extensions", ".pem"), ...fixtureNames("keys", ".pem"), "names.pem"].map(pemFixture),
  ];
  const files = fixtureNames("containers", "").map(fixture);

  it("a certificate is decoded or refused with a code", () => {
    fc.assert(
      fc.property(fc.constantFrom(...certificates), mutations, (der, changes) => {
        const changed = mutate(der, changes);
        total(() => decodeCertificate(changed));
        total(() => decodeCertificateRequest(changed));
        total(() => decodeCertificateList(changed));
        total(() => readTrustSettings(changed));
      }),
      { numRuns: 1000 },
    );
  });

  it("containers are read, described and never thrown at", () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), mutations, (bytes, changes) => {
        const contents = readContainers(mutate(bytes, changes));
        assert.ok(contents.objects.length > 0 || contents.damage.length > 0);
        for (const { offset } of contents.damage) assert.ok(Number.isSafeInteger(offset) && offset >= 0);
        JSON.stringify(describePage(contents, { now: 0 }));
      }),
      { numRuns: 600 },
    );
  });

  it("random bytes are read and described, as bytes, as base64 and as a PEM block", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(0x30, 0x31, 0x24, 0xa0), (bytes, first) => {
        const der = Buffer.concat([Buffer.of(first, 0x80), bytes]);
        const base64 = der.toString("base64");
        for (const input of [
          der,
          Buffer.from(base64),
          Buffer.from(`-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----`),
        ]) {
          const contents = readContainers(input);
          JSON.stringify(describePage(contents, { now: 0 }));
        }
        readAsn1Tree(der, oidName);
      }),
      { numRuns: 300 },
    );
  });

  it("PKCS #12 is opened or refused with a code", async () => {
    const found = { path: [], offset: 0, length: 0 };
    const stores = ["aes-ed25519-chain", "legacy-rc2-128", "plain", "no-mac"].map((name) =>
      fixture(`containers/${name}.p12`),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...stores), mutations, async (bytes, changes) => {
        try {
          await openPkcs12(mutate(bytes, changes), "secret", found);
        } catch (error) {
          assert.equal((error as Error).name, "Pkcs12Error", String((error as Error).stack));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("a picture is rewritten or refused", () => {
    const source = Buffer.from(
      '<svg viewBox="0 0 1 1"><title>a &amp; b</title><g id="x" style="fill:url(#x)"><path d="M0,0"/></g><use xlink:href="#x"/></svg>',
    );
    fc.assert(
      fc.property(mutations, (changes) => {
        const result = sanitizeSvg(mutate(source, changes).toString());
        if (!result.safe) return;
        assert.doesNotMatch(result.svg, /<(?!\/?(?:svg|title|g|path|use)[\s/>])/);
        // What was rewritten is clean: it comes out as it went in.
        const again = sanitizeSvg(result.svg);
        assert.ok(again.safe && again.svg === result.svg && again.removed === 0, result.svg);
      }),
      { numRuns: 400 },
    );
  });

  it("a tree of ASN.1 has at most five thousand nodes", () => {
    const wide = Buffer.concat([Buffer.of(0x30, 0x82, 0x4e, 0x20), Buffer.alloc(20_000, Buffer.of(5, 0))]);
    const [root] = readAsn1Tree(wide, oidName);
    assert.equal(root?.children?.length, 5000);
    assert.match(inEnglish(root?.children?.at(-1)?.problem ?? ""), /too many/);
  });
});
