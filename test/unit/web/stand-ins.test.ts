import assert from "node:assert/strict";
import * as crypto from "node:crypto";
import { isUtf8 } from "node:buffer";
import { domainToASCII, domainToUnicode } from "node:url";
import * as zlib from "node:zlib";
import * as buffers from "../../../src/web/stand-ins/buffer";
import * as engine from "../../../src/web/stand-ins/crypto";
import * as globals from "../../../src/web/stand-ins/globals";
import * as urls from "../../../src/web/stand-ins/url";
import * as unpackers from "../../../src/web/stand-ins/zlib";

const HASHES = [
  ...["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha512-224", "sha512-256"],
  ...["sha3-224", "sha3-256", "sha3-384", "sha3-512", "ripemd160"],
];

const DATA = Buffer.from("what was signed");

describe("hashes of the browser", () => {
  for (const name of HASHES) {
    it(`are those of Node.js: ${name}`, () => {
      for (const data of ["", "ä\u{1f512}", DATA, Buffer.alloc(1000, 7)]) {
        assert.equal(engine.hash(name, data), crypto.createHash(name).update(data).digest("hex"));
        assert.deepEqual(engine.hash(name, data, "buffer"), crypto.createHash(name).update(data).digest());
        assert.equal(
          engine.createHash(name).update(data).digest("base64"),
          crypto.createHash(name).update(data).digest("base64"),
        );
      }
    });
  }

  it("are refused where there are none", () => {
    for (const name of ["sm3", "toString", "__proto__"]) assert.throws(() => engine.hash(name, DATA), /There is no/);
  });
});

/** Some signature of a key, and the same question for both engines. */
interface Case {
  readonly name: string;
  readonly key: crypto.KeyPairKeyObjectResult;
  readonly hash: string | null;
  readonly options?: { readonly padding: number; readonly saltLength: number };
}

const rsa = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
/** Its modulus does not fill its bytes, which shifts the mask of PSS. */
const odd = crypto.generateKeyPairSync("rsa", { modulusLength: 2049, publicExponent: 3 });
const pss = (saltLength: number) => ({ padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength });

const CASES: readonly Case[] = [
  ...HASHES.map((hash) => ({ name: `RSA with ${hash}`, key: rsa, hash })),
  ...HASHES.map((hash) => ({ name: `RSA-PSS with ${hash}`, key: rsa, hash, options: pss(20) })),
  { name: "RSA with 2049 bits and exponent 3", key: odd, hash: "sha256" },
  { name: "RSA-PSS with 2049 bits", key: odd, hash: "sha256", options: pss(32) },
  { name: "RSA-PSS without salt", key: rsa, hash: "sha256", options: pss(0) },
  ...["P-256", "P-384", "P-521", "secp256k1", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1"].flatMap(
    (namedCurve) =>
      ["sha1", "sha256", "sha512"].map((hash) => ({
        ...{ name: `ECDSA over ${namedCurve} with ${hash}`, hash },
        key: crypto.generateKeyPairSync("ec", { namedCurve }),
      })),
  ),
  { name: "Ed25519", key: crypto.generateKeyPairSync("ed25519"), hash: null },
  { name: "Ed448", key: crypto.generateKeyPairSync("ed448"), hash: null },
];

