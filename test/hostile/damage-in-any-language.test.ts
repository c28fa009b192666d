import assert from "node:assert/strict";
import { zipSync } from "fflate";
import type { Asn1Node } from "../../src/certificates/asn1/asn1-node";
import {
  writeAlgorithm,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
} from "../../src/certificates/asn1/der-writer";
import { diagnosticsOf } from "../../src/certificates/checks/diagnostics";
import { identifyKeys } from "../../src/certificates/checks/private-key";
import { readContainers } from "../../src/certificates/containers/read";
import { shownCertificates, toDetailsPage } from "../../src/certificates/details";
import type { DetailsPage, DetailsRow, Text } from "../../src/certificates/details/page";
import { obstacleOfPkcs12 } from "../../src/certificates/pkcs12/open";
import { knownAuthorities } from "../../src/certificates/knowledge/in-use";
import { pemText } from "../../src/certificates/pem-text";
import { readTextBlocks } from "../../src/certificates/text-blocks";
import { orderChain } from "../../src/certificates/x509/chain";
import { inWords } from "../../src/words/localize";
import type { Phrase } from "../../src/words/phrase";
import { writtenCertificate } from "../unit/strangers/written-certificate";
import { encryptedKeyInfo, encryptedSafe, pfx, schemeOf, scryptOf } from "../unit/strangers/protected";
import { inPseudo, PSEUDO, remnants } from "../unit/words/pseudo";
import { fixture } from "../unit/certificates/fixtures";

const NOW = Date.UTC(2026, 10, 28);
const LEAF = fixture("containers/leaf.der");
const PEM = pemText(LEAF);

/** What standards call the parts and types of an encoding: the same in every language. */
const STANDARD: ReadonlySet<string> = new Set([
  ...["SEQUENCE", "SET", "INTEGER", "BOOLEAN", "NULL", "OBJECT", "IDENTIFIER", "BIT", "OCTET", "STRING"],
  ...["ENUMERATED", "EXTERNAL", "CHARACTER", "UNIVERSAL", "APPLICATION", "ObjectDescriptor", "PrintableString"],
  ...["GraphicString", "GeneralString", "UniversalString", "BMPString", "UTCTime", "GeneralizedTime"],
  ...["TBSCertificate", "Certificate", "Validity", "Extension", "extnID", "extnValue", "extensions", "version"],
  ...["SubjectPublicKeyInfo", "algorithm", "subjectPublicKey", "RelativeDistinguishedName", "AttributeTypeAndValue"],
  ...["AttributeType", "GeneralName", "AuthorityKeyIdentifier", "DEK", "Info", "scrypt", "CERTIFICATE"],
  ...["PrivateKeyUsagePeriod", "encryptionAlgorithm", "parameters"],
]);

const plain = (text: Text): string => text.map((part) => part.text).join("");
const problems = (nodes: readonly Asn1Node<string>[]): string[] =>
  nodes.flatMap(({ type, problem, headerLength, children = [] }) => [
    ...(problem === undefined ? [] : [problem]),
    ...(problem !== undefined && headerLength === 0 ? [type] : []),
    ...problems(children),
  ]);

const PROBLEM = inPseudo("Problem");
const NAMELESS = inPseudo("(no name)");
const COULD_NOT = inPseudo("could not be read: {0}").split("{0}")[0] ?? assert.fail();

/** What a page says of damage: in its notes, its sentences and rows, and in its trees. */
function told({ damage, objects, summary }: DetailsPage): string[] {
  const inRow = ({ label, values }: DetailsRow): string[] =>
    values.flatMap((value) => {
      if (value.kind === "rows") return value.rows.flatMap(inRow);
      if (value.kind === "tree") return problems(value.nodes);
      const words = value.kind === "text" ? plain(value.text) : "";
      return label === PROBLEM || words.startsWith(COULD_NOT) ? [words] : [];
    });
  return [
    ...damage.map(({ message }) => message),
    ...(objects.length === 0 ? summary.sentences.map(({ text }) => plain(text)) : []),
    ...objects.flatMap(({ sections }) => sections.flatMap(({ rows }) => rows.flatMap(inRow))),
  ];
}

