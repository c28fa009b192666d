import assert from "node:assert/strict";
import { ENGINE_LETTERS, formIn, REFUSED, type Engine, type RefusedForm } from "../../src/certificates/checks/refusers";
import { implicit } from "../../src/certificates/asn1/tag";
import {
  writeAlgorithm,
  writeBitString,
  writeContext,
  writeNull,
  writeSequence,
} from "../../src/certificates/asn1/der-writer";
import { REFUSED_FORMS } from "../unit/strangers/refused-forms";
import {
  ascii,
  constraintsOf,
  dnsNames,
  extensionOfType,
  ISSUER,
  TRUE,
  usagesOf,
  utcTime,
  writtenCertificate,
  type WrittenFields,
} from "../unit/strangers/written-certificate";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { ENGINES, writeCases, type Case } from "./engines";
import { ALL_PROGRAMS, run } from "./program";

const critical = (oid: string, value: Buffer): WrittenFields => ({
  extensions: [dnsNames("case.example.test"), extensionOfType(oid, value, TRUE)],
});

const POINTS = writeSequence(
  writeSequence(writeContext(0, writeContext(0, ascii(implicit(6), "http://a.test/a.crl")))),
);
const rawKey = (oid: string, bytes: number): Buffer =>
  writeSequence(writeAlgorithm(oid), writeBitString(Buffer.alloc(bytes, 0x42)));

const INPUTS: readonly (readonly [what: string, fields: WrittenFields, form: RefusedForm | undefined])[] = [
  ["nothing wrong", {}, undefined],
  ...REFUSED_FORMS.map(([what, fields, , , form]) => [what, fields, form] as const),
  [
    "a critical alternative name of the issuer",
    critical("2.5.29.18", writeSequence(ascii(implicit(2), "a.test"))),
    "critical",
  ],
  ["a critical extension that nobody knows", critical("1.2.3.4", writeNull()), "critical"],
  ["critical distribution points", critical("2.5.29.31", POINTS), "critical-boring"],
  ["a key of ML-KEM-512", { publicKey: rawKey("2.16.840.1.101.3.4.4.1", 800) }, "key-kind"],
  ["a key of Ed448", { publicKey: rawKey("1.3.101.113", 57) }, "key-kind"],
  ["a critical “no check”", critical("1.3.6.1.5.5.7.48.1.5", writeNull()), "critical-boring"],
];

/**
 * NSS knows no Ed25519 key, whatever its form. About critical extensions the findings name OpenSSL and BoringSSL alone,
 * about kinds of keys BoringSSL alone.
 */
const isAsked = (engine: Engine, what: string, form: RefusedForm | undefined): boolean =>
  !(engine === "NSS" && what.includes("Ed25519")) &&
  !(form?.startsWith("critical") === true && !engine.endsWith("SSL")) &&
  !(form === "key-kind" && engine !== "BoringSSL");

/** Valid for long, since the engines look at the clock. */
const FAR: WrittenFields = { notAfter: utcTime("491231235959Z") };
const caseOf = (fields: WrittenFields): Case => {
  const issuer = fields.issuer ?? ISSUER;
  const root = { ...FAR, issuer, subject: issuer, extensions: [constraintsOf(TRUE), usagesOf(1, 0x06)] };
  return {
    der: writtenCertificate({ ...FAR, ...fields }),
    issuer: writtenCertificate(root),
    ours: fields.publicKey === undefined,
  };
};

/** What the table says of it. */
function expected(engine: Engine, form: RefusedForm | undefined): "unread" | "unused" | "taken" {
  const letter = Object.entries(ENGINE_LETTERS).find(([, name]) => name === engine)?.[0] ?? "";
  const row: string = form === undefined ? "" : REFUSED[form];
  if (row.includes(letter)) return "unread";
  // NSS is asked to read, no more.
  return row.includes(letter.toLowerCase()) && engine !== "NSS" ? "unused" : "taken";
}

/** Go before 1.23 takes object identifiers and serial numbers that it refuses since. */
const isOldGo = (engine: Engine, program: string): boolean =>
  engine === "Go" && Number(/go1\.(\d+)/.exec(run(program, "version").output)?.[1]) < 23;

describe("Who refuses a certificate is as the table says:", () => {
  for (const [engine, { program, ask }] of Object.entries(ENGINES) as [Engine, (typeof ENGINES)[Engine]][]) {
    if (program === undefined) {
      const missing = `${engine} (is not installed here)`;
      if (engine === "BoringSSL") it(engine, () => assert.fail("The package “bun” is missing or does not run: npm ci"));
      // No system's packages have a current Go.
      else if (!ALL_PROGRAMS || engine === "Go") it.skip(missing);
      else it(missing, () => assert.fail(missing));
      continue;
    }
    it(engine, async function () {
      this.timeout(180_000);
      const folder = await TemporaryFolder.make("engines");
      try {
        const cases = INPUTS.map(([, fields]) => caseOf(fields));
        writeCases(cases, folder.path);
        const said = ask(cases, folder.path);
        const old = isOldGo(engine, program);
        const differing = INPUTS.flatMap(([what, , form], index) => {
          const right = expected(engine, form);
          const { answer, why } = said[index]!;
          if (answer === right || !isAsked(engine, what, form) || (old && /OID|purpose/.test(what))) return [];
          return [`${what}: ${answer} instead of ${right} (${why.slice(-200)})`];
        });
        assert.deepEqual(differing, []);
      } finally {
        await folder.remove();
      }
    });
  }

  it("and each row of the table has a case", () => {
    const asked = new Set(INPUTS.map(([, , form]) => form));
    assert.deepEqual(
      Object.keys(REFUSED).filter((form) => !asked.has(form as RefusedForm)),
      [],
    );
    assert.equal(formIn("integer", "subject"), "integer");
  });
});
