import type { Locale, Localize } from "../../words/localize";
import type { Tone } from "../../certificates/details/page";
import { lackingBriefly } from "../../orders/presentation/record-words";
import type { FindingId, ValidationFinding } from "../../validation/finding";
import { validationFindingWords } from "../../validation/finding-words";
import type { CnameLook, DomainLook, FileLook } from "../../validation/look";
import { countedBy, foundOf } from "../../validation/record-standing";
import type { TokenToFind } from "../../validation/request-token";
import type { SubjectDomain } from "../../validation/subject";
import type { CheckResult } from "../../webview/protocol";

// Only the CA's answer says "validated". What is seen from here is said as that: "in place, as far as this machine
// sees", and a tick stands only where nothing is known to be against it.

/** The heading of a domain. */
export interface DomainState extends CheckResult {
  /** The finding that it quotes: below it, only the next step is left to be said. */
  readonly quoted?: ValidationFinding;
}

/** What stops the order and is not wrong: it is merely still to be done. */
const TO_DO: ReadonlySet<FindingId> = new Set(["not-published", "caa-mended"]);

const FINDING_TONES: Readonly<Record<ValidationFinding["weight"], Tone>> = {
  stops: "bad",
  "may-stop": "attention",
  note: "none",
};

/** How a finding looks, in a heading that quotes it as well as below. */
export const findingTone = ({ id, weight }: ValidationFinding): Tone =>
  TO_DO.has(id) ? "attention" : FINDING_TONES[weight];

/** How far the domain is, in a few words: by the CA where that settles it, else as far as this machine sees. */
export function domainState(
  domain: SubjectDomain,
  look: DomainLook | undefined,
  token: TokenToFind | undefined,
  locale: Locale,
): DomainState {
  const { localize } = locale;
  if (look?.caa.verdict === "forbidden") return { tone: "bad", words: localize("CAA does not allow the CA to issue") };
  const said = caWordsOf(domain, localize);
  const isSettled = domain.state === "done" || domain.state === "rejected" || domain.state === "not-needed";
  // The CA has ticked it off, and stands still all the same until it is asked to look again.
  const mended = isSettled ? look?.findings.find(({ id }) => id === "caa-mended") : undefined;
  if (mended !== undefined) return quoting(mended, locale, (words) => words);
  if (said !== undefined && (isSettled || look === undefined)) return said;
  return look === undefined
    ? { tone: "none", words: localize("Not checked from here yet") }
    : seenState(domain, look, token, locale);
}

/** What the CA says of a domain; `undefined` if it says nothing. */
export function caWordsOf({ state, word }: SubjectDomain, localize: Localize): CheckResult | undefined {
  const said = stateWords(state, localize);
  if (word === undefined || word === "") return said;
  if (said === undefined) return { tone: "none", words: localize("“{0}”, in the CA's words", word) };
  return { ...said, words: localize("{0}: “{1}”, in its words", said.words, word) };
}

function stateWords(state: SubjectDomain["state"], localize: Localize): CheckResult | undefined {
  switch (state) {
    case "done":
      return { tone: "good", words: localize("The CA has validated it") };
    case "you":
      return { tone: "attention", words: localize("The CA waits for you") };
    case "ca":
      return { tone: "none", words: localize("The CA is checking it") };
    case "rejected":
      return { tone: "bad", words: localize("The CA refused it") };
    case "not-needed":
      return { tone: "none", words: localize("The CA needs nothing for it") };
    case undefined:
      return undefined;
  }
}

/** What counts by the method, or all of it where that is not known: one is enough then. */
function counted(domain: SubjectDomain, { cname, file }: DomainLook): readonly (CnameLook | FileLook)[] {
  const by = countedBy(domain);
  const ways = by === undefined ? [] : [by === "file" ? undefined : cname, by === "cname" ? undefined : file];
  return ways.filter((way) => way !== undefined);
}

/** A heading that says a finding. @param frame puts its sentence into another one */
function quoting(quoted: ValidationFinding, locale: Locale, frame: (words: string) => string): DomainState {
  return { tone: findingTone(quoted), words: frame(validationFindingWords(quoted, locale).words), quoted };
}

