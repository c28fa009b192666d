import { orderChain } from "../x509/chain";
import { ENGLISH, inWords, type Locale } from "../../words/localize";
import { phrase } from "../../words/phrase";
import type { Contents, Damage, DamageCode } from "../containers/contents";
import { KEY_NOT_SHOWN } from "../containers/public-parts";
import { publicFinding } from "../details/public-page";
import type { ShownFinding } from "../details/page";
import { saidFinding } from "../details/said-page";
import type { Finding } from "../finding";
import type { ChainOptions } from "./chain";
import { findingsOf } from "./findings";

/** A finding at its place in a file. */
export interface Diagnostic {
  /** Of the certificate, or of the textual block that contains it: bytes from the start of the file. */
  readonly offset: number;
  readonly length: number;
  /** SHA-256 of the certificate, lower-case hex; absent where something is damaged. */
  readonly certificate?: string;
  readonly finding: ShownFinding;
}

/** What is not said yet. */
type FoundAt = Omit<Diagnostic, "finding"> & { readonly finding: Finding };

/** How many certificates of one file are checked: nobody deploys a file with more. */
const MAX_CERTIFICATES = 1000;

/**
 * What the checks and the readers found out about a file, by place. Objects in a ZIP archive have no place in the file
 * and are left out, as are certificates beyond the first thousand.
 * @param locale the reader's
 */
export async function diagnosticsOf(
  contents: Contents,
  options: Omit<ChainOptions, "given">,
  locale: Locale = ENGLISH,
): Promise<readonly Diagnostic[]> {
  const objects = contents.objects.filter(({ path }) => path.every(({ format }) => format !== "zip"));
  const certificates = objects
    .flatMap((object) => (object.kind === "certificate" ? [object] : []))
    .slice(0, MAX_CERTIFICATES);
  const given = certificates.map(({ der }) => der);
  const chain = orderChain(given, options);
  const findings = await findingsOf(chain, { ...options, given });
  const members = new Map(
    [...chain.path, ...chain.otherLeaves, ...chain.unrelated].map((member) => [member.der, member.certificate]),
  );
  const unreadable = new Map(chain.unreadable.map(({ der, message }) => [der, message]));
  const found = certificates.flatMap(({ der, offset, length }): readonly FoundAt[] => {
    const certificate = members.get(der)?.fingerprints.sha256;
    // Equal bytes are one member of the chain: the first of them has its findings.
    if (certificate === undefined) return [repeatedOrUnreadable(unreadable.get(der), offset, length)];
    return (findings.get(certificate) ?? []).map((finding) => ({ offset, length, certificate, finding }));
  });
  const damage = contents.damage
    .filter(({ path }) => path.every(({ format }) => format !== "zip"))
    .map(({ code, offset, message }): FoundAt => ({ offset, length: 1, finding: damageFinding(code, message) }));
  const hidden = inWords(KEY_NOT_SHOWN, locale);
  return [...found, ...damage]
    .map((diagnostic) => ({ ...diagnostic, finding: publicFinding(saidFinding(diagnostic.finding, locale), hidden) }))
    .sort((one, other) => one.offset - other.offset);
}

function repeatedOrUnreadable(problem: Damage["message"] | undefined, offset: number, length: number): FoundAt {
  if (problem !== undefined) return { offset, length, finding: damaged(problem) };
  const message = phrase("This file contains the same certificate more than once.");
  return { offset, length, finding: { id: "chain.repeated", severity: "info", message } };
}

/** A form that is recognised but not supported is not damaged. */
function damageFinding(code: DamageCode, message: Damage["message"]): Finding {
  if (code === "empty") return { id: "form.empty", severity: "info", message: phrase("{0}.", message) };
  if (code === "other-form" || code === "other-file") return { id: "form.other", severity: "info", message };
  if (code === "unchecked") return { id: "form.unchecked", severity: "info", message: phrase("{0}.", message) };
  return damaged(message);
}

const damaged = (message: Damage["message"]): Finding => ({
  id: "form.damaged",
  severity: "error",
  message: phrase("It is damaged: {0}.", message),
});
