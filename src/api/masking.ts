/** What stands in place of a secret. */
const MASK = "••••";

/** A secret of fewer characters would be given away by where it is masked: the whole text goes instead. */
const SHORTEST_MASKED = 4;

/** Parameters whose values are masked in any text, whether the secret is known or not: a saved curl line, an echo. */
const NAMED_SECRET = /\b(loginPassword|password|passwd|collectionCode)(["']?\s*[=:]\s*["']?)[^\s"'&<>,;]+/gi;

const PRIVATE_KEY = /(-----\s?BEGIN [A-Z0-9 ]*PRIVATE KEY\s?-----)[^]*/;

/** Takes secrets out of a text. */
export type Mask = (text: string) => string;

/**
 * A mask for these secrets, in each form in which a server might echo one: as it is, form-encoded, percent-encoded, escaped
 * for HTML, JSON and Python, and in Base64. It also takes out the values of parameters that are always secret, and
 * private keys. A text that holds a secret of less than four characters is dropped whole.
 */
export function maskOf(secrets: readonly string[]): Mask {
  // The longest first: one secret may hold another.
  const forms = secrets.flatMap(formsOf).sort((a, b) => b.length - a.length);
  return (text) => {
    let masked = text;
    for (const form of forms) {
      if (!masked.includes(form)) continue;
      if (form.length < SHORTEST_MASKED) return MASK;
      masked = masked.replaceAll(form, MASK);
    }
    return masked.replace(NAMED_SECRET, `$1$2${MASK}`).replace(PRIVATE_KEY, `$1${MASK}`);
  };
}

/** One text masked once; see {@link maskOf}. */
export const maskSecrets = (text: string, secrets: readonly string[]): string => maskOf(secrets)(text);

function formsOf(secret: string): string[] {
  if (secret === "") return [];
  const form = new URLSearchParams({ "": secret }).toString().slice(1);
  const percent = encodeURIComponent(secret);
  const html = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  const escaped = secret.replaceAll("\\", "\\\\");
  return [
    ...new Set([
      secret,
      form,
      lowerHex(form),
      percent,
      lowerHex(percent),
      html,
      html.replaceAll("'", "&#39;"),
      JSON.stringify(secret).slice(1, -1),
      escaped.replaceAll("'", "\\'"),
      Buffer.from(secret, "utf8").toString("base64"),
    ]),
  ];
}

const lowerHex = (encoded: string): string => encoded.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());

/**
 * One line of the server's text that is fit to be shown: secrets masked, control and direction characters removed,
 * white space joined, at most `longest` characters.
 */
export function shownText(text: string, mask: Mask, longest: number): string {
  const near = text.slice(0, longest * WINDOW + LONGEST_SECRET_FORM);
  const masked = mask(near);
  // The last characters may be the beginning of a secret that was cut, hence not found.
  const whole = near.length < text.length ? masked.slice(0, -LONGEST_SECRET_FORM) : masked;
  const plain = whole
    .replace(/\s+/gu, " ")
    .replace(/[\p{Control}\p{Format}\p{Surrogate}\p{Private_Use}\p{Unassigned}]/gu, "")
    .trim();
  // Again, since what was taken out may have stood inside a secret.
  const line = mask(plain);
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join("")}…`;
}

/** How many times more characters are looked at than are shown, since white space is joined. */
const WINDOW = 4;

/** 128 characters, each up to four bytes of UTF-8, percent-encoded. */
const LONGEST_SECRET_FORM = 128 * 4 * 3;
