import assert from "node:assert/strict";
import { createHash, verify, X509Certificate } from "node:crypto";
import { AsnConvert, AsnProp, AsnPropTypes } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier, Certificate, CertificateList } from "@peculiar/asn1-x509";
import fc from "fast-check";
import { derElement, derInteger, derObjectIdentifier, derOctetString, derSequence } from "../../../src/sandbox/der";
import { ocspResponse } from "../../../src/sandbox/ocsp";
import { PATIENCE, pemBlocks, Trial } from "./client";

/** BasicOCSPResponse of RFC 6960 section 4.2.1, as far as its signature goes. */
class Basic {
  data = new ArrayBuffer(0);
  algorithm = new AlgorithmIdentifier();
  signature = new ArrayBuffer(0);
}
AsnProp({ type: AsnPropTypes.Any })(Basic.prototype, "data");
AsnProp({ type: AlgorithmIdentifier })(Basic.prototype, "algorithm");
AsnProp({ type: AsnPropTypes.BitString })(Basic.prototype, "signature");

/** CertID of RFC 6960 section 4.1.1. */
function certId(issuer: X509Certificate, serialNumber: string, hash: "sha1" | "sha256"): Uint8Array {
  const { subjectPublicKeyInfo, subject } = AsnConvert.parse(issuer.raw, Certificate).tbsCertificate;
  const digest = (bytes: ArrayBuffer): Uint8Array =>
    derOctetString(createHash(hash).update(new Uint8Array(bytes)).digest());
  return derSequence(
    derSequence(derObjectIdentifier(hash === "sha1" ? "1.3.14.3.2.26" : "2.16.840.1.101.3.4.2.1"), derElement(0x05)),
    digest(AsnConvert.serialize(subject)),
    digest(subjectPublicKeyInfo.subjectPublicKey),
    derElement(0x02, Buffer.from(serialNumber, "hex")),
  );
}

const question = (id: Uint8Array, ...extensions: readonly Uint8Array[]): Uint8Array =>
  derSequence(derSequence(derSequence(derSequence(id)), ...extensions));

