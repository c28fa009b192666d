import assert from "node:assert/strict";
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate, type Extension } from "@peculiar/asn1-x509";
import { profileDays } from "../../../src/sandbox/profiles";
import { type PATHS, PATIENCE, pemBlocks, Trial } from "./client";

type Product = keyof typeof PATHS;

interface Expectation {
  readonly product: Product;
  readonly orderNumber: string;
  readonly keys: readonly [root: string, issuer: string, leaf: string];
  readonly subject: RegExp;
  readonly subjectAltName: string;
  /** Of the extended key usage. */
  readonly purposes: readonly string[];
  readonly policies: readonly string[];
  readonly days: number;
  readonly timestamps: boolean;
}

const SERVER = ["1.3.6.1.5.5.7.3.1"];
const MAIL = ["1.3.6.1.5.5.7.3.4"];
const CLIENT = ["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4"];
const MARK = ["1.3.6.1.5.5.7.3.31"];
const RSA = ["rsa 2048", "rsa 2048", "rsa 2048"] as const;
const EC = ["ec secp384r1", "ec prime256v1", "ec prime256v1"] as const;
const ADA = /O=Example Harbour GmbH\n.*GN=Ada\nSN=Example\nCN=Ada Example\nemailAddress=ada@sandbox\.example$/s;
const VMC =
  /jurisdictionC=DE\nbusinessCategory=Private Organization\n.*1\.3\.6\.1\.4\.1\.53087\.1\.13=Registered Mark\n/s;
const CMC = /1\.3\.6\.1\.4\.1\.53087\.1\.13=Prior Use Mark\n1\.3\.6\.1\.4\.1\.53087\.5\.1=https:\/\/used\.example\/$/s;

const EXPECTATIONS: readonly Expectation[] = [
  {
    product: "ssl",
    orderNumber: "1000001",
    keys: RSA,
    subject: /^CN=www\.sandbox\.example$/,
    subjectAltName: "DNS:www.sandbox.example, DNS:sandbox.example",
    purposes: SERVER,
    policies: ["1.3.6.1.4.1.6449.1.2.2.7", "2.23.140.1.2.1"],
    days: 199,
    timestamps: true,
  },
  {
    product: "ssl",
    orderNumber: "1000002",
    keys: EC,
    subject: /^CN=\*\.apps\.sandbox\.example$/,
    subjectAltName: "DNS:*.apps.sandbox.example, DNS:apps.sandbox.example",
    purposes: SERVER,
    policies: ["1.3.6.1.4.1.6449.1.2.2.7", "2.23.140.1.2.1"],
    days: 199,
    timestamps: true,
  },
  {
    product: "ssl",
    orderNumber: "1000003",
    keys: ["ec secp384r1", "ec prime256v1", "ec secp384r1"],
    subject: /^C=DE\nST=Bremen\nO=Example Harbour GmbH\nCN=portal/,
    subjectAltName: "DNS:portal.sandbox.example",
    purposes: SERVER,
    policies: ["1.3.6.1.4.1.6449.1.2.1.3.4", "2.23.140.1.2.2"],
    days: 199,
    timestamps: true,
  },
  {
    product: "ssl",
    orderNumber: "1000004",
    keys: EC,
    subject: /jurisdictionC=DE\njurisdictionST=Bremen\nbusinessCategory=Private Organization\n/,
    subjectAltName: "DNS:bank.sandbox.example",
    purposes: SERVER,
    policies: ["1.3.6.1.4.1.6449.1.2.1.5.1", "2.23.140.1.1"],
    days: 199,
    timestamps: true,
  },
  {
    product: "ssl",
    orderNumber: "1000005",
    keys: EC,
    subject: /CN=shop\.example$/,
    subjectAltName: "DNS:shop.example, DNS:www.shop.example, DNS:cdn.shop.example, DNS:brand.shop.example",
    purposes: SERVER,
    policies: ["1.3.6.1.4.1.6449.1.2.1.3.4", "2.23.140.1.2.2"],
    days: 199,
    timestamps: true,
  },
  {
    product: "smime",
    orderNumber: "2000001",
    keys: RSA,
    subject: ADA,
    subjectAltName: "email:ada@sandbox.example",
    purposes: MAIL,
    policies: ["2.23.140.1.5.3.2"],
    days: 730,
    timestamps: false,
  },
  {
    product: "smime",
    orderNumber: "2000002",
    keys: EC,
    subject: /^CN=mailbox@sandbox\.example$/,
    subjectAltName: "email:mailbox@sandbox.example",
    purposes: MAIL,
    policies: ["2.23.140.1.5.1.2"],
    days: 730,
    timestamps: false,
  },
  {
    product: "ccc",
    orderNumber: "3000002",
    keys: EC,
    subject: /^CN=mailbox@sandbox\.example$/,
    subjectAltName: "email:mailbox@sandbox.example",
    purposes: CLIENT,
    policies: ["2.23.140.1.5.1.2"],
    days: 365,
    timestamps: false,
  },
  {
    product: "pac",
    orderNumber: "4000002",
    keys: EC,
    subject: /^CN=mailbox@sandbox\.example$/,
    subjectAltName: "email:mailbox@sandbox.example",
    purposes: CLIENT,
    policies: ["2.23.140.1.5.1.2"],
    days: 365,
    timestamps: false,
  },
  {
    product: "mc",
    orderNumber: "5000001",
    keys: EC,
    subject: VMC,
    subjectAltName: "DNS:mark.example",
    purposes: MARK,
    policies: ["1.3.6.1.4.1.53087.1.1"],
    days: 397,
    timestamps: true,
  },
  {
    product: "mc",
    orderNumber: "5000002",
    keys: EC,
    subject: CMC,
    subjectAltName: "DNS:used.example",
    purposes: MARK,
    policies: ["1.3.6.1.4.1.53087.1.1"],
    days: 397,
    timestamps: true,
  },
];

