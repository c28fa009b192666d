import { PARAMETER_NAMES } from "./parameter";
import { PRODUCT_FACTS, type Product } from "./product";
import type { Afterwards } from "./result";

/** What a negative code means for later calls, and what a person can do. */
export interface CodeVerdict {
  readonly after: Afterwards;
  readonly advice: string;
}

/** What was sent, as far as a verdict depends on it. */
export interface Sent {
  readonly product: Product;
  /** Whether a login name went with the call; false if a collection code alone fetches the certificate. */
  readonly login: boolean;
}

/** In place of the CA's words where it has none. `refusalSaid` of `orders` knows it. */
export const NO_REASON = "The CA gave no reason.";

const OUR_FAULT: CodeVerdict = {
  after: "bug",
  advice: "This is a fault of the extension, not yours: please report it with the log.",
};

const SIGN_IN: CodeVerdict = {
  after: "sign-in",
  advice:
    "Check the login name and password, and check in the CA's portal whether the account is locked, the password has expired or your IP address is blocked. If none of these is the cause, ask the account manager whether this API is enabled for the account. No call is made with this login until you change the password or ask for one.",
};

const CODE: CodeVerdict = {
  after: "code",
  advice: "Check the collection code in the CA's e-mail: this order is not checked again until it is changed.",
};

const CODE_WANTED: CodeVerdict = {
  after: "code",
  advice: "Enter the collection code from the CA's e-mail: this order is not checked again without it.",
};

const LOGIN_WANTED: CodeVerdict = {
  after: "final",
  advice: "The CA requires a login as well as the collection code: track the order by its number, with an account.",
};

const ORDER: CodeVerdict = {
  after: "final",
  advice: "Check number and product: the CA does not know such an order, or it belongs to another account.",
};

const PERMISSION: CodeVerdict = {
  after: "final",
  advice: "Ask the account's administrator or the CA for the permission that the CA's message names.",
};

const VERDICTS: Readonly<Partial<Record<number, CodeVerdict>>> = {
  [-1]: OUR_FAULT,
  [-2]: OUR_FAULT,
  [-14]: {
    after: "later",
    advice: "The CA had an internal error: the order is checked again later, less and less often.",
  },
  [-17]: OUR_FAULT,
  // Documented for the neighbouring codes: refunded.
  [-18]: { after: "final", advice: "The order was cancelled and refunded: place a new one if it is still needed." },
  [-20]: { after: "final", advice: "The order was rejected: place a new one, or ask the CA for the reason." },
  [-21]: { after: "final", advice: "The certificate is revoked: stop using it and order a new one." },
  [-22]: { after: "slow", advice: "Pay for the order, or ask whoever pays for the account: the CA starts after that." },
  [-23]: { after: "final", advice: "The certificate was replaced: track the new one by its certificate ID." },
  [-26]: { after: "soon", advice: "The certificate is being issued right now: the order is checked again soon." },
  [-42]: { after: "hours", advice: "The CA's call limit is reached: nothing is checked for some hours." },
  [-90]: PERMISSION,
  [-91]: PERMISSION,
  [-160]: { after: "later", advice: "The issuer of mark certificates had an error: the order is checked again later." },
  [-162]: { after: "later", advice: "The issuer of mark certificates had an error: the order is checked again later." },
};

/** Codes whose meaning differs on a product's page. */
const VERDICTS_OF: Readonly<Record<Product, typeof VERDICTS>> = {
  ssl: {},
  smime: {},
  ccc: {},
  pac: {
    [-91]: { after: "final", advice: "Look at the order in the CA's portal: its state does not allow collecting." },
  },
  mc: {},
};

const UNKNOWN: CodeVerdict = { after: "final", advice: "Ask the CA's support what this code means for the order." };

/**
 * @param code negative
 * @param field the argument at fault, if the answer names one, in upper or lower case
 * @param sent absent for a saved answer, whose request is unknown
 */
