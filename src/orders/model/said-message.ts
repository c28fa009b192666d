import { inEnglish } from "../../words/localize";
import { phrase, type Phrase } from "../../words/phrase";

/** A sentence of ours as it is kept: in English, and its words yet to be said where these have values. */
export interface SaidMessage {
  readonly message: string;
  /** Absent where the message is a text by itself, and in lines of earlier versions. */
  readonly said?: Phrase;
}

/** A sentence as it is kept. @param said a text is in words already, and stays as it is */
export function saidMessage(said: Phrase | string): SaidMessage {
  const message = inEnglish(said);
  return typeof said === "string" || (said.values === undefined && said.plural === undefined)
    ? { message }
    : { message, said };
}

/** What a kept sentence says, in words yet to be said: a text by itself is its own key in every language. */
export const messageSaid = ({ message, said }: SaidMessage): Phrase => said ?? { text: message };

/** What `api` says in place of the CA's words where it has none. */
const NO_REASON = phrase("The CA gave no reason.");

/** The words of a refusal: the CA's own, or that it has none. */
export const refusalSaid = (message: string): Phrase | string => (message === NO_REASON.text ? NO_REASON : message);
