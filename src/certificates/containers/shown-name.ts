import { withoutEncodedData } from "./encoded-data";

/** Characters of a name that is told. Part of a longer one could hold part of a secret, which nobody would find. */
const MAX_NAME = 200;

/**
 * A name that a container gives to something in it, for showing: nothing is ever written under it. Characters that
 * nobody sees, or that turn the text around, are U+FFFD.
 */
export function shownName(name: string): string {
  if (name.length > MAX_NAME) return `(a name of ${name.length} characters)`;
  return withoutEncodedData(name.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd"));
}
