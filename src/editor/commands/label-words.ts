import { labelProblem, MAX_LABEL } from "../../orders/model/label";
import { phrase, type Phrase } from "../../words/phrase";

/** What is wrong with a label or tag that is being typed, in one sentence, or `undefined`. */
export function labelProblemSaid(text: string, longest = MAX_LABEL): Phrase | undefined {
  switch (labelProblem(text, longest)) {
    case "too-long":
      return phrase("At most {0} characters.", longest);
    case "unseen":
      return phrase("This contains a line break or invisible characters. Type it instead of pasting it.");
    case undefined:
      return undefined;
  }
}
