import assert from "node:assert/strict";
import { identifyKeys } from "../../../src/certificates/checks/private-key";
import { readTextBlocks } from "../../../src/certificates/text-blocks";
import { DocumentBlocks } from "../../../src/editor/languages/document-blocks";
import { blockLenses, hasPrivateKeys } from "../../../src/editor/languages/pem-lens";
import { english } from "../../../src/words/localize";
import { fixture } from "../certificates/fixtures";

const locale = { localize: english, language: "en" };
const text = (name: string): string => fixture(name).toString();

/** While the test chain was valid. */
const NOW = Date.UTC(2027, 6, 1, 12);

function lensesOf(pem: string, now = NOW) {
  const blocks = readTextBlocks(pem);
  return blockLenses(blocks, hasPrivateKeys(blocks) ? identifyKeys(Buffer.from(pem)) : [], locale, now);
}

describe("the lens of a PEM block", () => {
  const chain = readTextBlocks(text("containers/root-first.pem")).map(({ objects: [object] }) => object);
  const days = chain.map((object) =>
    new Date(object?.validity?.notAfter ?? NaN).toLocaleDateString("en", { dateStyle: "medium" }),
  );
  const starts = chain.map((object) =>
    new Date(object?.validity?.notBefore ?? NaN).toLocaleDateString("en", { dateStyle: "medium" }),
  );
  const names = ["Example Root", "Example Issuing CA", "www.example.test"];
  const whole = text("containers/root-first.pem");
  const words: readonly [what: string, pem: string, words: readonly string[], now?: number][] = [
    ["certificates", whole, names.map((name, index) => `${name} · until ${days[index] ?? ""}`)],
    ["expired ones", whole, names.map((name, index) => `${name} · expired on ${days[index] ?? ""}`), Date.UTC(2300, 0)],
    ["ones that begin later", whole, names.map((name, index) => `${name} · from ${starts[index] ?? ""}`), 0],
    ["a request", text("containers/request.pem"), ["Certificate request · request.example.test"]],
    ["a revocation list", text("containers/list.pem"), ["Revocation list · Example Issuing CA"]],
    ["a public key", text("containers/public-ed25519.pem"), ["Public key · Ed25519"]],
    ["a private key", text("containers/private-rsa.pem"), ["Private key · RSA 1024"]],
    ["an encrypted key", text("containers/private-encrypted.pem"), ["Private key · encrypted"]],
    [
      "keys among certificates",
      `${text("containers/private-ec-alone.pem")}${text("containers/public-ed25519.pem")}${text("containers/private-rsa-encrypted.pem")}`,
      ["Private key · EC P-256", "Public key · Ed25519", "Private key · encrypted"],
    ],
    [
      "several in one block",
      text("containers/certs-only.p7b"),
      [`www.example.test · until ${days[2] ?? ""} and 2 more`],
    ],
    ["what is damaged", "-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----\n", ["Damaged"]],
    ["a block that is cut", "-----BEGIN CERTIFICATE-----\nMI*B\n-----END CERTIFICATE-----\n", ["Damaged"]],
    ["other parameters", "-----BEGIN EC PARAMETERS-----\nMAMCAQA=\n-----END EC PARAMETERS-----\n", ["ASN.1"]],
    ["nothing", "no certificates here", []],
  ];
  for (const [what, pem, expected, now] of words) {
    it(`says of ${what} what it is`, () => {
      assert.deepEqual(
        lensesOf(pem, now).map((lens) => lens.words),
        expected,
      );
    });
  }

  it("opens the page at its certificate, and of a private key it opens nothing", () => {
    const lenses = lensesOf(`${text("containers/private-rsa.pem")}${whole}`);
    assert.deepEqual(
      lenses.map(({ hasDetails, certificate }) => [hasDetails, certificate?.length]),
      [
        [false, undefined],
        [true, 64],
        [true, 64],
        [true, 64],
      ],
    );
    assert.equal(new Set(lenses.map(({ certificate }) => certificate)).size, 4);
  });

  it("shows names as text, and not at any length", () => {
    const [lens] = lensesOf(text("names.pem"));
    assert.ok(lens !== undefined && lens.words.length < 150);
    assert.doesNotMatch(lens.words, /\$\(|\]\(|\p{C}/u);
  });

  it("is above the first hundred blocks", () => {
    const [block] = /-----BEGIN[^]+?-----END CERTIFICATE-----\n/.exec(whole) ?? [""];
    assert.equal(lensesOf(block.repeat(150)).length, 100);
  });
});

describe("the blocks of a document", () => {
  it("are read once per version, whoever asks, and of a document that is too large not at all", async () => {
    const asked: string[] = [];
    const signals: (AbortSignal | undefined)[] = [];
    const blocks = new DocumentBlocks({
      run: ((task: string, _: unknown, signal?: AbortSignal) => {
        asked.push(task);
        signals.push(signal);
        return Promise.resolve([]);
      }) as ConstructorParameters<typeof DocumentBlocks>[0]["run"],
    });
    const document = { version: 1, getText: () => "a text" };
    for (let time = 0; time < 5; time++) await blocks.of(document);
    assert.deepEqual(asked, ["textBlocks"]);
    for (let time = 0; time < 5; time++) await blocks.keysOf(document);
    assert.deepEqual(asked, ["textBlocks", "keyFiles"]);
    document.version = 2;
    await blocks.of(document);
    await blocks.of(document);
    assert.deepEqual(asked, ["textBlocks", "keyFiles", "textBlocks"]);
    assert.equal(signals[0]?.aborted, true, "the reading of an older version is given up");
    const early = blocks.of(document);
    document.version = 3;
    assert.equal((await Promise.all([early, blocks.of(document)])).length, 2);
    assert.equal(asked.pop(), "textBlocks");
    assert.equal(asked.length, 3, "an older version and a newer one are read once each");
    await blocks.of({ version: 1, getText: () => "a".repeat(4 * 1024 * 1024 + 1) });
    assert.equal(asked.length, 3);
  });
});
