import { unpackCertificates } from "./certificates-in";
import { fieldNamedIn, isStillValidated, judgeCode, canonicalFieldName, NO_REASON, type Sent } from "./codes";
import { describeFacts } from "./detail";
import { SECRET_PARAMETERS } from "./endpoints";
import { readDict } from "./forms/dict";
import { readBare, readNewline } from "./forms/newline";
import { UnreadableAnswer, type Parts, type AnswerReading } from "./forms/reading";
import { isScriptAnswer, readScriptAnswer } from "./forms/script";
import { decodeText, isBinaryAnswer } from "./forms/text";
import { isUrlEncoded, readUrlEncoded } from "./forms/url-encoded";
import { describeHttpStatus, readRetryAfter } from "./http-status";
import { MAX_EXCERPT_CHARACTERS, MAX_MESSAGE_CHARACTERS } from "./limits";
import { isCutInto, maskOf, shownText, WITHHELD, type Mask } from "./masking";
import { maskedPhrase } from "./masking/masked-phrase";
import type { ParameterValues } from "./parameter";
import type { Product } from "./product";
import { notUnderstood, rejectPages, unknownForm } from "./not-understood";
import type { CollectResult, StatusDetail } from "./result";
import type { HttpReply } from "./transport";
import { phrase } from "../words/phrase";

/**
 * What was asked. The form of the answer is recognised by its content; this decides what is missing and what is
 * secret.
 */
export interface CallContext {
  readonly product: Product;
  readonly values: ParameterValues;
  /** Removes other secrets than the values of this call, such as passwords of other logins. */
  readonly alsoMask?: Mask;
}

/** Removes everything secret about a call from the server's words. */
export function maskOfCall({ values, alsoMask }: Omit<CallContext, "product">): Mask {
  const mask = maskOf(SECRET_PARAMETERS.flatMap((name) => values[name] ?? []));
  return alsoMask === undefined ? mask : (text) => alsoMask(mask(text));
}

/** What is known about a body apart from its bytes. */
interface Context {
  readonly mask: Mask;
  /** Absent for a saved answer. */
  readonly sent?: Sent;
  /** Whether status 2 must come with certificates; a saved answer may be of either kind. */
  readonly expectsCertificates: boolean;
}

/**
 * Reads an answer from the network. Total: whatever the bytes are, the result says what they mean or that they mean
 * nothing.
 */