function keyOf(certificate: X509Certificate): string {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  return `${asymmetricKeyType} ${asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve}`;
}

function extensions(certificate: X509Certificate): ReadonlyMap<string, Extension> {
  const parsed = AsnConvert.parse(certificate.raw, Certificate).tbsCertificate.extensions ?? [];
  return new Map([...parsed].map((extension) => [extension.extnID, extension]));
}

const bytesOf = (extension: Extension | undefined): Buffer =>
  Buffer.from(extension?.extnValue.buffer ?? new ArrayBuffer(0));

describe("chains", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  const chains = new Map<string, readonly [root: X509Certificate, issuer: X509Certificate, leaf: X509Certificate]>();

  before(async () => {
    trial = await Trial.start({ step: 0 });
    for (const { product, orderNumber } of EXPECTATIONS) {
      const { text } = await trial.ask(product, { orderNumber, ...(product !== "mc" && { queryType: "1" }) });
      const [root, issuer, leaf, ...more] = pemBlocks(text).map((block) => new X509Certificate(block));
      assert.ok(root && issuer && leaf && more.length === 0, text.slice(0, 100));
      chains.set(orderNumber, [root, issuer, leaf]);
    }
  });
  after(() => trial.stop());

  const chain = (orderNumber: string): readonly [X509Certificate, X509Certificate, X509Certificate] => {
    const found = chains.get(orderNumber);
    assert.ok(found);
    return found;
  };

  for (const expected of EXPECTATIONS) {
    it(`${expected.product} ${expected.orderNumber}: root, issuing CA, leaf`, () => {
      const [root, issuer, leaf] = chain(expected.orderNumber);
      assert.ok(root.verify(root.publicKey) && root.checkIssued(root) && root.ca);
      assert.ok(issuer.verify(root.publicKey) && issuer.checkIssued(root) && issuer.ca);
      assert.ok(leaf.verify(issuer.publicKey) && leaf.checkIssued(issuer) && !leaf.ca);
      assert.deepEqual([root, issuer, leaf].map(keyOf), expected.keys);
      assert.match(leaf.subject, expected.subject);
      assert.equal(leaf.subjectAltName, expected.subjectAltName);
      assert.deepEqual(leaf.keyUsage, expected.purposes);
      assert.match(leaf.serialNumber, /^[4-7][0-9A-F]{31}$/);
      const now = trial.clock.time;
      assert.ok(
        [root, issuer].every(({ validFrom, validTo }) => Date.parse(validFrom) < now && Date.parse(validTo) > now),
      );
      const [from, to] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)];
      assert.equal(from % 86_400_000, 0);
      assert.ok(from <= now && now - from < 86_400_000);
      assert.equal((to + 1000 - from) / 86_400_000, expected.days);
      const found = extensions(leaf);
      const policies = bytesOf(found.get("2.5.29.32"));
      for (const oid of expected.policies) assert.ok(policies.includes(oidContent(oid)), oid);
      for (const oid of ["2.5.29.14", "2.5.29.35", "2.5.29.19", "2.5.29.31", "1.3.6.1.5.5.7.1.1"])
        assert.ok(found.has(oid), oid);
      assert.equal(found.get("2.5.29.15")?.critical, expected.product === "mc" ? undefined : true);
      assert.equal(found.has("1.3.6.1.4.1.11129.2.4.2"), expected.timestamps);
      assert.match(
        leaf.infoAccess ?? "",
        /^CA Issuers - URI:http:\/\/crt\.sandbox\.invalid\/.*\nOCSP - URI:http:\/\/ocsp\.sandbox\.invalid\n?$/,
      );
    });
  }

  it("leaves of one hierarchy share the root, and no two have a key or a serial number in common", () => {
    const leaves = EXPECTATIONS.map(({ orderNumber }) => chain(orderNumber)[2]);
    assert.equal(new Set(leaves.map(({ serialNumber }) => serialNumber)).size, leaves.length);
    const keys = leaves.map(({ publicKey }) => publicKey.export({ type: "spki", format: "der" }).toString("hex"));
    assert.equal(new Set(keys).size, leaves.length);
    const roots = new Set(EXPECTATIONS.map(({ orderNumber }) => chain(orderNumber)[0].fingerprint256));
    assert.equal(roots.size, 2);
  });

  it("the private key that an applicant would have kept belongs to the certificate", async () => {
    for (const orderNumber of ["1000001", "1000002"]) {
      const key = createPrivateKey(await trial.sandbox.privateKeyPem(orderNumber));
      assert.ok(chain(orderNumber)[2].checkPrivateKey(key));
    }
    await assert.rejects(trial.sandbox.privateKeyPem("1000002", 1), { code: "no-such-order" });
    await assert.rejects(trial.sandbox.privateKeyPem("1000011"), { code: "no-such-order" });
    await assert.rejects(trial.sandbox.privateKeyPem("nothing"), { code: "no-such-order" });
  });

  it("the embedded timestamps are lists of three version 1 entries that fill them to the last byte", () => {
    const octets = bytesOf(extensions(chain("1000001")[2]).get("1.3.6.1.4.1.11129.2.4.2"));
    let list = octets.subarray(octets.readUInt8(1) < 0x80 ? 2 : 2 + (octets.readUInt8(1) & 0x7f));
    assert.equal(list.readUInt16BE(0), list.length - 2);
    list = list.subarray(2);
    const logs = new Set<string>();
    while (list.length > 0) {
      const entry = list.subarray(2, 2 + list.readUInt16BE(0));
      list = list.subarray(2 + entry.length);
      assert.equal(entry.readUInt8(0), 0);
      logs.add(entry.subarray(1, 33).toString("hex"));
      assert.equal(Number(entry.readBigUInt64BE(33)), Math.floor(trial.clock.time / 86_400_000) * 86_400_000);
      assert.equal(entry.readUInt16BE(41), 0);
      assert.deepEqual([entry.readUInt8(43), entry.readUInt8(44)], [4, 3]);
      assert.equal(entry.readUInt16BE(45), entry.length - 47);
      assert.equal(entry.readUInt8(47), 0x30);
    }
    assert.equal(logs.size, 3);
  });

  it("a mark certificate embeds its picture, gzipped, with the hash of the SVG", () => {
    const logotype = bytesOf(extensions(chain("5000001")[2]).get("1.3.6.1.5.5.7.1.12"));
    const [, base64 = ""] = /data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)/.exec(logotype.toString("latin1")) ?? [];
    const svg = gunzipSync(Buffer.from(base64, "base64"));
    assert.match(svg.toString("utf8"), /<svg [^>]*baseProfile="tiny-ps"/);
    assert.ok(logotype.includes(createHash("sha256").update(svg).digest()));
  });

  it("TLS certificates live as long as the rules of their day of issue let them", () => {
    const rows: readonly (readonly [day: string, days: number])[] = [
      ["2026-03-14", 397],
      ["2026-03-15", 199],
      ["2027-03-14", 199],
      ["2027-03-15", 99],
      ["2029-03-15", 46],
    ];
    for (const [day, days] of rows) assert.equal(profileDays("tls", Date.parse(day)), days, day);
  });

  it("the server's own certificate comes from a CA that issues nothing else", () => {
    const ca = new X509Certificate(trial.sandbox.caPem);
    assert.ok(ca.ca && ca.verify(ca.publicKey));
    for (const [root] of chains.values()) assert.notEqual(root.fingerprint256, ca.fingerprint256);
    const signed = createPublicKey(trial.sandbox.caPem);
    assert.ok([...chains.values()].every((certificates) => certificates.every((one) => !one.verify(signed))));
  });
});

/** The content octets of an OID, from its dotted form, by way of the library. */
function oidContent(dotted: string): Buffer {
  const arcs = dotted.split(".").map(BigInt);
  const [first = 0n, second = 0n, ...rest] = arcs;
  const octets = [first * 40n + second, ...rest].flatMap((arc) => {
    const digits =
      arc
        .toString(2)
        .padStart(Math.ceil(arc.toString(2).length / 7) * 7, "0")
        .match(/.{7}/g) ?? [];
    return digits.map((digit, place) => parseInt(digit, 2) + (place < digits.length - 1 ? 0x80 : 0));
  });
  return Buffer.from(octets);
}