describe("signatures in the browser", () => {
  const importing = (key: crypto.KeyObject) =>
    engine.createPublicKey({ key: key.export({ format: "der", type: "spki" }) });
  const verify = ({ hash, options }: Case, key: crypto.KeyObject, data: Buffer, signature: Buffer): boolean =>
    engine.verify(hash, data, { key: importing(key), ...options }, signature);

  for (const each of CASES) {
    it(`are good and bad as for Node.js: ${each.name}`, () => {
      const { key, hash, options } = each;
      const signature = crypto.sign(hash, DATA, { key: key.privateKey, ...options });
      assert.equal(importing(key.publicKey).asymmetricKeyType, key.publicKey.asymmetricKeyType);
      assert.equal(verify(each, key.publicKey, DATA, signature), true);
      const flipped = Buffer.from(signature);
      flipped[flipped.length - 2] = (flipped.at(-2) ?? 0) ^ 1;
      const wrong: readonly (readonly [string, Buffer, Buffer])[] = [
        ["other data", Buffer.from("what was not signed"), signature],
        ["a flipped bit", DATA, flipped],
        ["a byte less", DATA, signature.subarray(0, -1)],
        ["a byte more", DATA, Buffer.concat([signature, Buffer.of(0)])],
        ["a byte more before", DATA, Buffer.concat([Buffer.of(0), signature])],
        ["nothing", DATA, Buffer.alloc(0)],
        ["zeros", DATA, Buffer.alloc(signature.length)],
        ["ones", DATA, Buffer.alloc(signature.length, 0xff)],
      ];
      for (const [what, data, other] of wrong) {
        assert.equal(crypto.verify(hash, data, { key: key.publicKey, ...options }, other), false, `Node.js: ${what}`);
        assert.equal(verify(each, key.publicKey, data, other), false, what);
      }
    });
  }

  it("of RSA are bad with another padding or salt", () => {
    const padded = { name: "", key: rsa, hash: "sha256" };
    const salted = { ...padded, options: pss(32) };
    const [plain, probabilistic] = [
      crypto.sign("sha256", DATA, rsa.privateKey),
      crypto.sign("sha256", DATA, { key: rsa.privateKey, ...pss(32) }),
    ];
    assert.equal(verify(padded, rsa.publicKey, DATA, probabilistic), false);
    assert.equal(verify(salted, rsa.publicKey, DATA, plain), false);
    assert.equal(verify({ ...padded, options: pss(31) }, rsa.publicKey, DATA, probabilistic), false);
    assert.equal(verify({ ...padded, hash: "sha384" }, rsa.publicKey, DATA, plain), false);
  });

  it("answer by a callback, too", async () => {
    const signature = crypto.sign("sha256", DATA, rsa.privateKey);
    const key = importing(rsa.publicKey);
    const good = new Promise((resolve) =>
      engine.verify("sha256", DATA, { key }, signature, (error, is) => resolve([error, is])),
    );
    assert.deepEqual(await good, [null, true]);
    const failed = new Promise((resolve) =>
      engine.verify(null, DATA, { key }, signature, (error) => resolve(error?.message)),
    );
    assert.equal(await failed, "RSA needs a hash function.");
  });

  it("cannot be checked for keys that are not known, or that others may not use", () => {
    const others: readonly crypto.KeyObject[] = [
      crypto.generateKeyPairSync("ec", { namedCurve: "secp224r1" }).publicKey,
      crypto.generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 }).publicKey,
    ];
    for (const key of others) assert.throws(() => importing(key), /not known here/);
    const restricted = { modulusLength: 2048, hashAlgorithm: "sha384", mgf1HashAlgorithm: "sha384", saltLength: 48 };
    const { publicKey, privateKey } = crypto.generateKeyPairSync(
      "rsa-pss",
      restricted as unknown as crypto.RSAPSSKeyPairKeyObjectOptions,
    );
    const options = pss(48);
    const signature = crypto.sign("sha384", DATA, { key: privateKey, ...options });
    assert.equal(importing(publicKey).asymmetricKeyType, "rsa-pss");
    assert.equal(verify({ name: "", key: rsa, hash: "sha384", options }, publicKey, DATA, signature), true);
    assert.throws(
      () => verify({ name: "", key: rsa, hash: "sha256", options }, publicKey, DATA, signature),
      /for other/,
    );
    assert.throws(
      () => verify({ name: "", key: rsa, hash: "sha384", options: pss(20) }, publicKey, DATA, signature),
      /for other/,
    );
    for (const type of ["x25519", "x448"] as const) {
      const { publicKey: exchange } = crypto.generateKeyPairSync(type as "x25519");
      assert.equal(importing(exchange).asymmetricKeyType, type);
    }
  });

  it("have points in any form", () => {
    for (const name of ["prime256v1", "secp384r1", "secp521r1", "secp256k1", "brainpoolP256r1", "brainpoolP512r1"]) {
      const pair = crypto.createECDH(name);
      const point = pair.generateKeys("hex", "uncompressed");
      assert.equal(engine.ECDH.convertKey(pair.getPublicKey("hex", "compressed"), name), point, name);
      assert.throws(() => engine.ECDH.convertKey(`02${"ff".repeat(point.length / 4)}`, name));
    }
    assert.throws(() => engine.ECDH.convertKey("02", "prime192v1"));
  });
});

