import { decode } from "../forms/url-encoded";
import { WITHHELD } from "../masking";

/** In the place of what was removed. */
const REMOVED = "…";

/** An at sign, as texts, forms and pages write it. */
const AT = /[@＠﹫]|%40|&#0{0,4}64;?|&#x0{0,4}40;?|&commat;|\\(?:u00|x)40|\w=40[\w-]{1,63}\./i;
/** How often an at sign may be encoded. */
const MAX_LAYERS = 6;
/** An address with a quoted local part, or one that is spelled out: where it begins is not certain. */
const LOOSE_ADDRESS = /["'”’][ \t]{0,4}(?:[@＠﹫]|%40)|\s[@＠﹫]|[@＠﹫]\s|[[({<]\s{0,4}(?:at|@)\s{0,4}[\])}>]/i;
/** A piece of an answer in its form, with whatever it says of persons. */
const PIECE = /"\s{0,4}:|'\s{0,4}:\s{0,4}['"[{\d]|\b\d{1,6}_\w{1,64}=/;
/** The beginning of a JSON Web Token (RFC 7519 section 3): an object in base64url. */
const TOKEN = /ey[JA][A-Za-z0-9_-]{6}|ew[ko0][A-Za-z0-9_-]{12}/;
/** A piece that no label of a host name has the length of (RFC 1035 section 2.3.4). */
const LONG_PIECE = /[A-Za-z0-9_-]{64}/;

/**
 * A text of the CA without e-mail addresses and tokens. A text in which an address cannot be told from the words around
 * it is withheld, and so is one with a piece of an answer.
 */
export function withoutPersons(text: string): string {
  if (PIECE.test(text)) return WITHHELD;
  if (!hasAtSign(text) && !TOKEN.test(text) && !LONG_PIECE.test(text) && !text.includes("?") && !/\bat\b/i.test(text)) {
    return text;
  }
  if (LOOSE_ADDRESS.test(text)) return WITHHELD;
  return text.replace(/\S+/gu, (word) => {
    if (hasAtSign(word) || TOKEN.test(word) || LONG_PIECE.test(word)) return REMOVED;
    // The query of an address may carry a token.
    return word.includes("://") ? withoutQuery(word) : word;
  });
}

/** Whether a text has an at sign, however often it is encoded. */
export function hasAtSign(text: string): boolean {
  let plain = text;
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    if (AT.test(plain)) return true;
    if (!/[%&]/.test(plain)) return false;
    const next = decode(plain.replaceAll("&amp;", "&"));
    if (next === plain) return false;
    plain = next;
  }
  return true;
}

function withoutQuery(address: string): string {
  const at = address.indexOf("?");
  return at < 0 ? address : `${address.slice(0, at)}?${REMOVED}`;
}
