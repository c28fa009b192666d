/**
 * The page's own texts, in English. The editor sends them in the user's language, by key; `{0}` is a placeholder.
 * Counts are written so that no plural is needed, except those of errors and warnings. Labels inside certificates are
 * not here: they come with the details.
 */
export const ENGLISH_STRINGS = {
  // The filter
  filter: "Filter",
  filterHint: "Filter by name, value or OID",
  clearFilter: "Clear the filter",
  matches: "Matches: {0}",
  noMatches: "No matches in any certificate or section.",

  // The summary
  summary: "Summary",
  noProblems: "No problems found",
  noProblemsNotAsked: "No problems found · revocation not asked",
  noProblemsNotRevoked: "No problems found · not revoked as of {0}",
  noProblemsNotKnown: "No problems found · revocation not known",
  noProblemsNoService: "No problems found · names no revocation service",
  oneError: "1 error",
  errors: "{0} errors",
  oneWarning: "1 warning",
  warnings: "{0} warnings",
  expired: "Expired",
  notYetValid: "Not valid yet",
  revoked: "Revoked",
  revokedOn: "Revoked on {0}",
  issuerRevoked: "A CA above it was revoked",
  issuerRevokedOn: "A CA above it was revoked on {0}",
  cannotBeRead: "Cannot be read",
  signaturesNotChecked: "Signatures not checked: this engine cannot",
  endsInUnknownRoot: "Ends in root {0}, which is not a known public root",
  unknownRoot: "Not a known public root",
  selfSigned: "Self-signed",
  notOpened: "Not opened",
  nothingToJudge: "Nothing to judge",
  ofCertificates: "{0} certificates",
  validFrom: "Valid from",
  validUntil: "Valid until",
  lifeUsed: "{0}% of the validity period has passed",
  lifeNotBegun: "The validity period has not started",
  lifeOver: "The validity period has ended",
  actions: "Actions",

  // The order
  steps: "Validation",
  stepDone: "Completed",
  stepYou: "Waiting for you",
  stepCa: "Waiting for the CA",
  stepRejected: "Rejected",
  stepNotNeeded: "Not needed",
  waits: "What the CA waits for",
  // Precedes the time
  waitsSaid: "In the CA's words of",
  waitsDomains: "Domains",

  // The records of a validation
  recordsActions: "Actions for the records",
  // Of a field of a record: "Host for b.example"
  recordField: "{0} for {1}",
  recordLine: "Line for a zone file",
  recordAnswers: "What the servers answered for {0}",
  recordServer: "Server",
  recordAnswer: "Answer",
  caa: "CAA",
  caaFlags: "Flags",
  caaTag: "Property",
  caaValue: "Value",
  recordLimits: "What cannot be known from here",
  history: "History",

  // What was found
  contents: "Contents",
  damage: "Damage",
  notes: "Notes",
  byte: "byte {0}",
  foundIn: "Found in: {0}",
  expandAll: "Expand All",
  collapseAll: "Collapse All",
  nothing: "There is nothing to show.",
  empty: "(empty)",
  error: "Error",
  warning: "Warning",
  note: "Note",

  // Sections and rows
  critical: "critical",
  criticalMeaning: "Software that does not understand this extension must reject the certificate.",
  about: "About {0}",
  showAll: "Show All ({0})",
  showLess: "Show Less",
  bytesOf: "{0} of {1} bytes",
  charactersOf: "{0} of {1} characters",
  imageNotShown: "The picture is not shown: {0}",

  // Of checks: precedes the time
  asked: "Asked:",

  // Copying
  copy: "Copy {0}",
  all: "{0}: all {1}",
  copied: "Copied: {0}",
  tooLong: "This is too long for the clipboard.",
  copiedMarked: "Copied with characters that are not what they seem: {0}",

  // The ASN.1 tree
  hexOf: "Bytes of {0}",
  range: "bytes {0} to {1}",
  noBytes: "no bytes",

  // Deceptive characters
  controlCharacter: "control character",
  bidiCharacter: "changes the text direction",
  invisibleCharacter: "invisible",
  damagedCharacter: "damaged bytes",
  // A code point, and the letter of ASCII that it looks like
  looksLike: "{0}, looks like {1}",

  // One thing after another
  inRow: "{0}, {1}",

  notUnderstood: "This page received data that it does not understand. Close it and open it again.",
} as const;

export type Strings = Readonly<Record<keyof typeof ENGLISH_STRINGS, string>>;

/** Fills in the places `{0}`, `{1}` … of a string. */
export function fill(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}

/** Words one after the other, as the reader's language sets them off from each other. */
export function wordsInRow(words: readonly string[], strings: Strings): string {
  const [first = "", ...others] = words;
  return others.reduce((row, word) => fill(strings.inRow, row, word), first);
}