export function judgeCode(code: number, field: string | undefined, sent: Sent | undefined): CodeVerdict {
  // One code for wrong login, locked account, expired password, blocked address and an account that is not enabled for
  // the API; without a login only the collection code can be meant.
  if (code === -16) return sent?.login === false ? CODE : SIGN_IN;
  if (code === -3 || code === -4) return judgeField(code, field, sent);
  return (sent && VERDICTS_OF[sent.product][code]) ?? VERDICTS[code] ?? UNKNOWN;
}

/**
 * Whether a failure of the issuer of mark certificates (CollectMC: -160, -162, with that issuer's words) only says
 * that it is not done yet.
 */
export function isStillValidated(code: number, message: string | undefined): boolean {
  if (code !== -160 && code !== -162) return false;
  const words = (message ?? "").replace(/[\s_]+/g, " ").replace(NOT_COLLECTED, "");
  return !FAILED.test(words) && (UNFINISHED.test(words) || (AT_WORK.test(words) && !/\berrors?\b/i.test(words)));
}

/** The refusal itself, before its reason. */
const NOT_COLLECTED =
  /\b(?:fail(?:ed|ure)|error) (?:to|while|when) (?:collect|retriev|download|fetch|obtain|get)(?:e|t?ing)?\b/gi;
const FAILED =
  /\b(?:fail(?:s|ed|ure)?|reject(?:s|ed|ion)?|den(?:y|ied|ial)|declined|invalid|refused|cancell?ed|revoked|expired)\b/i;
/** Words for what is not done yet, whatever else the message says. */
const UNFINISHED =
  /\b(?:still|pending|await(?:s|ing)|waiting|incomplete|unfinished|not (?:yet|complete|been|issued|ready|finished|validated)|(?:in|under) (?:progress|process|review|validation|verification))\b/i;
/** Words for what is in progress, unless that is what went wrong. */
const AT_WORK =
  /\b(?:being|currently|processing|validating|verifying|reviewing|ongoing|under ?way|queued|scheduled)\b/i;

function judgeField(code: -3 | -4, field: string | undefined, sent: Sent | undefined): CodeVerdict {
  switch (field?.toLowerCase()) {
    case "loginname":
    case "loginpassword":
      return sent?.login === false ? LOGIN_WANTED : SIGN_IN;
    case "collectioncode":
      // CollectSMIME's page has such a sample, though the endpoint takes no collection code.
      if (sent && PRODUCT_FACTS[sent.product].collectionCode === "never") return OUR_FAULT;
      return code === -3 ? CODE_WANTED : CODE;
    case "ordernumber":
    case "certificateid":
    case "baseordernumber":
      return code === -4 ? ORDER : OUR_FAULT;
    case undefined:
      return code === -4 ? UNKNOWN : OUR_FAULT;
    default:
      return OUR_FAULT;
  }
}

/**
 * The argument that an error message names: "The 'queryType' argument is missing!". The pages also show it with only
 * one quote, or without quotes. Otherwise it is the parameter that is named first, in one word or several: it decides
 * whether a sign-in was refused.
 */
export function fieldNamedIn(message: string): string | undefined {
  const quoted = /\bthe\s+['"‘’“”`]?([A-Za-z]\w{0,63})['"‘’“”`]?\s+argument\b/i.exec(message)?.[1];
  if (quoted !== undefined) return quoted;
  const named = PARAMETER_WORDS.flatMap(({ name, words }) => {
    const at = message.search(words);
    return at < 0 ? [] : [{ name, at }];
  });
  return named.sort((a, b) => a.at - b.at)[0]?.name;
}

/** How a person writes a parameter: `loginName` as "login name", "login_name" or "login-name". */
const PARAMETER_WORDS = PARAMETER_NAMES.map((name) => {
  const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, "[ _-]?");
  return { name, words: new RegExp(`\\b${words}\\b`, "i") };
});

/** The CA's spelling of a field, without any quotes, if it is a parameter; otherwise unchanged. */
export function canonicalFieldName(field: string): string {
  return PARAMETER_NAMES.find((name) => lettersOf(name) === lettersOf(field)) ?? field;
}

const lettersOf = (name: string): string => name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
