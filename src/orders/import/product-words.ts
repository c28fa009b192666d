import { isProduct, PRODUCT_FACTS, PRODUCTS, type Product } from "../../api/product";
import { isDomainOrMail } from "./parsed-order";

/**
 * Words by which the CA, its resellers, its endpoints and people name what the five endpoints deliver, in lower case
 * with one space between words. The first product whose words are in a text counts. SSL names are those of the CA's
 * lists of product codes (AutoApplySSL and AutoApplyOrder, "SSL certificates"), CPAC is the older name of the Personal
 * Authentication Certificate, VMC and CMC are the two mark certificates (product codes 801 and 803).
 */
const WORDS: readonly (readonly [Product, readonly string[]])[] = [
  ["ssl", ["collect ssl"]],
  ["smime", ["collect smime"]],
  ["ccc", ["collect ccc"]],
  ["pac", ["collect pac"]],
  ["mc", ["collect mc"]],
  ["pac", ["personal authentication", "cpac"]],
  ["smime", ["s mime", "smime", "secure email", "secure e mail"]],
  ["mc", ["verified mark", "common mark", "mark certificate", "mark certificates", "vmc", "cmc"]],
  ["ccc", ["client certificate", "client certificates"]],
  ["ssl", ["ssl", "tls", "web server", "unified communications", "wildcard certificate"]],
];

/** Words that name a product where only a product is expected, but may mean anything in a sentence. */
const SHORT_WORDS: typeof WORDS = [
  ["pac", ["pac"]],
  ["smime", ["email certificate", "e mail certificate", "mailbox validated", "sponsor validated"]],
  ["mc", ["mark", "bimi"]],
  ["ccc", ["ccc", "client"]],
  ["ssl", ["ev", "ov", "dv", "ucc", "mdc", "san", "multi domain", "multidomain", "wildcard", "wild card", "https"]],
  ["ssl", ["extended validation", "organization validation", "organisation validation", "domain validation"]],
  ["ssl", ["extended validated", "organization validated", "organisation validated", "domain validated"]],
];

/** What else the CA sells under names with a product's words: none of the five endpoints delivers these. */
const OTHER_GOODS: Readonly<Record<Product, readonly string[]>> = {
  // "EV Code Signing" and a mail about it that ends with "Sectigo SSL".
  ssl: ["code signing", "codesigning", "document signing", "time stamping", "timestamping", "sitelock", "site lock"],
  smime: [],
  ccc: [],
  pac: [],
  mc: [],
};

/** Whether a cell names what the CA sells and none of the five endpoints delivers. */
export function isOtherGoods(name: string): boolean {
  const words = plain(name.slice(0, MAX_NAME));
  return Object.values(OTHER_GOODS)
    .flat()
    .some((other) => words.includes(` ${other} `));
}

/** The most characters of a cell that names a product. */
const MAX_NAME = 200;

/** The product that a text is about, if it says so unambiguously. */
export function productIn(text: string): Product | undefined {
  return named(plain(text), WORDS);
}

/** The product of several cells or words, if those that name one agree. */
export function productOfAll(names: readonly string[]): Product | undefined {
  return agreed(names.flatMap((name) => productNamed(name) ?? []));
}

/** The product whose endpoint a text names by its capitals alone, as in "order 4000002 PAC". */
export function productInCapitals(text: string): Product | undefined {
  return agreed(text.split(/[^\p{L}\p{N}]+/u).flatMap((word) => CAPITALS.get(word) ?? []));
}

const CAPITALS: ReadonlyMap<string, Product> = new Map(PRODUCTS.map((product) => [product.toUpperCase(), product]));

/** The first of several products, the most specific; `undefined` if they are of different kinds. */
function agreed(products: readonly Product[]): Product | undefined {
  const kinds = new Set(products.map((product) => (PRODUCT_FACTS[product].isPersonal ? "personal" : product)));
  return kinds.size === 1 ? products[0] : undefined;
}

/** All products that words name, including short words. */
export function productsIn(text: string): ReadonlySet<Product> {
  const words = plain(text);
  return new Set([...namesIn(words, WORDS), ...namesIn(words, SHORT_WORDS)]);
}

function namesIn(words: string, table: typeof WORDS): Product[] {
  return table.filter(([, names]) => names.some((name) => words.includes(` ${name} `))).map(([product]) => product);
}

/** The product that a word or a cell means; `undefined` for what the five endpoints do not deliver. */
export function productNamed(name: string): Product | undefined {
  const cut = name.slice(0, MAX_NAME).trim();
  if (isProduct(cut.toLowerCase())) return cut.toLowerCase() as Product;
  if (isDomainOrMail(cut)) return undefined;
  const words = plain(cut);
  return namesIn(words, WORDS).length > 0 ? named(words, WORDS) : named(words, SHORT_WORDS);
}

function named(words: string, table: typeof WORDS): Product | undefined {
  const product = agreed(namesIn(words, table));
  const others = product === undefined ? [] : OTHER_GOODS[product];
  return others.some((other) => words.includes(` ${other} `)) ? undefined : product;
}

/**
 * A text in lower case, with one space around each word; a capital also begins a word: "PositiveSSL Multi-Domain".
 * Trade mark signs are not part of a name.
 */
function plain(text: string): string {
  const letters = text
    .replace(/[®™©]/g, "")
    .normalize("NFKC")
    .replace(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, " ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ");
  return ` ${letters.trim()} `.replace(/(?<=\p{L})ssl /gu, " ssl ");
}
