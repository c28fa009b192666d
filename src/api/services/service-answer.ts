import { UnreadableAnswer, type AnswerReading } from "../forms/reading";
import { readNewline } from "../forms/newline";
import { decodeText, isBinaryAnswer } from "../forms/text";
import { describeHttpStatus, readRetryAfter } from "../http-status";
import { MAX_EXCERPT_CHARACTERS, MAX_MESSAGE_CHARACTERS, MAX_SERVICE_CHARACTERS } from "../limits";
import { shownText, WITHHELD, type Mask } from "../masking";
import { notUnderstood, rejectPages, unknownForm } from "../not-understood";
import { isCut, maskOfCall, wordsOfRefusal } from "../response";
import type { HttpReply } from "../transport";
import { OUTERMOST, readJsonAnswer } from "./json";
import { withoutPersons } from "./persons";
import { isReportColumn, readReport } from "./report";
import { isRows, readRows, type RowColumns, type NumberedRow } from "./rows";
import type { ServiceName } from "./service";
import { judgeServiceCode } from "./service-codes";
import type { ServiceResult } from "./service-result";
import type { ServiceValues } from "./service-values";
import { SERVICES } from "./services";
import { addRows, emptyDraft, isValidationColumn, saysNothing, validationOf, type ValidationDraft } from "./validation";
import { amount, phrase } from "../../words/phrase";

/** What was asked. The form of the answer is recognised by its content. */
export interface ServiceContext {
  readonly service: ServiceName;
  /** All arguments, the login included. */
  readonly values: ServiceValues;
  /** Removes other secrets than the values of this call. */
  readonly alsoMask?: Mask;
}

/** HTTP statuses of a server that does not have the service. */
const UNKNOWN_SERVICE = [404, 410];

/**
 * Reads an answer of a service. Total: whatever the bytes are, the result says what they mean or that they mean
 * nothing. Addresses of any sort, names of persons and tokens are not in it.
 */
