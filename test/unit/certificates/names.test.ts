import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeCertificate } from "../../../src/certificates/x509/certificate";
import { unicodeForm } from "../../../src/certificates/names/international-domain";
import { ipAddressText } from "../../../src/certificates/names/ip-address";
import { attributeValues, shortName } from "../../../src/certificates/names/name";
import { segments } from "../../../src/certificates/names/suspicious-text";
import { pemFixture } from "./fixtures";

describe("names", () => {
  const { subject, issuer, validity } = decodeCertificate(pemFixture("names.pem"));

  it("every string type and several attributes of one RDN", () => {
    const hostile = "a\0b\r\n\u202egro.elpmaxe\u202c \u200bzero";
    assert.deepEqual(
      subject.rdns.map((rdn) =>
        rdn.map(({ oid, keyword, value, stringType, unicode }) => [
          keyword ?? oid,
          value,
          stringType,
          ...(unicode === undefined ? [] : [unicode]),
        ]),
      ),
      [
        [["C", "DE", "PrintableString"]],
        [["DC", "example", "IA5String"]],
        [["O", "Bücher, Töne & Söhne", "BMPString"]],
        // Written as UTF-8 under the tag of a TeletexString, which OpenSSL reads as Latin-1.
        [["OU", "Latein é", "TeletexString"]],
        [["L", "😀 Köln", "UniversalString"]],
        [["serialNumber", "12 34", "NumericString"]],
        [
          ["jurisdictionC", "DE", "PrintableString"],
          ["businessCategory", "Private Organization", "UTF8String"],
        ],
        [["jurisdictionST", "Bayern", "UTF8String"]],
        [["organizationIdentifier", "NTRDE-HRB 1", "UTF8String"]],
        [["markType", "Registered Mark", "UTF8String"]],
        [["trademarkIdentifier", "018265322", "UTF8String"]],
        [["1.2.3.4.5", "unknown type", "UTF8String"]],
        [["title", ' #"quoted" <a>+b;c=d\\e ', "UTF8String"]],
        [["description", hostile, "UTF8String"]],
        // DER sorts the attributes of a set by their encoding: the shorter one first.
        [
          ["CN", "pаypal.com", "UTF8String"],
          ["CN", "xn--80ak6aa92e.example", "UTF8String", "аррӏе.example"],
        ],
      ],
    );
  });

  it("the string of RFC 4514, as OpenSSL writes it", () => {
    assert.equal(
      subject.text,
      [
        "CN=xn--80ak6aa92e.example+CN=pаypal.com",
        "description=a\\00b\\0D\\0A\u202egro.elpmaxe\u202c \u200bzero",
        'title=\\ #\\"quoted\\" \\<a\\>\\+b\\;c=d\\\\e\\ ',
        "1.2.3.4.5=#0C0C756E6B6E6F776E2074797065",
        "trademarkIdentifier=018265322",
        "markType=Registered Mark",
        "organizationIdentifier=NTRDE-HRB 1",
        "jurisdictionST=Bayern",
        "businessCategory=Private Organization+jurisdictionC=DE",
        "serialNumber=12 34",
        "L=😀 Köln",
        "OU=Latein é",
        "O=Bücher\\, Töne & Söhne",
        "DC=example",
        "C=DE",
      ].join(),
    );
  });

  it("an empty name, and the first and last times there are", () => {
    assert.deepEqual([issuer, shortName(issuer)], [{ text: "", rdns: [] }, ""]);
    assert.deepEqual(validity, { notBefore: Date.UTC(1950, 0), notAfter: Date.UTC(9999, 11, 31, 23, 59, 59) });
  });

  it("what a person calls it", () => {
    assert.equal(shortName(subject), "pаypal.com");
    assert.deepEqual(attributeValues(subject, "2.5.4.3"), ["pаypal.com", "xn--80ak6aa92e.example"]);
  });
});

