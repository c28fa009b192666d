import { inEnglish } from "../../words/localize";
import { nameNotShown } from "../../words/marks";
import { withoutEncodedData } from "./encoded-data";

/**
 * Most characters of a name that is shown. Part of a longer name could contain part of a secret, which could not be
 * found.
 */
const MAX_NAME = 200;

/**
 * A name that a container gives to something in it, only for showing: nothing is ever written under it. Invisible
 * characters, and those that change the direction of text, become U+FFFD.
 */
export function shownName(name: string): string {
  if (name.length > MAX_NAME) return inEnglish(nameNotShown(name.length));
  return withoutEncodedData(name.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd"));
}
