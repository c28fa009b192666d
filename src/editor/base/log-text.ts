import { inertText } from "./inert-text";
import type { Foreign } from "./known-secrets";

/** Plain facts beside a line of the log: numbers, codes, origins. Never a body, a header or a secret. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * What the log says about an error. For our own errors it is the message on one line, since it may contain text from a
 * server or file that must not forge log lines; for a defect it is the stack, which has several lines.
 */
export function causeText(error: unknown): Foreign {
  if (!(error instanceof Error)) return "";
  return codeOf(error) === undefined
    ? (error.stack ?? error.message)
    : { text: error.message, finish: (text) => inertText(text) };
}

/** `name=value` of each given fact, in one line. */
export function factTexts(facts: LogFacts = {}): readonly Foreign[] {
  return Object.entries(facts).flatMap(([name, value]): Foreign[] => {
    if (value === undefined) return [];
    if (typeof value !== "string") return [`${name}=${value}`];
    return [{ text: value, finish: (text) => `${name}=${JSON.stringify(inertText(text))}` }];
  });
}

/** Whether a part of our own code could not be loaded: the extension was updated while this window ran it. */
export function isCodeMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && MISSING.has(code);
}

/** Of the engine, and of the thread that reads. */
const MISSING: ReadonlySet<string> = new Set(["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND", "code-missing"]);

/** The stable code of one of our errors or of Node's; `undefined` for any other value. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