describe("bytes in the browser", () => {
  const { Buffer: Bytes } = globals;
  const texts = [
    "",
    "plain",
    "ä€\u{1f512}",
    "\ufeffmark",
    "\ud800 alone",
    "QUJD",
    "Q U\nJD==",
    "QUJDR",
    "ab-_",
    "0g1",
    "c3a",
  ];
  const damaged = ["c3", "e282", "f09f98", "ff", "c080", "eda080", "41c342", "f4908080", "e28241"];

  for (const encoding of ["utf8", "latin1", "base64", "hex", "utf16le", "ascii"] as const) {
    it(`are written and read as by Node.js: ${encoding}`, () => {
      for (const text of texts) {
        const [ours, theirs] = [Bytes.from(text, encoding), Buffer.from(text, encoding)];
        assert.equal(Buffer.from(ours).toString("hex"), theirs.toString("hex"), text);
        assert.equal(ours.toString(encoding), theirs.toString(encoding), text);
      }
      for (const hex of damaged) {
        assert.equal(Bytes.from(hex, "hex").toString(encoding), Buffer.from(hex, "hex").toString(encoding), hex);
      }
    });
  }

  it("are read in part, compared and joined as by Node.js", () => {
    const [ours, theirs] = [Bytes.from("0102c3a4ff05", "hex"), Buffer.from("0102c3a4ff05", "hex")];
    for (const [start, end] of [[], [2], [2, 4], [3, 3], [0, 99]] as const) {
      for (const encoding of ["utf8", "hex", "latin1"] as const)
        assert.equal(ours.toString(encoding, start, end), theirs.toString(encoding, start, end));
    }
    assert.equal(ours.equals(Bytes.from(theirs)), true);
    assert.equal(ours.equals(new Uint8Array([1, 2, 0xc3, 0xa4, 0xff, 6]) as typeof ours), false);
    assert.equal(ours.equals(new Uint8Array([1, 2, 0xc3]) as typeof ours), false);
    assert.equal(Bytes.concat([ours, new Uint8Array([9])]).toString("hex"), "0102c3a4ff0509");
    assert.equal(String(ours.subarray(2, 4)), "ä");
  });

  it("are UTF-8 or not", () => {
    for (const hex of [...damaged, "", "41", "c3a4", "efbbbf"])
      assert.equal(buffers.isUtf8(Buffer.from(hex, "hex")), isUtf8(Buffer.from(hex, "hex")), hex);
  });

  it("come in turn after other work", async () => {
    const order: number[] = [];
    await new Promise<void>((resolve) => {
      globals.setImmediate(() => order.push(2));
      globals.setImmediate(() => {
        order.push(3);
        resolve();
      });
      order.push(1);
    });
    assert.deepEqual(order, [1, 2, 3]);
  });
});

describe("packed data in the browser", () => {
  const plain = Buffer.from("certificate ".repeat(20_000));
  const raw = zlib.deflateRawSync(plain);
  const packed = zlib.gzipSync(plain);
  const limit = { maxOutputLength: plain.length };

  it("is unpacked", () => {
    assert.ok(unpackers.inflateRawSync(raw, limit).equals(plain));
    assert.ok(unpackers.gunzipSync(packed, limit).equals(plain));
    assert.equal(unpackers.crc32(plain), zlib.crc32(plain));
  });

  const refused: readonly (readonly [string, () => unknown])[] = [
    ["longer than allowed", () => unpackers.inflateRawSync(raw, { maxOutputLength: plain.length - 1 })],
    ["longer than allowed, in gzip", () => unpackers.gunzipSync(packed, { maxOutputLength: plain.length - 1 })],
    ["truncated", () => unpackers.inflateRawSync(raw.subarray(0, -3), limit)],
    ["empty", () => unpackers.inflateRawSync(Buffer.alloc(0), limit)],
    ["damaged", () => unpackers.inflateRawSync(Buffer.alloc(20, 0xff), limit)],
    [
      "of another checksum",
      () => unpackers.gunzipSync(Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8)]), limit),
    ],
  ];
  for (const [what, unpack] of refused) it(`is refused: ${what}`, () => assert.throws(unpack));
});

describe("domain names in the browser", () => {
  for (const domain of [
    ...[
      "xn--mnchen-3ya.example",
      "xn--80ak6aa92e.com",
      "XN--MNCHEN-3YA.example",
      "*.xn--mnchen-3ya.example",
      "xn--a",
      "xn--",
    ],
    ...[
      "xn--zzzzzz99999",
      "a.xn--mnchen-3ya",
      "xn--fa-hia.example",
      "münchen.example",
      "plain.example",
      "a_b.xn--mnchen-3ya",
    ],
  ]) {
    it(`are those of Node.js: ${domain}`, () => {
      assert.equal(urls.domainToUnicode(domain), domainToUnicode(domain));
      assert.equal(urls.domainToASCII(domain), domainToASCII(domain));
    });
  }
});
