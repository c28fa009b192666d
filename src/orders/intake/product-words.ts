import { isProduct, type Product } from "../../api/product";

/** Words by which people, mails, endpoints and our own exports name the products. The first that fits counts. */
const WORDS: readonly (readonly [RegExp, Product])[] = [
  [/\bcollect(?:ssl)\b/i, "ssl"],
  [/\bcollectsmime\b/i, "smime"],
  [/\bcollectccc\b/i, "ccc"],
  [/\bcollectpac\b/i, "pac"],
  [/\bcollectmc\b/i, "mc"],
  [/\bs\/?mime\b|\bsecure e-?mail\b/i, "smime"],
  [/\bpersonal authentication\b|\bpac\b/i, "pac"],
  [/\b(?:verified |common )?mark certificates?\b|\b[vc]mc\b/i, "mc"],
  [/\bclient certificates?\b|\bccc\b/i, "ccc"],
  [/\b(?:ssl|tls|web server)\b/i, "ssl"],
];

/** The product that a text is about, if it says so. */
export function productIn(text: string): Product | undefined {
  return WORDS.find(([pattern]) => pattern.test(text))?.[1];
}

/** The product that a word stands for, as a table or line has it. */
export function productNamed(word: string): Product | undefined {
  const name = word.trim().toLowerCase();
  return isProduct(name) ? name : productIn(word);
}
