import type { Phrase, PhraseValue } from "../../words/phrase";
import { shownText, type Mask } from "../masking";

/**
 * A phrase whose texts and numbers of others may be shown: each as `shownText` shows it. Our own words and
 * amounts are not looked at.
 * @param longest characters of each of these texts
 */
export function maskedPhrase(said: Phrase, mask: Mask, longest: number): Phrase {
  const { values } = said;
  return values === undefined ? said : { ...said, values: values.map((value) => maskedValue(value, mask, longest)) };
}

function maskedValue(value: PhraseValue, mask: Mask, longest: number): PhraseValue {
  if (typeof value === "string") return shownText(value, mask, longest);
  if (typeof value === "number") {
    const shown = shownText(String(value), mask, longest);
    return shown === String(value) ? value : shown;
  }
  if ("text" in value) return maskedPhrase(value, mask, longest);
  if ("list" in value) return { ...value, list: value.list.map((each) => maskedValue(each, mask, longest)) };
  if ("sentences" in value) return { sentences: value.sentences.map((each) => maskedValue(each, mask, longest)) };
  return value;
}