export function readServiceAnswer(reply: HttpReply, asked: ServiceContext): ServiceResult {
  const result = readBody(reply.body, asked, maskOfCall(asked));
  const { status } = reply;
  const success = status >= 200 && status < 300;
  // As with the collect endpoints: a refusal counts under any HTTP status, everything else under a good one alone.
  if (result.kind === "refused" || (success && result.kind !== "not-understood")) return result;
  if (UNKNOWN_SERVICE.includes(status)) {
    return { kind: "unknown-service", httpStatus: status, seen: describeHttpStatus(status) };
  }
  const retryAfter = readRetryAfter(reply.headers);
  const excerpt = result.kind === "not-understood" ? result.excerpt : "";
  return {
    ...(success && result.kind === "not-understood"
      ? result
      : { kind: "not-understood", reason: "http-status", seen: describeHttpStatus(status), excerpt }),
    httpStatus: status,
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

function readBody(body: Uint8Array, asked: ServiceContext, mask: Mask): ServiceResult {
  const binary = isBinaryAnswer(body);
  const text = binary ? "" : decodeText(body);
  try {
    if (binary)
      throw new UnreadableAnswer("binary", phrase("The answer is binary, which none of the CA's services sends."));
    return readText(text, asked, mask);
  } catch (error) {
    if (!(error instanceof UnreadableAnswer)) throw error;
    const { reason, seen } = notUnderstood(error, "", body, mask);
    return { kind: "not-understood", reason, seen, excerpt: binary ? "" : excerptOf(text, mask) };
  }
}

/** An answer that is only partly in a form of the CA's may have addresses: nothing of it is shown. */
function excerptOf(text: string, mask: Mask): string {
  const near = text.trimStart().slice(0, MAX_EXCERPT_CHARACTERS * 4);
  if (!near.startsWith("<") && /[=&{}[\]]/.test(near)) return "";
  return shownText(withoutPersons(near), mask, MAX_EXCERPT_CHARACTERS);
}

/** What an answer says, in whichever form. */
interface Said {
  readonly reading: Pick<AnswerReading, "code" | "message" | "field" | "parts">;
  readonly noOfResults?: string;
  readonly rows: readonly NumberedRow[];
  readonly beside: RowColumns;
  readonly draft: ValidationDraft;
}

/** @throws UnreadableAnswer when it is not one of the service's answers */
function readText(text: string, asked: ServiceContext, mask: Mask): ServiceResult {
  if (text.length > MAX_SERVICE_CHARACTERS) {
    throw new UnreadableAnswer(
      "limit",
      phrase("The answer has more than {0} characters.", amount(MAX_SERVICE_CHARACTERS)),
    );
  }
  const start = text.trim();
  rejectPages(start);
  const said = readForm(start, asked.service);
  const { code, message } = said.reading;
  if (code !== undefined && code < 0) return refused(code, said, mask);
  const { draft } = said;
  const { gives } = SERVICES[asked.service];
  addRows(draft, said, asked.values.orderNumber);
  if (code === undefined && (gives === "report" ? isNoReport(said) : saysNothing(draft) || isProblem(draft))) {
    throw new UnreadableAnswer("text", phrase("The answer has neither a code of the CA nor a word about an order."));
  }
  switch (gives) {
    case "done": {
      if (code === undefined) throw unknownForm(text);
      const words = shownText(withoutPersons(near(message)), maskOfParts(said, mask), MAX_MESSAGE_CHARACTERS);
      return { kind: "done", message: words };
    }
    case "report":
      return { kind: "report", report: readReport(said, mask) };
    case "validation":
      return { kind: "validation", validation: validationOf(draft, mask) };
  }
}

const isNoReport = ({ rows, noOfResults }: Said): boolean => rows.length === 0 && noOfResults === undefined;

/** What HTTP servers say of an error has a title and a status, too (RFC 9457 section 3). */
const isProblem = ({ steps }: ValidationDraft): boolean => steps.some(({ id }) => id === OUTERMOST);

/** More of a message is never shown. */
const near = (message = ""): string => message.slice(0, MAX_MESSAGE_CHARACTERS * 4);

/** @throws UnreadableAnswer when the text is in none of the forms */
function readForm(start: string, service: ServiceName): Said {
  const { gives } = SERVICES[service];
  const wanted = gives === "report" ? isReportColumn : isValidationColumn;
  if (/^\[?\s{0,20}\{/.test(start)) {
    const { rows, draft, noOfResults, ...reading } = readJsonAnswer(start, wanted);
    return { reading, rows, draft, beside: new Map(), ...(noOfResults !== undefined && { noOfResults }) };
  }
  if (isRows(start)) return { ...readRows(start, wanted), draft: emptyDraft() };
  // No page shows it, but the CA's other services write errors so.
  const reading = start.length > MAX_PLAIN ? undefined : readNewline(start);
  if (reading?.code === undefined) throw unknownForm(start);
  if (reading.code >= 0 && gives !== "done") throw unknownForm(start);
  const words = reading.message ?? reading.parts?.texts.join(" ");
  return {
    reading: { ...reading, ...(words !== undefined && { message: words }) },
    rows: [],
    beside: new Map(),
    draft: emptyDraft(),
  };
}

/** Characters of an error in lines. */
const MAX_PLAIN = 16 * 1024;

/** A secret that is cut in two by the form is in none of its parts. */
const maskOfParts = ({ reading }: Said, mask: Mask): Mask => (isCut(reading.parts, mask) ? () => WITHHELD : mask);

function refused(code: number, said: Said, mask: Mask): ServiceResult {
  const { message, field } = said.reading;
  const words = { message: withoutPersons(near(message)), ...(field !== undefined && { field }) };
  const told = wordsOfRefusal(code, words, maskOfParts(said, mask));
  return { kind: "refused", code, ...told, after: judgeServiceCode(code, told.field) };
}
