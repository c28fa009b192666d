import assert from "node:assert/strict";
import { ENGINE_LETTERS, formIn, REFUSED, type Engine, type RefusedForm } from "../../src/certificates/checks/refusers";
import { writeAlgorithm, writeBitString, writeSequence } from "../../src/certificates/asn1/der-writer";
import { FORM_CASES } from "../unit/strangers/form-cases";
import { REFUSED_FORMS } from "../unit/strangers/refused-forms";
import {
  constraintsOf,
  ISSUER,
  TRUE,
  usagesOf,
  utcTime,
  writtenCertificate,
  type WrittenFields,
} from "../unit/strangers/written-certificate";
import { BUN_MISSING } from "../workbench/bun";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { ENGINES, writeCases, type Case } from "./engines";
import { ALL_PROGRAMS, run } from "./program";

const rawKey = (oid: string, bytes: number): Buffer =>
  writeSequence(writeAlgorithm(oid), writeBitString(Buffer.alloc(bytes, 0x42)));

interface Input {
  readonly what: string;
  readonly fields: WrittenFields;
  readonly form: RefusedForm;
  /** Letters of those that refuse it. */
  readonly row: string;
}
const input = (what: string, fields: WrittenFields, form: RefusedForm, row: string = REFUSED[form]): Input => ({
  ...{ what, fields, form, row },
});

const INPUTS: readonly Input[] = [
  input("nothing wrong", {}, "none"),
  ...REFUSED_FORMS.map(([what, fields, , , form]) => input(what, fields, form)),
  ...FORM_CASES.map(([what, fields, , form, row]) => input(what, fields, form, row)),
  input("a key of ML-KEM-512", { publicKey: rawKey("2.16.840.1.101.3.4.4.1", 800) }, "key-kind"),
  input("a key of Ed448", { publicKey: rawKey("1.3.101.113", 57) }, "key-kind"),
];

/** NSS knows no Ed25519 key, whatever its form. About kinds of keys the findings name BoringSSL alone. */
const isAsked = (engine: Engine, { what, form }: Input): boolean =>
  !(engine === "NSS" && what.includes("Ed25519")) && !(form === "key-kind" && engine !== "BoringSSL");

/** The versions of the table, and what may be otherwise in those before them. */
const VERSIONS: Readonly<Partial<Record<Engine, readonly [version: number, option: string, otherwise: RegExp]>>> = {
  OpenSSL: [3_006, "version", /without seconds|negative path length/],
  Go: [
    1_027,
    "version",
    /OID|purpose|surrogates|three bytes|value that is|in pieces|negative serial|policy twice|policy (mapping|constraint)|inhibition|tag of its own|critical ((Authority|Subject) Key|list of places)|negative path/,
  ],
  Java: [25_000, "-version", /surrogates|indefinite|no usages/],
};

/** The cases of which a program may think otherwise, since it is older than the table. */
function otherwiseIn(engine: Engine, program: string): RegExp | undefined {
  const [version, option, otherwise] = VERSIONS[engine] ?? [];
  if (version === undefined || option === undefined) return undefined;
  const [, major, minor] = /(\d+)\.(\d+)/.exec(run(program, option).output) ?? [];
  return Number(major) * 1000 + Number(minor) < version ? otherwise : undefined;
}

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

/** What a row says of an engine. */
function expected(engine: Engine, row: string): "unread" | "unused" | "taken" {
  const letter = Object.entries(ENGINE_LETTERS).find(([, name]) => name === engine)?.[0] ?? "";
  if (row.includes(letter)) return "unread";
  // NSS is asked to read, no more.
  return row.includes(letter.toLowerCase()) && engine !== "NSS" ? "unused" : "taken";
}

describe("Who refuses a certificate is as the table says:", () => {
  for (const [engine, { program, ask }] of Object.entries(ENGINES) as [Engine, (typeof ENGINES)[Engine]][]) {
    if (program === undefined) {
      const missing = `${engine} (is not installed here)`;
      if (engine === "BoringSSL") it(engine, () => assert.fail(BUN_MISSING));
      else if (!ALL_PROGRAMS) it.skip(missing);
      else it(missing, () => assert.fail(missing));
      continue;
    }
    it(engine, async function () {
      this.timeout(180_000);
      const folder = await TemporaryFolder.make("engines");
      try {
        const cases = INPUTS.map(({ fields }) => caseOf(fields));
        writeCases(cases, folder.path);
        const said = ask(cases, folder.path);
        const otherwise = otherwiseIn(engine, program);
        const differing = INPUTS.flatMap((asked, index) => {
          const { what, row } = asked;
          const right = expected(engine, row);
          const { answer, why } = said[index]!;
          if (answer === right || !isAsked(engine, asked) || otherwise?.test(what) === true) return [];
          return [`${what}: ${answer} instead of ${right} (${why.slice(-200)})`];
        });
        assert.deepEqual(differing, []);
      } finally {
        await folder.remove();
      }
    });
  }

  it("and each row of the table has a case, whose engines are in the row too", () => {
    const asked = new Set(INPUTS.map(({ form }) => form));
    assert.deepEqual(
      Object.keys(REFUSED).filter((form) => !asked.has(form as RefusedForm)),
      [],
    );
    for (const { what, form, row } of INPUTS) {
      const missing = [...REFUSED[form]].filter((letter) => !row.toUpperCase().includes(letter.toUpperCase()));
      assert.deepEqual(missing, [], what);
    }
    assert.equal(formIn("integer", "subject"), "integer");
  });
});
