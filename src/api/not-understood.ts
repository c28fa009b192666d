import { UnreadableAnswer } from "./forms/reading";
import { MAX_EXCERPT_CHARACTERS, MAX_MESSAGE_CHARACTERS } from "./limits";
import { shownText, type Mask } from "./masking";
import { maskedPhrase } from "./masking/masked-phrase";
import type { NotUnderstood } from "./result";
import { phrase, sentences, type Phrase } from "../words/phrase";

/**
 * Rejects what is not an answer of the CA's at all.
 * @param start a text without white space before it
 * @throws UnreadableAnswer `empty`, `html`
 */
export function rejectPages(start: string): void {
  if (start === "") throw new UnreadableAnswer("empty", phrase("The answer is empty."));
  if (start.startsWith("<")) throw new UnreadableAnswer("html", describePage(start));
}

function describePage(markup: string): Phrase {
  const page = /^<(?:!doctype html|html|head|body|title|script|meta|!--)/i.test(markup);
  return page
    ? phrase("The answer is an HTML page, such as a proxy or a login page in between sends.")
    : phrase(
        "The answer is an XML document, which the CA's service never sends: something in between answers in its place.",
      );
}

/** What is said of a text that is in none of the forms. */
export function unknownForm(text: string): UnreadableAnswer {
  // Escape and the like are in coloured texts; a NUL is in none.
  return text.slice(0, MAX_EXCERPT_BYTES).includes("\0")
    ? new UnreadableAnswer("binary", phrase("The answer is binary, but not in a format that contains certificates."))
    : new UnreadableAnswer(
        "text",
        phrase("The answer is text, but not in any of the formats in which the CA answers."),
      );
}

/**
 * What a person is told of an answer that nobody understands.
 * @param text absent for a binary body, whose printable characters are shown
 */
export function notUnderstood(
  { code, said }: UnreadableAnswer,
  text: string | undefined,
  body: Uint8Array,
  mask: Mask,
): NotUnderstood {
  const printable = text ?? Buffer.from(body.subarray(0, MAX_EXCERPT_BYTES)).toString("latin1");
  return {
    kind: "not-understood",
    reason: code,
    seen: phrase("{0}", sentences(maskedPhrase(said, mask, MAX_MESSAGE_CHARACTERS), NEXT_STEPS[code])),
    excerpt: shownText(printable, mask, MAX_EXCERPT_CHARACTERS),
    ...((text === undefined || code === "no-certificates") && { raw: body }),
  };
}

const KEPT_NOTHING = phrase("None of it was kept: check again, and ask the CA's support if the problem persists.");
const CHECK_HOST = phrase(
  "Check the account's host name, check again later, and ask the CA's support if the problem persists.",
);

/** What a person can do about each. Sentences about HTTP statuses already say it. */
const NEXT_STEPS: Readonly<Record<UnreadableAnswer["code"], Phrase>> = {
  empty: phrase("Check again later, and ask the CA's support if the problem persists."),
  html: phrase("Open the CA's address in a browser to see what is in the way."),
  text: CHECK_HOST,
  binary: CHECK_HOST,
  "no-certificates": KEPT_NOTHING,
  damaged: KEPT_NOTHING,
  limit: phrase("None of it was kept: ask the CA's support what the CA sends."),
};

/** How many bytes of a binary body are searched for printable characters. */
const MAX_EXCERPT_BYTES = 4096;
