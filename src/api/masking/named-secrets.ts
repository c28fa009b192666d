/** Replacement for a secret. Its length is fixed, whatever the length of the secret. */
export const MASK = "••••";

/** Endings of the names of parameters, fields and headers whose values are always secret. */
const NAME =
  "(?:pass(?:word|wort|[-_ ]?phrase|code)|passwd|pwd|kennwort|collection[-_ ]?code|secret(?:[-_ ]?key)?|token|" +
  "api[-_ ]?key|private[-_ ]?key|credentials?|\\bpass|\\bpin)\\d{0,2}(?:[-_](?:hash|value|confirm(?:ation)?|again|repeat))?";

/** Between a name and its value: `=`, `:`, `=>`, with quotes, brackets and the output of PHP's var_dump. */
const BETWEEN =
  "[\"'`\\])]{0,3}\\s{0,8}(?:=>|:=|={1,2}|:)\\s{0,8}(?:string\\(\\d{1,6}\\)\\s{0,4}|array\\(|[[(]|[bu](?=[\"']))?";

/** A value in quotes, even unterminated, or else up to white space or a character that ends it. */
const VALUE = "(?:\"(?:[^\"\\\\]|\\\\[^])*\"?|'(?:[^'\\\\]|\\\\[^])*'?|`[^`]*`?|[^\\s&<>\"'`;]+)";

/** `name=value` and its like in forms, JSON, YAML, dicts, dumps, headers and attributes. */
const PAIR = new RegExp(`(${NAME}${BETWEEN})(${VALUE})`, "gi");

/** `<loginPassword type="text">value</loginPassword>`, and a cell of a table beside one with the name. */
const ELEMENT = new RegExp(
  `(<[\\w:.-]{0,60}${NAME}(?:\\s[^<>]{0,400})?>|>[^<>]{0,60}${NAME}:?\\s{0,40}</t[dh]>\\s{0,40}<td[^<>]{0,400}>)` +
    "(<!\\[CDATA\\[[^]*?(?:\\]\\]>|$)|[^<]+)",
  "gi",
);

/** `<input name="loginPassword" value="…">`, in either order: a name and a value that are attributes. */
const INPUT = new RegExp(`<input\\b(?=[^<>]{0,400}?["'\\s=][\\w.-]{0,60}(?:${NAME})["'\\s>])[^<>]{0,800}>?`, "gi");
const INPUT_VALUE = new RegExp(`(\\bvalue\\s{0,8}=\\s{0,8})(${VALUE})`, "gi");

/** A part of a form with several (RFC 7578): its name, an empty line, its value. */
const PART = new RegExp(
  `(\\bname="?[\\w.-]{0,60}${NAME}"?[^\\r\\n]{0,200}(?:\\r?\\n[^\\r\\n]{1,400}){0,4}\\r?\\n\\r?\\n)([^\\r\\n]+)`,
  "gi",
);

/** Options of a command line. */
const OPTION = new RegExp(`(--[\\w-]{0,30}${NAME}\\s{1,8})(${VALUE})`, "gi");
const USER_OPTION = /((?:^|\s)(?:-u|--(?:proxy-)?user)[\s=]{1,8}["']?[^\s:"']{0,200}:)([^\s"']+)/g;

/** Headers that consist of a secret, to the end of their line (RFC 9110 section 11.6.2). */
const HEADER =
  /((?:proxy-)?authori[sz]ation["']?\s{0,8}[:=]\s{0,8}["']?(?:basic|bearer|token|negotiate|ntlm|apikey)\s{1,8})([^\s"'<>,;]+)/gi;
const HEADER_LINE =
  /((?:(?:proxy-)?authori[sz]ation|(?:set-)?cookie)["']?\s{0,8}[:=]\s{0,8}(?!["']?(?:basic|bearer|token|negotiate|ntlm|apikey)\s))([^\r\n<>]+)/gi;

/** Credentials of a header, without the header's name. */
const BEARER = /\b(bearer\s{1,8})((?=[\w.~+/-]{0,200}\d)[\w.~+/-]{16,}=*)/gi;
const BASIC = /\b(basic\s{1,8})([A-Za-z0-9+/_-]{4,}={0,2})/gi;

/** `https://user:password@host` */
const USER_INFO = /(:\/\/[^\s/?#@:]{0,200}:)([^\s/?#@]{1,400})(?=@)/g;

/** A JSON Web Token (RFC 7519). */
const WEB_TOKEN = /()\b(eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*)/g;

/** The text with all values masked whose names say that they are secret, known or not. */
export function maskNamed(text: string): string {
  const masked = text
    .replace(INPUT, (input) => input.replace(INPUT_VALUE, maskValue))
    .replace(HEADER, maskValue)
    .replace(BASIC, (whole, name: string, value: string) => (isLogin(value) ? name + MASK : whole));
  return [HEADER_LINE, PART, ELEMENT, OPTION, USER_OPTION, PAIR, BEARER, USER_INFO, WEB_TOKEN].reduce(
    (partly, pattern) => partly.replace(pattern, maskValue),
    masked,
  );
}

/** In quotes, if the value was. */
function maskValue(whole: string, name: string, value: string): string {
  if (value.includes(MASK) || /^(["'`]?)\s*\1$/.test(value)) return whole;
  const quote = /^["'`]/.exec(value)?.[0] ?? "";
  return name + quote + MASK + (quote !== "" && value.length > 1 && value.endsWith(quote) ? quote : "");
}

/** Base64 of `login:password`, and not a word such as in "Basic authentication". */
function isLogin(value: string): boolean {
  return /^[\x20-\x39\x3b-\x7e\x80-\xff]{0,200}:[\x20-\x7e\x80-\xff]+$/.test(
    Buffer.from(value, "base64").toString("latin1"),
  );
}
