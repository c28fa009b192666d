import type { AnswerReader } from "../api/client";
import { readAnswer } from "../api/response";
import type { Inspect } from "../orders/ports";
import { ReadingError } from "../reading/reading-thread";
import type { Reading } from "./reading";

/** Bytes that are read in place, in a few milliseconds: all but the largest answers, for which no thread need start. */
const SMALL = 64 * 1024;

/** Reads answers of the CA, large ones in the thread. What cannot be read there in time has no meaning. */
export function answerReader(reading: Pick<Reading, "run">): AnswerReader {
  return (reply, asked) => {
    if (reply.body.length <= SMALL) return readAnswer(reply, asked);
    return reading.run("answer", { reply, asked }).catch((error: unknown) => {
      if (!(error instanceof ReadingError)) throw error;
      return { kind: "not-understood", reason: "limit", seen: error.message, excerpt: "", httpStatus: reply.status };
    });
  };
}

/** Reads what the journal keeps of collected certificates, of many or large ones in the thread. */
export function inspector(reading: Pick<Reading, "run">): Inspect {
  return async (certificates, about) => {
    const bytes = certificates.reduce((sum, { length }) => sum + length, 0);
    if (bytes > SMALL) return reading.run("inspect", { certificates, about });
    return (await import("../reading/inspect")).inspect(certificates, about);
  };
}