export function readAnswer(reply: HttpReply, asked: CallContext): CollectResult {
  const { product, values } = asked;
  const mask = maskOfCall(asked);
  const result = readBody(reply.body, {
    mask,
    sent: { product, login: values.loginName !== undefined },
    expectsCertificates: values.queryType !== "0",
  });
  const success = reply.status >= 200 && reply.status < 300;
  // An error code of the CA counts with any HTTP status; "pending" and "issued" count only with a successful one.
  if (result.kind === "refused" || (success && result.kind !== "not-understood")) return result;
  const retryAfter = readRetryAfter(reply.headers);
  const excerpt = result.kind === "not-understood" ? result.excerpt : "";
  return {
    ...(success && result.kind === "not-understood"
      ? result
      : { kind: "not-understood", reason: "http-status", seen: describeHttpStatus(reply.status), excerpt }),
    httpStatus: reply.status,
    contentType: shownText(reply.headers["content-type"] ?? "", mask, MAX_EXCERPT_CHARACTERS),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** Reads an answer that was saved: what was asked, and by whom, is unknown. Total, as {@link readAnswer}. */
export function readSavedBody(body: Uint8Array): CollectResult {
  return readBody(body, { mask: maskOf([]), expectsCertificates: false });
}

function readBody(body: Uint8Array, context: Context): CollectResult {
  const binary = isBinaryAnswer(body);
  const text = binary ? "" : decodeText(body);
  try {
    return judge(binary ? { packed: [body], facts: {} } : readForm(text), body, context);
  } catch (error) {
    if (!(error instanceof UnreadableAnswer)) throw error;
    return notUnderstood(error, binary ? undefined : text, body, context.mask);
  }
}

/**
 * Recognises the form of a text by its content.
 * @throws UnreadableAnswer when it is not one of the CA's
 */
function readForm(text: string): AnswerReading {
  const start = text.trimStart();
  rejectPages(start);
  if (/^\[?\s{0,20}\{/.test(start)) return readDict(start.slice(start.indexOf("{")));
  if (isUrlEncoded(start)) return readUrlEncoded(start.trimEnd());
  if (isScriptAnswer(start)) return readScriptAnswer(start);
  const reading = readNewline(text) ?? readBare(text);
  if (reading !== undefined) return reading;
  throw unknownForm(text);
}

/** @throws UnreadableAnswer when the reading is not one of the CA's answers */
function judge(reading: AnswerReading, body: Uint8Array, context: Context): CollectResult {
  const { code } = reading;
  if (code !== undefined && code < 0) return refused(code, reading, context);
  if (code !== undefined && code > 2) {
    throw new UnreadableAnswer(
      "text",
      phrase("The answer begins with the status {0}, which the CA does not document.", code),
    );
  }
  // "Being processed" counts, even with a certificate: it may be the one from before a reissue.
  if (code === 0) return { kind: "pending", detail: detailOf(reading, context) };
  const unpacked = unpackCertificates(reading.packed, reading.leafPiece);
  if (unpacked !== undefined) {
    // A note may name a file of an archive.
    const notes = unpacked.notes.map((note) => maskedPhrase(note, context.mask, MAX_MESSAGE_CHARACTERS));
    return { kind: "issued", raw: body, detail: detailOf(reading, context), ...unpacked, notes };
  }
  if (code === 1 || (code === 2 && !context.expectsCertificates)) {
    return { kind: "available", detail: detailOf(reading, context) };
  }
  throw new UnreadableAnswer(
    "no-certificates",
    code === undefined
      ? phrase("The answer is a structure in which no certificate was found.")
      : phrase("The answer says that certificates are attached, but contains none."),
  );
}

function detailOf({ facts, parts }: AnswerReading, { mask }: Context): StatusDetail {
  const isAnyCut = isCut(parts, mask) || (facts.cuts ?? []).some((cut) => isCut(cut, mask));
  return isAnyCut ? describeFacts(facts, () => WITHHELD) : describeFacts(facts, mask, parts?.texts);
}

/** Whether a secret is spread over several texts of an answer, as the form cuts them: then none of them is shown. */
export const isCut = (parts: Parts | undefined, mask: Mask): boolean =>
  parts !== undefined && isCutInto(parts.texts, parts.between, mask);

function refused(code: number, reading: AnswerReading, { mask: maskOfOne, sent }: Context): CollectResult {
  const mask = isCut(reading.parts, maskOfOne) ? () => WITHHELD : maskOfOne;
  if (isStillValidated(code, reading.message)) {
    return { kind: "pending", detail: describeFacts({ certificateStatus: reading.message }, mask) };
  }
  const { message, field } = wordsOfRefusal(code, reading, mask);
  return {
    kind: "refused",
    code,
    message,
    ...judgeCode(code, field, sent),
    ...(field !== undefined && { field }),
  };
}

/** The words of a refusal and the argument that they name, in texts that may be shown. */
export function wordsOfRefusal(
  code: number,
  reading: Pick<AnswerReading, "message" | "field">,
  mask: Mask,
): { readonly message: string; readonly field?: string } {
  const message = shownText(reading.message ?? "", mask, MAX_MESSAGE_CHARACTERS);
  const named = reading.field ?? (code >= -4 ? fieldNamedIn(reading.message ?? "") : undefined);
  const field = named === undefined ? "" : canonicalFieldName(shownText(named, mask, MAX_FIELD_CHARACTERS));
  return { message: message === "" ? NO_REASON : message, ...(field !== "" && { field }) };
}

/** Characters of an argument's name; the longest of ours has 21. */
const MAX_FIELD_CHARACTERS = 64;