function toldOf(bytes: Uint8Array): string[] {
  const contents = readContainers(bytes);
  const page = toDetailsPage(contents, orderChain(shownCertificates(contents), { now: NOW }), {
    ...{ locale: PSEUDO, now: NOW, structure: true },
  });
  const blocks = readTextBlocks(Buffer.from(bytes).toString("latin1")).flatMap(({ objects }) =>
    objects.flatMap(({ kind, facts }) =>
      kind === "unreadable" ? facts.flatMap((fact) => ("text" in fact ? [inWords(fact.text, PSEUDO)] : [])) : [],
    ),
  );
  return [...told(page), ...blocks];
}

/** @param data what is of a case alone: names of files, commands, products */
const english = (text: string, data = /^$/): string[] =>
  remnants(text.replace(new RegExp(`${data.source}|UTF8String|IA5String`, "g"), "")).filter(
    (word) => !STANDARD.has(word),
  );

describe("damage, in another language than English", () => {
  const zip = (change: (bytes: Buffer, directory: number) => void): Buffer => {
    const bytes = Buffer.from(zipSync({ "shop.crt": Buffer.from(PEM) }));
    change(bytes, bytes.indexOf("PK\u0001\u0002"));
    return bytes;
  };
  const store = Buffer.concat([Buffer.from("feedfeed0000000200000001", "hex"), Buffer.from("00000009", "hex")]);
  const SHOP = /shop\.crt/;
  const table: readonly (readonly [what: string, bytes: Buffer, data?: RegExp])[] = [
    ["nothing", Buffer.alloc(0)],
    ["nothing that is known", Buffer.from("Hello, this is a text.")],
    ["DER that is cut off", LEAF.subarray(0, 300)],
    ["DER with more behind it", Buffer.concat([LEAF, Buffer.from("0500", "hex")])],
    ["PEM without its end", Buffer.from(PEM.slice(0, 500))],
    ["PEM without its beginning", Buffer.from(PEM.slice(PEM.indexOf("\n")) + PEM)],
    ["PEM with two labels", Buffer.from(PEM.replace("END CERTIFICATE", "END X509 CRL")), /X509 CRL/],
    ["PEM with a character that is not base64", Buffer.from(PEM.replace("\nMII", "\nM!I"))],
    ["PEM of nothing", Buffer.from("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")],
    ["a ZIP that is cut off", zip(() => undefined).subarray(0, 200)],
    ["a ZIP with a damaged directory", zip((bytes, at) => bytes.writeUInt8(0, at))],
    ["a ZIP with a wrong checksum", zip((bytes, at) => bytes.writeUInt32LE(7, at + 16)), SHOP],
    ["a ZIP that is encrypted", zip((bytes, at) => bytes.writeUInt16LE(1, at + 8)), SHOP],
    ["a ZIP that is packed oddly", zip((bytes, at) => bytes.writeUInt16LE(14, at + 10)), /shop\.crt|LZMA/],
    ["a ZIP with too much in it", zip((bytes, at) => bytes.writeUInt32LE(99_999_999, at + 24)), SHOP],
    ["a ZIP whose file is elsewhere", zip((bytes, at) => bytes.writeUInt32LE(9, at + 42)), SHOP],
    ["a key store that is cut off", store],
    ["a key store of an unknown kind", Buffer.concat([store, Buffer.alloc(60)])],
    ["a packed file", Buffer.concat([Buffer.from("377abcaf271c", "hex"), Buffer.alloc(300, 0x5a)]), /Zip/],
    ["a program", Buffer.concat([Buffer.from("4d5a90", "hex"), Buffer.alloc(300, 0x5a)]), /Windows/],
    ["a vault", Buffer.from("$ANSIBLE_VAULT;1.1;AES256\n6162\n"), /Ansible Vault|ansible-vault view FILE/],
    ["a mail of words", Buffer.from("MIME-Version: 1.0\nContent-Type: text/plain\n\nHello\n")],
  ];
  for (const [what, bytes, data] of table) {
    it(`is told without an English word: ${what}`, async () => {
      const texts = toldOf(bytes);
      const authorities = await knownAuthorities();
      const found = await diagnosticsOf(readContainers(bytes), { now: NOW, authorities }, PSEUDO);
      texts.push(
        ...found.filter(({ finding }) => finding.id.startsWith("form.")).map(({ finding }) => finding.message),
      );
      assert.ok(texts.length > 0);
      for (const text of texts) assert.deepEqual(english(text, data), [], text);
    });
  }

  it("is told without an English word wherever a certificate is damaged", () => {
    const seen = new Set<string>();
    for (let at = 0; at < LEAF.length; at++) {
      for (const mask of [0x01, 0x1f, 0x80]) {
        const bytes = Buffer.from(LEAF);
        bytes.writeUInt8(bytes.readUInt8(at) ^ mask, at);
        for (const text of toldOf(bytes)) {
          const kind = text.replace(/\d+/g, "1");
          if (seen.has(kind)) continue;
          seen.add(kind);
          assert.deepEqual(english(text), [], text);
        }
      }
    }
    assert.ok(seen.size > 50, [...seen].join("\n"));
  });

  const scheme = (identifier: string) => writeAlgorithm(identifier, writeSequence());
  const schemes: readonly (readonly [what: string, scheme: Buffer])[] = [
    ["that is unknown", scheme("1.2.3.4")],
    ["that is old", scheme("1.2.840.113549.1.12.1.1")],
    ["with too much work", schemeOf(scryptOf(2 ** 17, 8, 100))],
    ["with too much memory", schemeOf(scryptOf(2 ** 18, 8, 1))],
    ["with a wrong number", schemeOf(scryptOf(3, 8, 1))],
    ["without its parameters", writeSequence(writeObjectIdentifier("1.2.840.113549.1.5.13"))],
  ];
  const COMMAND = /openssl pkcs(?:12|8) [\w .-]+|pbeWith[\w-]+|aes-\d+-cbc/;
  const obstacles = (said: Phrase | string | undefined): string[] =>
    said === undefined ? [] : english(inWords(said, PSEUDO), COMMAND);
  for (const [what, algorithm] of schemes) {
    it(`is told without an English word: a protection ${what}`, async () => {
      const [key] = identifyKeys(encryptedKeyInfo({ scheme: algorithm, data: Buffer.alloc(48) }));
      assert.ok(key?.state === "encrypted" && key.obstacle !== undefined);
      assert.deepEqual(obstacles(key.obstacle), [], inWords(key.obstacle, PSEUDO));
      const file = await pfx(writeSequence(encryptedSafe({ scheme: algorithm, data: Buffer.alloc(48) })), undefined);
      const obstacle = obstacleOfPkcs12(file);
      assert.ok(obstacle !== undefined);
      assert.deepEqual(obstacles(obstacle), [], inWords(obstacle, PSEUDO));
    });
  }

  it("is told without an English word: a key with a damaged header", () => {
    const header = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n";
    const body = writeOctetString(Buffer.alloc(46)).toString("base64");
    const text = `-----BEGIN RSA PRIVATE KEY-----\n${header}${body}\n-----END RSA PRIVATE KEY-----\n`;
    const [key] = identifyKeys(Buffer.from(text));
    assert.ok(key?.state === "encrypted" && key.obstacle !== undefined);
    assert.deepEqual(obstacles(key.obstacle), [], inWords(key.obstacle, PSEUDO));
  });

  it("has words for a certificate without a name", () => {
    const contents = readContainers(writtenCertificate({ subject: writeSequence(), extensions: [] }));
    const chain = orderChain(shownCertificates(contents), { now: NOW });
    const { title, tree } = toDetailsPage(contents, chain, { locale: PSEUDO, now: NOW });
    assert.deepEqual([plain(title), ...tree.map(({ label }) => plain(label))], [NAMELESS, NAMELESS]);
  });
});
