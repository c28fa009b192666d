import type { Contents, Format } from "../certificates/containers/contents";
import { readContainers } from "../certificates/containers/read";
import { decodeCleanBase64 } from "./forms/base64";
import { UnreadableAnswer } from "./forms/reading";
import { MAX_CERTIFICATES } from "./limits";
import type { Container } from "./result";
import { inEnglish } from "../words/localize";
import { amount, phrase, sentences, type Phrase } from "../words/phrase";

/** The certificates in the pieces of an answer. */
export interface Unpacked {
  /** DER, in the order of the answer. */
  readonly certificates: readonly Uint8Array[];
  /** Index of the first certificate in the piece that the form names as the end-entity certificate. */
  readonly leaf?: number;
  readonly container: Container;
  readonly notes: readonly Phrase[];
}

/**
 * Opens each piece: PEM, base64 of anything, PKCS#7, Netscape sequence, CMMF, ZIP. The content decides what each piece
 * is.
 * @param leafPiece which piece the form names as the end-entity certificate
 * @returns `undefined` when there is no certificate, not even a broken one
 * @throws UnreadableAnswer `damaged` when a piece is truncated or garbled, because half a chain is worse than none, or
 *   when there is no certificate in the named one; `limit` past {@link MAX_CERTIFICATES}
 */
export function unpackCertificates(pieces: readonly (string | Uint8Array)[], leafPiece?: number): Unpacked | undefined {
  const certificates: Uint8Array[] = [];
  let leaf: number | undefined;
  // By their English words: several pieces may have the same.
  const notes = new Map<string, Phrase>();
  let container: Container | undefined;
  for (const [place, piece] of pieces.entries()) {
    if (typeof piece === "string") refuseManyBlocks(piece);
    const bytes = typeof piece === "string" ? (decodeCleanBase64(piece) ?? Buffer.from(piece, "utf8")) : piece;
    const contents = readContainers(bytes);
    for (const note of classifyDamage(contents)) notes.set(inEnglish(note), note);
    for (const { kind, path, ...object } of contents.objects) {
      if (kind !== "certificate" || !("der" in object)) {
        notes.set(inEnglish(OTHER_THINGS), OTHER_THINGS);
        continue;
      }
      if (place === leafPiece) leaf ??= certificates.length;
      certificates.push(object.der);
      container ??= containerOf(path.map(({ format }) => format));
      for (const step of path) {
        if (step.format === "cmmf" && step.structure === "unknown") notes.set(inEnglish(UNKNOWN_CMMF), UNKNOWN_CMMF);
      }
    }
  }
  if (certificates.length > MAX_CERTIFICATES) {
    throw new UnreadableAnswer(
      "limit",
      phrase(
        "The answer contains {0} certificates; more than {1} are not accepted.",
        amount(certificates.length),
        amount(MAX_CERTIFICATES),
      ),
    );
  }
  if (container === undefined) return undefined;
  // Whatever else there is must not be taken for it.
  if (leafPiece !== undefined && leaf === undefined) {
    throw new UnreadableAnswer("damaged", phrase("The answer names its certificate, but there is none in that place."));
  }
  return { certificates, container, notes: [...notes.values()], ...(leaf !== undefined && { leaf }) };
}

/** Checked before a block is read: a million blocks would keep the editor busy, only to be too many in the end. */
function refuseManyBlocks(text: string): void {
  let count = 0;
  for (let at = text.indexOf("BEGIN "); at >= 0; at = text.indexOf("BEGIN ", at + 1)) {
    if (++count > MAX_CERTIFICATES) {
      throw new UnreadableAnswer(
        "limit",
        phrase(
          "The answer contains more than {0} certificates, which is more than is accepted.",
          amount(MAX_CERTIFICATES),
        ),
      );
    }
  }
}

const OTHER_THINGS = phrase("The answer contains something other than certificates, which was left out.");
const UNKNOWN_CMMF = phrase(
  "The structure around the certificates is not a published form of CMMF: the certificates were found by their own structure.",
);

/**
 * @returns harmless facts that are worth a note
 * @throws UnreadableAnswer for the first damage that is not
 */
function classifyDamage({ damage, objects }: Contents): Phrase[] {
  const notes: Phrase[] = [];
  for (const { code, offset, message } of damage) {
    const place = phrase("{0} (byte {1} of the certificate data).", message, offset);
    switch (code) {
      case "trailing":
      case "other-file":
      case "other-form":
      case "unchecked":
      // A file of an archive with an unsafe name does not affect the others.
      case "unsafe-name":
        notes.push(place);
        break;
      case "no-certificates":
        throw new UnreadableAnswer(
          "no-certificates",
          phrase("{0}", sentences(phrase("The container in the answer contains no certificate."), ...notes)),
        );
      case "too-large":
      case "too-many":
      case "nested":
        throw new UnreadableAnswer("limit", phrase("The certificates exceed the limits: {0}", place));
      default:
        throw new UnreadableAnswer("damaged", phrase("The certificates are truncated or garbled: {0}", place));
    }
  }
  if (objects.some(({ kind }) => kind === "unreadable")) {
    throw new UnreadableAnswer("damaged", phrase("The certificates are garbled: a block contains no known structure."));
  }
  return notes;
}

const CONTAINERS: readonly string[] = ["pem", "der", "pkcs7", "netscape", "cmmf", "zip"] satisfies Container[];

const isContainer = (format: string): format is Container => CONTAINERS.includes(format);

/** The innermost container, except a ZIP archive, whose content may be wrapped again. */
function containerOf(path: readonly Format[]): Container {
  return path.includes("zip") ? "zip" : (path.findLast(isContainer) ?? "der");
}
