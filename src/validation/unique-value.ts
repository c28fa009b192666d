/** Characters of a unique value at most (docs.sectigo.com, "Request Token"). */
const MAX_LENGTH = 20;

/** Whether a text can be an order's unique value: letters and digits of ASCII, in either case, at most 20. */
export function isUniqueValue(text: string): boolean {
  return text.length <= MAX_LENGTH && /^[A-Za-z0-9]+$/.test(text);
}

/** Whether a unique value makes a token another one than that of an order which it served. @param used by that order */
export const isNewValue = (value: string | undefined, used: string | undefined): boolean =>
  value !== undefined && value !== "" && value.toLowerCase() !== used?.toLowerCase();
