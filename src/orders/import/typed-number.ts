/** What a person typed as a number: its digits, or why it cannot be one of an order. */
export type TypedNumber = { readonly value: string } | { readonly problem: "zero" | "sign" };

/**
 * Reads a number that stands alone in a box, with or without a number sign before it, however few digits it has.
 * @returns `undefined` for any other text
 */
export function readTypedNumber(text: string): TypedNumber | undefined {
  const [, before = "", value] = /^([-+#\s\u2010-\u2015\u2212]*)(\d+)$/.exec(text.trim()) ?? [];
  if (value === undefined) return undefined;
  if (/[^#\s]/.test(before)) return { problem: "sign" };
  return isZero(value) ? { problem: "zero" } : { value };
}

/** Whether a number has no digit but zeros: no order has it. */
export const isZero = (value: string): boolean => /^0+$/.test(value);
