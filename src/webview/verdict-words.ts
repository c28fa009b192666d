import type { RevocationKnowledge, Ruling, Text, Verdict } from "../certificates/details/page";
import { fill, wordsInRow, type Strings } from "./strings";
import type { Times } from "./times";

/**
 * A verdict in the reader's words and format of dates; empty if there is none. The name of a root comes from its
 * certificate.
 */
export function verdictWords({ says, certificates }: Verdict, strings: Strings, times: Times): Text {
  const words = rulingWords(says, strings, times);
  if (certificates === undefined) return words;
  return [{ text: fill(strings.ofCertificates, certificates) }, { text: " · " }, ...words];
}

function rulingWords(says: Ruling, strings: Strings, times: Times): Text {
  switch (says.kind) {
    case "revoked":
      return plain(revokedWords(says, strings, times));
    case "unreadable":
      return plain(strings.cannotBeRead);
    case "expired":
      return plain(strings.expired);
    case "not-yet":
      return plain(strings.notYetValid);
    case "counted":
      return plain(countedWords(says, strings));
    case "unchecked":
      return plain(strings.signaturesNotChecked);
    case "unknown-root":
      return says.root === undefined ? plain(strings.unknownRoot) : around(strings.endsInUnknownRoot, says.root);
    case "self-signed":
      return plain(strings.selfSigned);
    case "no-problems":
      return plain(noProblemsWords(says.revocation, says.asked, strings, times));
    case "locked":
      return plain(strings.notOpened);
    case "nothing-to-judge":
      return plain(strings.nothingToJudge);
    case "nothing-found":
      return [];
  }
}

const plain = (text: string): Text => [{ text }];

/** A text from a certificate in a sentence of ours. */
function around(sentence: string, name: Text): Text {
  const [before = "", after = ""] = sentence.split("{0}");
  return [{ text: before }, ...name, { text: after }];
}

function revokedWords({ since, issuer }: Extract<Ruling, { kind: "revoked" }>, strings: Strings, times: Times): string {
  if (since === undefined) return issuer === true ? strings.issuerRevoked : strings.revoked;
  return fill(issuer === true ? strings.issuerRevokedOn : strings.revokedOn, times.day(since));
}

function countedWords({ errors, warnings }: Extract<Ruling, { kind: "counted" }>, strings: Strings): string {
  const counts = [
    ...(errors === 0 ? [] : [errors === 1 ? strings.oneError : fill(strings.errors, errors)]),
    ...(warnings === 0 ? [] : [warnings === 1 ? strings.oneWarning : fill(strings.warnings, warnings)]),
  ];
  return wordsInRow(counts, strings);
}

function noProblemsWords(
  revocation: RevocationKnowledge,
  asked: number | undefined,
  strings: Strings,
  times: Times,
): string {
  switch (revocation) {
    case "not-asked":
      return strings.noProblemsNotAsked;
    case "good":
      return asked === undefined ? strings.noProblems : fill(strings.noProblemsNotRevoked, times.day(asked));
    case "unknown":
      return strings.noProblemsNotKnown;
    case "no-service":
      return strings.noProblemsNoService;
    case "root":
      return strings.noProblems;
  }
}
