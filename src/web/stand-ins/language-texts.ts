import type { Translate } from "../../words/localize";
import { webTexts } from "../web-texts";

/** The texts of the display language, whichever it is. */
export const readLanguageTexts = (): Translate => webTexts;
