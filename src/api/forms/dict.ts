import { MAX_NESTING, MAX_PAIRS } from "../limits";
import { Literals } from "./literals";
import { UnreadableAnswer, type AnswerReading } from "./reading";
import { readUrlEncoded } from "./url-encoded";
import { amount, phrase } from "../../words/phrase";

/**
 * A dict as Python prints it, or JSON: `{'errorCode': -16, 'errorMessage': "…"}`. The pages show it only for errors.
 * @throws UnreadableAnswer when it is truncated, nested too deeply, or has no error code
 */
export function readDict(text: string): AnswerReading {
  const literals = new Literals(text);
  const values = new Map<string, string>();
  let pairs = 0;

  const object = (depth: number): void => {
    if (depth > MAX_NESTING)
      throw new UnreadableAnswer("limit", phrase("The answer is nested deeper than {0} levels.", amount(MAX_NESTING)));
    while (literals.mark("}") === undefined) {
      const key = literals.string() ?? literals.name();
      if (key === undefined || literals.mark(":") === undefined) throw cut();
      if (++pairs > MAX_PAIRS)
        throw new UnreadableAnswer("limit", phrase("The answer has more than {0} fields.", amount(MAX_PAIRS)));
      const value = any(depth);
      const name = key.toLowerCase();
      // A code may be nested: `{"error": {"code": -16}}`. The outer level comes first.
      if (value !== undefined && (depth === 1 || !values.has(name))) values.set(name, value);
      if (literals.mark(",") === undefined && literals.mark("}") !== undefined) return;
    }
  };

  const list = (depth: number): void => {
    if (depth > MAX_NESTING)
      throw new UnreadableAnswer("limit", phrase("The answer is nested deeper than {0} levels.", amount(MAX_NESTING)));
    while (literals.mark("]") === undefined) {
      if (++pairs > MAX_PAIRS)
        throw new UnreadableAnswer("limit", phrase("The answer has more than {0} fields.", amount(MAX_PAIRS)));
      any(depth);
      if (literals.mark(",") === undefined && literals.mark("]") !== undefined) return;
    }
  };

  const any = (depth: number): string | undefined => {
    const nested = literals.mark("{[");
    if (nested === "{") object(depth + 1);
    if (nested === "[") list(depth + 1);
    if (nested !== undefined) return undefined;
    const value = literals.string() ?? literals.number()?.toString() ?? literals.name();
    if (value === undefined) throw cut();
    return value;
  };

  if (literals.mark("{") === undefined) throw cut();
  object(1);
  return reading(values);
}

function reading(values: ReadonlyMap<string, string>): AnswerReading {
  const code = CODES.map((name) => values.get(name)).find(
    (value) => value !== undefined && /^[-−]\d{1,4}$/.test(value),
  );
  if (code === undefined) {
    // JSON can say the same about a waiting order as the URL-encoded form.
    if (/^0$/.test(values.get("errorcode") ?? "")) return readUrlEncoded(formOf(values));
    throw new UnreadableAnswer("text", phrase("The answer is JSON or a dict, but contains no error code from the CA."));
  }
  const message = values.get("errormessage") ?? values.get("description") ?? values.get("message");
  const field = values.get("erroritem");
  return {
    code: Number(code.replace("−", "-")),
    ...(message !== undefined && { message }),
    ...(field !== undefined && { field }),
    packed: [],
    facts: {},
  };
}

/** Names of an error code, in order of precedence. */
const CODES = ["errorcode", "error_code", "code", "error", "statuscode", "status"];

function formOf(values: ReadonlyMap<string, string>): string {
  return [...values].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
}

function cut(): UnreadableAnswer {
  return new UnreadableAnswer("text", phrase("The answer looks like JSON or a dict, but is truncated or malformed."));
}