describe("IP addresses", () => {
  const table: [string, string | undefined][] = [
    ["c0000201", "192.0.2.1"],
    ["00000000", "0.0.0.0"],
    ["20010db8000000000000000000000001", "2001:db8::1"],
    ["00000000000000000000000000000000", "::"],
    ["00000000000000000000000000000001", "::1"],
    ["20010000000000000001000000000000", "2001::1:0:0:0"],
    ["20010db8000100010001000100000001", "2001:db8:1:1:1:1:0:1"],
    ["c0000200ffffff00", "192.0.2.0/24"],
    ["0000000000000000", "0.0.0.0/0"],
    ["c0000200ff00ff00", "192.0.2.0/255.0.255.0"],
    [`20010db8${"00".repeat(12)}ffffffff${"00".repeat(12)}`, "2001:db8::/32"],
    ["c00002", undefined],
    ["", undefined],
  ];
  for (const [hex, expected] of table)
    it(`${hex} is ${expected}`, () => assert.equal(ipAddressText(Buffer.from(hex, "hex")), expected));
});

describe("internationalised domains", () => {
  const table: [string, string | undefined][] = [
    ["xn--mnchen-3ya.example", "münchen.example"],
    ["*.XN--mnchen-3ya.example", "*.münchen.example"],
    ["mail@xn--mnchen-3ya.example", "mail@münchen.example"],
    ["_sip.xn--mnchen-3ya.example", "_sip.münchen.example"],
    ["example.test", undefined],
    ["xn--a.example", undefined],
    ["xn--mnchen-3ya.example/path", undefined],
    [`xn--mnchen-3ya.${"a".repeat(320)}`, undefined],
  ];
  for (const [name, expected] of table) it(name.slice(0, 40), () => assert.equal(unicodeForm(name), expected));
});

describe("text that is not what it seems", () => {
  const marks = (text: string, kind?: "domain") =>
    segments(text, kind).map(({ text: part, mark, note, twin }) =>
      mark === undefined ? part : `${mark}:${[note, twin].filter((each) => each !== undefined).join(" ")}`,
    );
  const table: [string, "domain" | undefined, string[]][] = [
    ["plain", undefined, ["plain"]],
    ["", undefined, []],
    ["Müller 日本", undefined, ["Müller 日本"]],
    ["a\u0000b", undefined, ["a", "control:U+0000", "b"]],
    ["a\u0085", undefined, ["a", "control:U+0085"]],
    ["\u202eabc\u202c", undefined, ["bidi:U+202E", "abc", "bidi:U+202C"]],
    ["a\u200bb\u00a0c", undefined, ["a", "invisible:U+200B", "b", "invisible:U+00A0", "c"]],
    ["a\u{e0041}", undefined, ["a", "invisible:U+E0041"]],
    ["\ufffd", undefined, ["damaged:U+FFFD"]],
    ["pаypal", undefined, ["p", "lookalike:U+0430 a", "ypal"]],
    ["Москва", undefined, ["Москва"]],
    ["сор", undefined, ["сор"]],
    ["сор.example", "domain", ["lookalike:U+0441 c", "lookalike:U+043E o", "lookalike:U+0440 p", ".example"]],
    ["москва.example", "domain", ["москва.example"]],
    ["ｐaypal", undefined, ["lookalike:U+FF50 p", "aypal"]],
  ];
  for (const [text, kind, expected] of table)
    it(JSON.stringify(text), () => assert.deepEqual(marks(text, kind), expected));

  it("changes nothing", () => {
    const characters = fc.constantFrom(..."ab .-\u0000\u202e\u200b\ufffdаоМéß日😀\u{e0041}\ud800".split(/(?:)/u));
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 60 }), (parts) => {
        const text = parts.join("");
        const shown = segments(text, "domain").map((part) => part.text);
        assert.equal(shown.join(""), text);
      }),
      { numRuns: 300 },
    );
    const long = "\u202e".repeat(30_000);
    assert.equal(
      segments(long)
        .map((part) => part.text)
        .join(""),
      long,
    );
  });
});