describe("status services", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  let root: X509Certificate;
  let issuer: X509Certificate;
  let good: X509Certificate;
  let revoked: X509Certificate;

  before(async () => {
    trial = await Trial.start({ plainPort: 0 });
    const collect = async (orderNumber: string): Promise<readonly X509Certificate[]> => {
      const { text } = await trial.ask("ssl", { orderNumber, queryType: "1" });
      return pemBlocks(text).map((block) => new X509Certificate(block));
    };
    const first = await collect("1000012");
    const second = await collect("1000008");
    assert.ok(first[0] && first[1] && first[2] && second[2]);
    [root, issuer, revoked, good] = [first[0], first[1], first[2], second[2]];
  });
  after(() => trial.stop());

  const fetchBytes = async (
    url: string,
    body?: Uint8Array,
  ): Promise<{ status: number; type: string; bytes: Buffer }> => {
    const reply = await fetch(url, body ? { method: "POST", body: Buffer.from(body) } : {});
    return {
      status: reply.status,
      type: reply.headers.get("content-type") ?? "",
      bytes: Buffer.from(await reply.arrayBuffer()),
    };
  };

  /** The URL that a certificate names for a service. */
  const named = (certificate: X509Certificate, pattern: RegExp): string => {
    const [url] = pattern.exec(certificate.raw.toString("latin1")) ?? [];
    assert.ok(url);
    return url;
  };

  async function statusOf(id: Uint8Array, signer: X509Certificate): Promise<string> {
    const { bytes, type } = await fetchBytes(`${trial.sandbox.plainUrl}/ocsp`, question(id));
    assert.equal(type, "application/ocsp-response");
    return status(bytes, id, signer);
  }

  function status(bytes: Buffer, id: Uint8Array, signer: X509Certificate): string {
    assert.equal(bytes.indexOf("0a0100", 0, "hex") > 0, true, "successful");
    const type = derObjectIdentifier("1.3.6.1.5.5.7.48.1.1");
    const at = bytes.indexOf(Buffer.from(type)) + type.length;
    const basic = AsnConvert.parse(
      bytes.subarray(at + (bytes.readUInt8(at + 1) < 0x80 ? 2 : 2 + (bytes.readUInt8(at + 1) & 0x7f))),
      Basic,
    );
    const data = Buffer.from(basic.data);
    const digest = signer.publicKey.asymmetricKeyDetails?.namedCurve === "secp384r1" ? "sha384" : "sha256";
    assert.ok(verify(digest, data, signer.publicKey, Buffer.from(basic.signature)));
    const after = data.indexOf(Buffer.from(id)) + id.length;
    assert.ok(after > id.length);
    const tags: Readonly<Record<number, string>> = { 0x80: "good", 0xa1: "revoked", 0x82: "unknown" };
    return tags[data.readUInt8(after)] ?? "?";
  }

  it("certificates name the sandbox, which serves their issuer", async () => {
    const reply = await fetchBytes(named(good, /http:\/\/127\.0\.0\.1:\d+\/crt\/[\w-]+\.crt/));
    assert.equal(reply.type, "application/pkix-cert");
    assert.deepEqual(reply.bytes, issuer.raw);
    assert.deepEqual((await fetchBytes(named(issuer, /http:\/\/127\.0\.0\.1:\d+\/crt\/[\w-]+\.crt/))).bytes, root.raw);
  });

  it("OCSP says good, then revoked, since when the order is; with SHA-1 and SHA-256, by POST and by GET", async () => {
    assert.equal(await statusOf(certId(issuer, revoked.serialNumber, "sha1"), issuer), "good");
    trial.clock.time += 3000;
    assert.equal(await statusOf(certId(issuer, revoked.serialNumber, "sha1"), issuer), "revoked");
    assert.equal(await statusOf(certId(issuer, revoked.serialNumber, "sha256"), issuer), "revoked");
    assert.equal(await statusOf(certId(issuer, good.serialNumber, "sha256"), issuer), "good");
    assert.equal(await statusOf(certId(issuer, "01", "sha1"), issuer), "unknown");
    assert.equal(await statusOf(certId(root, issuer.serialNumber, "sha1"), root), "good");
    assert.equal(await statusOf(certId(root, good.serialNumber, "sha1"), root), "unknown");
    const id = certId(issuer, good.serialNumber, "sha1");
    const path = encodeURIComponent(Buffer.from(question(id)).toString("base64"));
    const { bytes } = await fetchBytes(`${trial.sandbox.plainUrl}/ocsp/${path}`);
    assert.equal(status(bytes, id, issuer), "good");
  });

  it("OCSP repeats a nonce", async () => {
    const nonce = derSequence(
      derObjectIdentifier("1.3.6.1.5.5.7.48.1.2"),
      derOctetString(derOctetString(Buffer.from("0123456789abcdef"))),
    );
    const id = certId(issuer, good.serialNumber, "sha1");
    const asked = question(id, derElement(0xa2, derSequence(nonce)));
    const { bytes } = await fetchBytes(`${trial.sandbox.plainUrl}/ocsp`, asked);
    assert.ok(bytes.includes(Buffer.from(nonce)));
  });

  it("the revocation list of the issuing CA holds the revoked certificate alone, under its signature", async () => {
    const reply = await fetchBytes(named(good, /http:\/\/127\.0\.0\.1:\d+\/crl\/[\w-]+\.crl/));
    assert.equal(reply.type, "application/pkix-crl");
    const list = AsnConvert.parse(reply.bytes, CertificateList);
    const entries = (list.tbsCertList.revokedCertificates ?? []).map(({ userCertificate }) =>
      Buffer.from(userCertificate).toString("hex"),
    );
    assert.deepEqual(entries, [revoked.serialNumber.toLowerCase()]);
    const signed = Buffer.from(AsnConvert.serialize(list.tbsCertList));
    assert.ok(verify("sha256", signed, issuer.publicKey, Buffer.from(list.signature)));
    const empty = await fetchBytes(named(issuer, /http:\/\/127\.0\.0\.1:\d+\/crl\/[\w-]+\.crl/));
    assert.equal(AsnConvert.parse(empty.bytes, CertificateList).tbsCertList.revokedCertificates, undefined);
  });

  it("what nothing was issued from is not there", async () => {
    const paths = [
      "/crt/ov-ec.crt",
      "/crl/ov-ec.crl",
      "/crt/dv-ec.crl",
      "/crt/",
      "/crt/../dv-ec.crt",
      "/crt/__proto__.crt",
    ];
    for (const path of paths) assert.equal((await fetchBytes(`${trial.sandbox.plainUrl}${path}`)).status, 404, path);
    assert.equal((await fetchBytes(`${trial.sandbox.plainUrl}/ocsp`, Buffer.alloc(5000))).status, 413);
  });

  it("OCSP answers whatever it is sent with one of its failures", () => {
    const malformed = Buffer.from("30030a0101", "hex");
    const unauthorized = Buffer.from("30030a0106", "hex");
    const responder = { authorities: [], statusOf: () => ({ kind: "good" }) as const, now: 0 };
    const whole = Buffer.from(question(certId(issuer, "01", "sha1")));
    assert.deepEqual(ocspResponse(whole, responder), unauthorized);
    assert.deepEqual(ocspResponse(derSequence(derInteger(1)), responder), malformed);
    const mutated = fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, octet]) => {
      const copy = Buffer.from(whole);
      copy.writeUInt8(octet, at);
      return copy;
    });
    const sliced = fc.nat(whole.length).map((end) => whole.subarray(0, end));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated, sliced), (bytes) => {
        const answer = Buffer.from(ocspResponse(bytes, responder));
        assert.ok(answer.equals(malformed) || answer.equals(unauthorized));
      }),
      { numRuns: 300 },
    );
  });
});
