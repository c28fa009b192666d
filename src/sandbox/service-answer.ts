import type { SandboxAnswer } from "./answer";
import type { Refusal } from "./refusals";
import { urlEncodedRefusal } from "./url-encoded";

/** How a service answers: JSON, URL-encoded, or the same with raw spaces. */
export type SandboxForm = "json" | "encoded" | "raw";

export type AnswerPair = readonly [name: string, value: string | number];

/** One order's row, and those of its certificates below it. */
export interface SandboxRow {
  readonly order: readonly AnswerPair[];
  readonly items: readonly (readonly AnswerPair[])[];
}

const URL_ENCODED = "application/x-www-form-urlencoded";

/** Pairs in their order, `+` for a space. Not by URLSearchParams, which is slow for the 100,000 pairs of a report. */
export function urlAnswer(pairs: readonly AnswerPair[]): SandboxAnswer {
  const encoded = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%20", "+")}`);
  return { contentType: URL_ENCODED, body: encoded.join("&") };
}

/** Text as it stands, raw spaces included, as on the pages of RetryCAACheck and ResendDCVEmail. */
export function rawAnswer(body: string): SandboxAnswer {
  return { contentType: URL_ENCODED, body };
}

export function jsonAnswer(value: unknown): SandboxAnswer {
  return { contentType: "application/json; charset=UTF-8", body: JSON.stringify(value) };
}

/** A refusal in the form of the service's other answers. */
export function serviceRefusal(refusal: Refusal, form: SandboxForm): SandboxAnswer {
  const { code, message } = refusal;
  if (form === "json") return jsonAnswer({ errorCode: code, errorMessage: message });
  const body = urlEncodedRefusal(refusal);
  // The arguments that are named are plain words, so that only the sentences have anything to encode.
  return rawAnswer(form === "raw" ? decodeURIComponent(body.replaceAll("+", " ")) : body);
}

/** `X_name` for the order in row X, `X_Y_name` for its certificate Y. @param number of a row, from 1 */
export function numberedRows(
  rows: readonly SandboxRow[],
  number = (place: number): number => place + 1,
): readonly AnswerPair[] {
  return rows.flatMap(({ order, items }, place) => {
    const row = number(place);
    return [
      ...order.map(([name, value]): AnswerPair => [`${row}_${name}`, value]),
      ...items.flatMap((item, at) => item.map(([name, value]): AnswerPair => [`${row}_${at + 1}_${name}`, value])),
    ];
  });
}

/** Epoch ms as UNIX unixSeconds. */
export function unixSeconds(time: number): number {
  return Math.floor(time / 1000);
}
