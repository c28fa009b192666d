import { labelIn, SECRET_WORDS, type NumberLabel } from "./number-labels";

/** The content of a table column. */
export type TableField =
  | NumberLabel
  | "reference"
  | "number"
  | "collectionCode"
  | "product"
  | "label"
  | "name"
  | "tags"
  | "account"
  | "secret";

/**
 * Headings by their letters and digits in lower case: the CA's words, our exports', and those of common portals.
 * Headings of numbers are recognised by their words, see {@link labelIn}.
 */
const HEADINGS: Readonly<Record<string, TableField>> = {
  reference: "reference",
  number: "number",
  collectioncode: "collectionCode",
  abholcode: "collectionCode",
  product: "product",
  productname: "product",
  producttype: "product",
  produkt: "product",
  type: "product",
  typ: "product",
  certificate: "product",
  certificatetype: "product",
  certtype: "product",
  zertifikat: "product",
  zertifikatstyp: "product",
  ordertype: "product",
  produit: "product",
  producto: "product",
  prodotto: "product",
  produto: "product",
  certificat: "product",
  certificado: "product",
  certificato: "product",
  certificaat: "product",
  service: "product",
  label: "label",
  description: "label",
  names: "name",
  name: "name",
  domain: "name",
  domains: "name",
  domane: "name",
  domanen: "name",
  domanenname: "name",
  domaene: "name",
  domaine: "name",
  domaines: "name",
  nomdedomaine: "name",
  dominio: "name",
  dominios: "name",
  nombrededominio: "name",
  nomededominio: "name",
  domini: "name",
  nomedidominio: "name",
  nomedominio: "name",
  domein: "name",
  domeinnaam: "name",
  domainname: "name",
  domainnames: "name",
  commonname: "name",
  commonnames: "name",
  fqdn: "name",
  host: "name",
  hostname: "name",
  cn: "name",
  email: "name",
  tags: "tags",
  tag: "tags",
  customer: "tags",
  group: "tags",
  account: "account",
  login: "account",
  loginname: "account",
  // The id of whatever the table is about.
  id: "other",
};

/** Characters and words of a heading. */
const MAX_HEADING = 60;
const MAX_HEADING_WORDS = 5;

/**
 * The field that a heading names; `undefined` for unknown ones, for text ending with a colon, which is a label with
 * its value beside or below it, and for counts ("24 orders").
 */
export function fieldOf(heading: string): TableField | undefined {
  if (heading.length < 2 || heading.length > MAX_HEADING || heading.trimEnd().endsWith(":")) return undefined;
  if (heading.trim().split(/\s+/).length > MAX_HEADING_WORDS) return undefined;
  const name = heading.replace(/^\s*\d{1,3}[.)]\s/, "");
  if (/^\s*\d[\d.,]*\s/.test(name)) return undefined;
  // "Common Name (CN)", "Domain 2".
  for (const words of [name, withoutCount(name.replace(/\s?\([^()]{0,40}\)\s*$/, ""))]) {
    const letters = lettersOf(words);
    if (Object.hasOwn(HEADINGS, letters)) return HEADINGS[letters];
  }
  return SECRET_WORDS.test(name) ? "secret" : labelIn(withoutCount(name));
}

/**
 * A heading without the digits at its end that distinguish it from others with the same name: "Order 1", "domain_2".
 */
export const withoutCount = (heading: string): string =>
  heading.trim().replace(/(?<=\p{L}[.)]?)[ _#-]{0,3}\d{1,2}$/u, "");

/** Letters and digits in lower case, without accents. */
const lettersOf = (heading: string): string =>
  heading
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
