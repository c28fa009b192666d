import { isProblem } from "../../../src/orders/import/parsed-order";
import { inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseOrders } from "../../../src/orders/import/parse-orders";
import { readTrackLink } from "../../../src/orders/import/track-link";
import { anyCharacter } from "../any-character";

describe("a link to track an order", () => {
  const taken: [query: string, expected: object][] = [
    ["product=ssl&orderNumber=1234567", { product: "ssl", reference: { kind: "orderNumber", value: "1234567" } }],
    [
      "certificateID=9&product=ssl&label=Shop = East?",
      { product: "ssl", reference: { kind: "certificateID", value: "9" }, label: "Shop = East?" },
    ],
    ["product=mc&baseOrderNumber=77&label=", { product: "mc", reference: { kind: "baseOrderNumber", value: "77" } }],
  ];
  for (const [query, expected] of taken) {
    it(`says ${query}`, () => assert.deepEqual(readTrackLink("/track", query), expected));
  }

  const refused: [what: string, path: string, query: string][] = [
    ["another path", "/untrack", "product=ssl&orderNumber=1"],
    ["no query", "/track", ""],
    ["no product", "/track", "orderNumber=1"],
    ["an unknown product", "/track", "product=tls&orderNumber=1"],
    ["no number", "/track", "product=ssl"],
    ["an empty number", "/track", "product=ssl&orderNumber="],
    ["two numbers", "/track", "product=ssl&orderNumber=1&certificateID=2"],
    ["a number twice", "/track", "product=ssl&orderNumber=1&orderNumber=2"],
    ["a number that is none", "/track", "product=ssl&orderNumber=../x"],
    ["a host", "/track", "product=ssl&orderNumber=1&host=evil.example"],
    ["an account", "/track", "product=ssl&orderNumber=1&account=a"],
    ["a login", "/track", "product=ssl&orderNumber=1&loginName=a&loginPassword=b"],
    ["a collection code", "/track", "product=ccc&collectionCode=abcd1234"],
    ["a tag", "/track", "product=ssl&orderNumber=1&tags=x"],
    ["a key of every object", "/track", "product=ssl&orderNumber=1&__proto__=x"],
    ["a name that is drawn backwards", "/track", "product=ssl&orderNumber=1&label=a\u202eb"],
    ["a name of two lines", "/track", "product=ssl&orderNumber=1&label=a\nb"],
    ["a long name", "/track", `product=ssl&orderNumber=1&label=${"x".repeat(201)}`],
    ["a long query", "/track", `product=ssl&orderNumber=1&label=${"x".repeat(1000)}`],
  ];
  for (const [what, path, query] of refused) {
    it(`is none with ${what}`, () => assert.ok(isProblem(readTrackLink(path, query))));
  }

  const echoes: readonly string[] = [
    "[click](command:evil)=x",
    "product=[click](command:evil)",
    "product=ssl&orderNumber=[click](command:evil)",
    "product=ssl&orderNumber=1&label=\n[click](command:evil)",
    "product=ssl&orderNumber=1&[click](command:evil)=1",
    "[click](command:evil)=1&[click](command:evil)=1",
  ];
  for (const query of echoes) {
    it(`refuses ${JSON.stringify(query)} and repeats nothing of it`, () => {
      const refusal = readTrackLink("/track", query);
      assert.ok(isProblem(refusal));
      assert.doesNotMatch(inEnglish(refusal), /click|command|evil/);
    });
  }

  it("is read whatever it says, and shows nothing unseen", () => {
    const piece = fc.oneof(
      fc.constantFrom("product=ssl", "orderNumber=1", "label=", "&", "=", "\u202e", "certificateID=x"),
      fc.string({ unit: anyCharacter }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const read = readTrackLink("/track", pieces.join(""));
        assert.doesNotMatch(isProblem(read) ? inEnglish(read) : JSON.stringify(read), /\p{C}/u);
      }),
    );
  });
});

describe("a link to track an order in a text", () => {
  const OWN = "vscode://certificate-collector.certificate-collector/track";
  const ssl = { product: "ssl", reference: { kind: "orderNumber", value: "1000007" } };
  const certificate = { product: "mc", reference: { kind: "certificateID", value: "42" }, label: "My Shop" };
  const SSL = `${OWN}?product=ssl&orderNumber=1000007`;
  const CERTIFICATE = `${OWN}?certificateID=42&product=mc&label=My%20Shop`;

  const taken: readonly (readonly [what: string, text: string, orders: readonly object[]])[] = [
    ["alone", SSL, [ssl]],
    ["of the insiders", SSL.replace("vscode:", "vscode-insiders:"), [ssl]],
    ["of another build", SSL.replace("vscode:", "vscodium:"), [ssl]],
    ["in capitals", SSL.replace("vscode://certificate", "VSCode://Certificate"), [ssl]],
    ["with a name", CERTIFICATE, [certificate]],
    ["in brackets, at the end of a sentence", `Please track it (${SSL}).`, [ssl]],
    ["in a mail that numbers something else", `Invoice number: 7654321\nPlease track ${SSL}\n`, [ssl]],
    ["two in lines", `${SSL}\n${CERTIFICATE}`, [ssl, certificate]],
    ["in a web page", `<p><a href="${CERTIFICATE.replaceAll("&", "&amp;")}">Track</a></p>`, [certificate]],
    ["in a column of numbers", `Order number,Product\n${CERTIFICATE},ssl\n${SSL},`, [certificate, ssl]],
    [
      "in a table without headings",
      `a.example\t${SSL}\nb.example\t${CERTIFICATE}`,
      [{ ...ssl, label: "a.example" }, certificate],
    ],
  ];
  for (const [what, text, expected] of taken) {
    it(`is an order ${what}`, () => {
      assert.deepEqual(
        parseOrders(text).orders.map(({ line, ...order }) => (assert.ok(line > 0), order)),
        expected,
      );
    });
  }

  const passed: readonly (readonly [what: string, text: string])[] = [
    ["of another extension", SSL.replace("certificate-collector.", "someone.")],
    ["of an extension whose name begins alike", SSL.replace("/track", "-x/track")],
    ["of another extension, with a number in its path", "vscode://someone.else/orders/1000007"],
    ["to something else", SSL.replace("/track", "/untrack")],
    ["with an account", `${SSL}&account=a`],
    ["with a login", `${SSL}&loginName=a&loginPassword=b`],
    ["with two numbers", `${SSL}&certificateID=1000008`],
    ["without a product", `${OWN}?orderNumber=1000007`],
    ["with an encoded field", `${SSL}%26host=evil.example`],
    ["without a proper encoding", `${SSL}&label=%E0%A4%A&host=1`],
    ["too long", `${SSL}&label=${"x".repeat(10_000)}`],
  ];
  for (const [what, text] of passed) {
    it(`is not an order ${what}`, () => {
      assert.deepEqual(parseOrders(text).orders, []);
      assert.deepEqual(parseOrders(`Order number\n${text}`).orders, []);
    });
  }
});
