import { labelProblem, MAX_LABEL } from "../../orders/model/label";
import { localize } from "../base/localize";

/** What is wrong with a label or tag that is being typed, in one sentence, or `undefined`. */
export function labelProblemWords(text: string, longest = MAX_LABEL): string | undefined {
  switch (labelProblem(text, longest)) {
    case "too-long":
      return localize("At most {0} characters.", longest);
    case "unseen":
      return localize("This contains a line break or invisible characters. Type it instead of pasting it.");
    case undefined:
      return undefined;
  }
}
