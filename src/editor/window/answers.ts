import { phrase, sentences } from "../../words/phrase";
import { saidBy } from "../../words/said-error";
import type { AnswerReader } from "../../api/client";
import { readAnswer } from "../../api/response";
import type { NotUnderstood } from "../../api/result";
import type { ServiceAnswerReader } from "../../api/services/call";
import { readServiceAnswer } from "../../api/services/service-answer";
import type { SummarizeCollected } from "../../orders/ports";
import { ReadingError } from "../../reading/reading-thread";
import type { KnownSecrets } from "../base/known-secrets";
import type { ReadingService } from "./reading-service";

/**
 * The most bytes of an answer that is read in place, so that a short "pending" does not start a thread. It may be an
 * archive, which unpacks to a thousand times as much.
 */
const SMALL_ANSWER = 2 * 1024;
/** The same for certificates, which do not unpack. */
const SMALL_CHAIN = 64 * 1024;

/**
 * Reads answers of the CA, large ones in the thread. An answer that cannot be read there in time counts as unreadable.
 * @param secrets those of this window, to be masked wherever an answer is read
 */
export function answerReader(
  reading: Pick<ReadingService, "runAtOnce">,
  secrets: Pick<KnownSecrets, "all">,
): AnswerReader {
  return (reply, asked) => {
    if (reply.body.length <= SMALL_ANSWER) return readAnswer(reply, asked);
    const { product, values } = asked;
    const question = { reply, asked: { product, values }, otherSecrets: secrets.all };
    return reading.runAtOnce("answer", question).catch((error: unknown) => unreadInTime(error, reply.status));
  };
}

/** The same for answers of the CA's services. */
export function serviceAnswerReader(
  reading: Pick<ReadingService, "runAtOnce">,
  secrets: Pick<KnownSecrets, "all">,
): ServiceAnswerReader {
  return (reply, asked) => {
    if (reply.body.length <= SMALL_ANSWER) return readServiceAnswer(reply, asked);
    const { service, values } = asked;
    const question = { reply, asked: { service, values }, otherSecrets: secrets.all };
    return reading.runAtOnce("serviceAnswer", question).catch((error: unknown) => unreadInTime(error, reply.status));
  };
}

function unreadInTime(
  error: unknown,
  httpStatus: number,
): Pick<NotUnderstood, "kind" | "reason" | "seen" | "excerpt" | "httpStatus"> {
  if (!(error instanceof ReadingError)) throw error;
  const next = phrase("Check again, and contact the CA's support if the problem persists.");
  const seen = phrase("{0}", sentences(saidBy(error), next));
  return { kind: "not-understood", reason: "limit", seen, excerpt: "", httpStatus };
}

/** Summarizes collected certificates for the journal; many or large ones in the thread. */
export function summarizer(reading: Pick<ReadingService, "runAtOnce">): SummarizeCollected {
  return async (certificates, about) => {
    const bytes = certificates.reduce((sum, { length }) => sum + length, 0);
    if (bytes > SMALL_CHAIN) return reading.runAtOnce("summarizeCollected", { certificates, about });
    return (await import("../../reading/summarize-collected")).summarizeCollected(certificates, about);
  };
}