function seenState(
  domain: SubjectDomain,
  look: DomainLook,
  token: TokenToFind | undefined,
  locale: Locale,
): DomainState {
  const { localize } = locale;
  const ways = counted(domain, look);
  const right = ways.find(({ standing }) => standing === "in-place");
  // The gravest comes first; a note is not why something is not in place.
  const [first] = look.findings;
  const worst = first?.weight === "note" ? undefined : first;
  if (right !== undefined) {
    if (worst?.weight === "stops") return quoting(worst, locale, (words) => words);
    const said = inPlace(right, token, localize);
    return worst === undefined || said.tone !== "good" ? said : { ...said, tone: "attention" };
  }
  if (ways.some(({ standing }) => standing === "cannot-tell")) {
    if (first === undefined) return { tone: "none", words: localize("Cannot tell from here") };
    return quoting(first, locale, (words) => localize("Cannot tell: {0}", words));
  }
  if (ways.length === 0) {
    return worst === undefined
      ? { tone: "none", words: localize("Nothing of it can be seen from here") }
      : quoting(worst, locale, (words) => words);
  }
  // As short as on the row: the findings below say it at length, with the names.
  const by = countedBy(domain);
  const tone = worst === undefined ? "attention" : findingTone(worst);
  return { tone, words: lackingBriefly({ found: foundOf(look, by), ...(by && { by }) }, localize) };
}

/**
 * The unique value that is published, where no answer of the CA tells whether it is the order's: then there is no tick.
 */
function openValue({ uniqueValue }: CnameLook | FileLook, token: TokenToFind | undefined): string | undefined {
  return uniqueValue === token?.uniqueValue ? undefined : uniqueValue;
}

function inPlace(way: CnameLook | FileLook, token: TokenToFind | undefined, localize: Localize): CheckResult {
  const value = openValue(way, token);
  return value === undefined
    ? { tone: "good", words: localize("In place, as far as this machine sees") }
    : { tone: "none", words: localize("In place with unique value {0}: it must be the order's", value) };
}

/** How far record and file are, a sentence each. */
export function standingsOf(
  domain: SubjectDomain,
  look: DomainLook | undefined,
  token: TokenToFind | undefined,
  localize: Localize,
): readonly CheckResult[] {
  if (look === undefined) return [];
  const ways = counted(domain, look);
  const { cname, file } = look;
  return [
    ...(cname === undefined || !ways.includes(cname) ? [] : [cnameStanding(cname, domain.domain, token, localize)]),
    ...(file === undefined || !ways.includes(file) ? [] : [fileStanding(file, token, localize)]),
  ];
}

function cnameStanding(
  cname: CnameLook,
  domain: string,
  token: TokenToFind | undefined,
  localize: Localize,
): CheckResult {
  switch (cname.standing) {
    case "in-place": {
      const { foundAt = domain } = cname;
      const value = openValue(cname, token);
      return value === undefined
        ? { tone: "good", words: localize("CNAME record: in place at {0}, as far as this machine sees", foundAt) }
        : {
            tone: "none",
            words: localize(
              "CNAME record: in place at {0} with unique value {1}, which must be the order's",
              foundAt,
              value,
            ),
          };
    }
    case "not-in-place":
      return { tone: "none", words: localize("CNAME record: not in place, as far as this machine sees") };
    case "cannot-tell":
      return { tone: "none", words: localize("CNAME record: cannot tell from here") };
  }
}

function fileStanding(file: FileLook, token: TokenToFind | undefined, localize: Localize): CheckResult {
  switch (file.standing) {
    case "in-place": {
      const value = openValue(file, token);
      return value === undefined
        ? { tone: "good", words: localize("File: in place, as far as this machine sees") }
        : { tone: "none", words: localize("File: in place with unique value {0}, which must be the order's", value) };
    }
    case "not-in-place":
      return { tone: "none", words: localize("File: not in place, as far as this machine sees") };
    case "cannot-tell":
      return { tone: "none", words: localize("File: cannot tell from here") };
  }
}
