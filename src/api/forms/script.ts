import { MAX_PAIRS } from "../limits";
import { piecesOf } from "./certificate-text";
import { Literals } from "./literals";
import { UnreadableAnswer, type AnswerReading } from "./reading";
import { amount, phrase } from "../../words/phrase";

/** Whether a text begins as JavaScript variable declarations do. */
export function isScriptAnswer(text: string): boolean {
  return /^(?:\/\/|\/\*|["']use strict["']|(?:var|let|const)\s|(?:window\.)?g_(?:ccc|errorCode|errorMessage)\s*=)/.test(
    text,
  );
}

/**
 * responseEncoding=2 of CollectCCC and CollectPAC: declarations of g_ccc (base64 without markers), g_errorCode and
 * g_errorMessage, then for CollectCCC perhaps a call of the function that was named. Read token by token; the call is
 * only recognised.
 * @throws UnreadableAnswer when it is any other script
 */
export function readScriptAnswer(text: string): AnswerReading {
  const variables = readStatements(new Literals(text));
  const code = variables.get("g_errorCode")?.join("").trim();
  if (code === undefined || !/^-?\d{1,4}$/.test(code)) {
    throw new UnreadableAnswer("text", phrase("The answer is a script that does not set the variable g_errorCode."));
  }
  const message = variables.get("g_errorMessage")?.join("");
  return {
    code: Number(code),
    ...(message !== undefined && { message }),
    packed: (variables.get("g_ccc") ?? []).filter((value) => value.trim() !== "").flatMap(piecesOf),
    facts: {},
  };
}

function readStatements(literals: Literals): Map<string, string[]> {
  const variables = new Map<string, string[]>();
  for (let count = 0; !literals.ended; count++) {
    if (count > MAX_PAIRS)
      throw new UnreadableAnswer("limit", phrase("The script has more than {0} statements.", amount(MAX_PAIRS)));
    if (literals.mark(";") !== undefined || literals.string() !== undefined) continue;
    const word = literals.name();
    const name = word === "var" || word === "let" || word === "const" ? literals.name() : word;
    if (name === undefined) throw strange();
    if (literals.mark("(") !== undefined) {
      readCall(literals);
      continue;
    }
    declare(variables, name, literals);
    while (literals.mark(",") !== undefined) declare(variables, literals.name(), literals);
  }
  return variables;
}

/** Past the arguments of a call, which may be literals and names. */
function readCall(literals: Literals): void {
  if (literals.mark(")") !== undefined) return;
  do {
    if (literals.name() === undefined && readValue(literals) === undefined) throw strange();
  } while (literals.mark(",") !== undefined);
  if (literals.mark(")") === undefined) throw strange();
}

function declare(variables: Map<string, string[]>, name: string | undefined, literals: Literals): void {
  if (name === undefined) throw strange();
  if (literals.mark("=") === undefined) return;
  const value = readValue(literals);
  if (value === undefined) throw strange();
  variables.set(name.replace(/^(?:window|self|this|globalThis)\./, ""), value);
}

/**
 * A string, a sum of strings, a number, an array of these, or a word such as null, which does not count as a value.
 */
function readValue(literals: Literals): string[] | undefined {
  if (literals.mark("[") !== undefined) {
    const items: string[] = [];
    while (literals.mark("]") === undefined) {
      const item = readSum(literals);
      if (item === undefined) return undefined;
      items.push(item);
      if (items.length > MAX_PAIRS)
        throw new UnreadableAnswer("limit", phrase("The script has a list of more than {0}.", amount(MAX_PAIRS)));
      literals.mark(",");
    }
    return items;
  }
  const value = readSum(literals);
  if (value !== undefined) return [value];
  return /^(?:null|undefined|true|false)$/.test(literals.name() ?? "") ? [] : undefined;
}

function readSum(literals: Literals): string | undefined {
  const terms: string[] = [];
  do {
    const term = literals.string() ?? literals.number()?.toString();
    if (term === undefined) return undefined;
    terms.push(term);
  } while (literals.mark("+") !== undefined);
  return terms.join("");
}

function strange(): UnreadableAnswer {
  return new UnreadableAnswer(
    "text",
    phrase("The answer is a script, but does not set the variables that the CA documents."),
  );
}
