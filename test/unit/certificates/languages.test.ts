import assert from "node:assert/strict";
import { readContainers } from "../../../src/certificates/containers/read";
import { check } from "../../../src/certificates/checks/findings";
import { REFUSED, refusal, type RefusedForm } from "../../../src/certificates/checks/refusers";
import { shownCertificates, toDetailsPage } from "../../../src/certificates/details";
import { EXTENSION_EXPLANATIONS } from "../../../src/certificates/details/extension-explanations";
import type { DetailsPage, DetailsRow, Text } from "../../../src/certificates/details/page";
import { saidText } from "../../../src/certificates/details/said-page";
import { EXTENSION_TITLES } from "../../../src/certificates/extensions/extension-titles";
import { KEY_PURPOSES } from "../../../src/certificates/extensions/key-purpose";
import { QC_NAMES } from "../../../src/certificates/extensions/qc-statements";
import { PART_WORDS } from "../../../src/certificates/exports/file";
import { FIELD_WORDS } from "../../../src/certificates/field-words";
import { KEY_FORMS } from "../../../src/certificates/containers/key-forms";
import { knownAuthorities, knownLogs } from "../../../src/certificates/knowledge/in-use";
import { loadRootPrograms } from "../../../src/certificates/hierarchy/root-programs";
import { orderChain } from "../../../src/certificates/x509/chain";
import { readTextBlocks } from "../../../src/certificates/text-blocks";
import { inWords, localeOf } from "../../../src/words/localize";
import { phrase, type Phrase } from "../../../src/words/phrase";
import { fixture, fixtureNames } from "./fixtures";
import { PSEUDO, remnants } from "../words/pseudo";

const NOW = Date.UTC(2026, 10, 28);

/** The page of a file, in the pseudo-language, with all that the checks find. */
async function pageOf(file: string): Promise<DetailsPage> {
  const contents = readContainers(fixture(file));
  const [authorities, logs, programs] = await Promise.all([knownAuthorities(), knownLogs(), loadRootPrograms()]);
  const given = shownCertificates(contents);
  const chain = orderChain(given, { now: NOW, authorities });
  const { findings, transparency, outlook } = await check(chain, { now: NOW, authorities, given, programs, logs });
  return toDetailsPage(contents, chain, {
    ...{ locale: PSEUDO, now: NOW, findings, logs, transparency, structure: true },
    ...(outlook !== undefined && { outlook }),
  });
}

/** Labels, titles and explanations: texts of ours in which nobody else's stand. */
function ours({ objects }: DetailsPage): string[] {
  const rowTexts = ({ label, explanation = "", values }: DetailsRow): string[] => [
    ...[label, explanation],
    ...values.flatMap((value) => (value.kind === "rows" ? value.rows.flatMap(rowTexts) : [])),
  ];
  return objects.flatMap(({ kind, sections }) => [
    kind,
    ...sections.flatMap(({ title, explanation = "", rows }) => [title, explanation, ...rows.flatMap(rowTexts)]),
  ]);
}

/** Labels that have no language: names of hash functions and of the types of strings, parts of keys. */
const NAMES =
  /^(?:SHA|PKCS|ASN|UTF8String|PrintableString|IA5String|BMPString|TeletexString|UniversalString|NumericString)$/;

/** Rare attributes, types and services have the names of their standards. */
const RARE: ReadonlySet<string> = new Set([
  ...["OCSP", "URI", "UTF8String"],
  ...["Country Of Citizenship", "Date Of Birth", "Smtp UTF8 Mailbox", "Unstructured Name", "User Principal Name"],
]);

const plain = (text: Text): string => text.map((segment) => segment.text).join("");

/** A sentence of ours is between marks, with whatever it quotes. */
const isSaid = (text: string): boolean => text.includes("‹") && text.includes("›");

describe("what is said of certificates, in another language than English", () => {
  const files = [
    ...fixtureNames("extensions", ".pem"),
    ...[
      "containers/request.pem",
      "containers/list.pem",
      "containers/root-first.pem",
      "containers/private-encrypted.pem",
    ],
    ...[
      "containers/public-ed25519.pem",
      "containers/no-password.p12",
      "containers/trusted.pem",
      "containers/mailed.zip",
    ],
  ];
  for (const file of files) {
    it(`is nowhere in English: ${file}`, async () => {
      const page = await pageOf(file);
      const left = ours(page).filter((text) => remnants(text).some((word) => !NAMES.test(word)));
      assert.deepEqual(
        [...new Set(left)].filter((text) => !RARE.has(text)),
        [],
      );
      for (const { text } of page.summary.sentences) assert.ok(isSaid(plain(text)), plain(text));
      for (const { findings } of page.objects) {
        for (const { id, message, advice } of findings) {
          assert.ok(isSaid(message), `${id} ${message}`);
          assert.ok(advice === undefined || (isSaid(advice) && remnants(advice).length === 0), `${id} ${advice}`);
        }
      }
      for (const { message } of page.damage) assert.notEqual(message, "");
    });
  }

  const tables: readonly (readonly [name: string, texts: readonly (Phrase | string)[], stays: RegExp])[] = [
    ["titles of extensions", [...EXTENSION_TITLES.values()], /^$/],
    ["explanations of extensions", [...EXTENSION_EXPLANATIONS.values()], /^$/],
    [
      "purposes of keys",
      [...KEY_PURPOSES.values()],
      /^(?:Microsoft|Netscape|VeriSign|server|gated|cryptography|IPsec|IKE|EAP|over|PPP|LAN)$/,
    ],
    ["statements of qualified certificates", [...QC_NAMES.values()], /^$/],
    ["parts of files", Object.values(PART_WORDS), /^$/],
    ["fields", Object.values(FIELD_WORDS), /^$/],
    ["forms of keys", Object.values(KEY_FORMS).flatMap(({ name, wayOut }) => [name, wayOut]), /^$/],
    [
      "who refuses a form",
      (Object.keys(REFUSED) as RefusedForm[]).map(refusal),
      /^(?:OpenSSL|BoringSSL|Go|GnuTLS|NSS|Java)$/,
    ],
  ];
  for (const [name, texts, stays] of tables) {
    it(`has every word: ${name}`, () => {
      for (const text of texts) {
        const said = inWords(text, PSEUDO);
        assert.deepEqual(
          remnants(said).filter((word) => !stays.test(word)),
          [],
          said,
        );
      }
    });
  }

  it("describes the blocks of a document", () => {
    for (const file of ["containers/root-first.pem", "containers/request.pem", "containers/list.pem"]) {
      for (const { objects } of readTextBlocks(fixture(file).toString("latin1"))) {
        for (const { title, facts } of objects) {
          for (const text of [title, ...facts.map(({ label }) => label)]) {
            assert.ok(inWords(text, PSEUDO).startsWith("SHA-") || isSaid(inWords(text, PSEUDO)), inWords(text, PSEUDO));
          }
        }
      }
    }
  });

  it("marks what is odd in the texts of others, and not the spaces of a language", () => {
    const french = localeOf("fr", (text) =>
      text === "To {0}: it is new" ? "Vers {0}\u00a0: c’est nouveau" : undefined,
    );
    const said = saidText(phrase("To {0}: it is new", "a\u00a0b"), french);
    assert.deepEqual(
      said.map(({ text, mark }) => [text, mark]),
      [
        ["Vers a", undefined],
        ["\u00a0", "invisible"],
        ["b\u00a0: c’est nouveau", undefined],
      ],
    );
  });
});
