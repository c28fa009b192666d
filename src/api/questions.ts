import { ENDPOINTS } from "./endpoints";
import { breaking, type AllowedValue, type Parameter, type ParameterName, type ParameterValues } from "./parameter";
import type { Product } from "./product";
import type { Phrase } from "../words/phrase";

/**
 * What a person has decided so far: a value, `null` for a parameter that is not sent, no key for one that was not
 * asked about.
 */
export type Decisions = Readonly<Partial<Record<ParameterName, string | null>>>;

/** One step of putting a call together: what may be decided about one parameter, given what is decided already. */
export interface ParameterQuestion {
  readonly parameter: Parameter;
  /** The listed values that lead to a valid call. Empty for a parameter that accepts any text (see `checkValue`). */
  readonly options: readonly AllowedValue[];
  readonly mayOmit: boolean;
  /** Why something listed is not offered: the sentences of the rules that forbid it here. */
  readonly because: readonly Phrase[];
}

/** The state of the questions: what is decided, including what follows from it, and the next question, if any. */
export interface NextQuestion {
  readonly decided: Decisions;
  readonly question?: ParameterQuestion;
}

/** Represents any text in a rule: rules on such parameters only distinguish given from omitted. */
const ANY_TEXT = "text";

/**
 * Walks through the parameters of an endpoint in the order of the questions. Answering every question gives a valid
 * call, and every valid call can be reached. If only one answer is left, it is taken without asking.
 * @param decided what is known before the first question, for instance order number and login, and each answer so far
 */
export function nextQuestion(product: Product, decided: Decisions): NextQuestion {
  const settled: Partial<Record<ParameterName, string | null>> = { ...decided };
  for (const parameter of ENDPOINTS[product].parameters) {
    if (settled[parameter.name] !== undefined) continue;
    const question = questionOn(product, parameter, settled);
    const listed = parameter.values !== undefined;
    const [only] = question.options;
    const mayGive = listed ? only !== undefined : forbidding(product, settled, parameter, ANY_TEXT).length === 0;
    if (!mayGive) settled[parameter.name] = null;
    else if (!question.mayOmit && only !== undefined && question.options.length === 1)
      settled[parameter.name] = only.value;
    else return { decided: settled, question };
  }
  return { decided: settled };
}

/** The parameters that are sent, once everything is decided. */
export function valuesOf(decided: Decisions): ParameterValues {
  return Object.fromEntries(Object.entries(decided).filter(([, value]) => value !== null));
}

function questionOn(product: Product, parameter: Parameter, decided: Decisions): ParameterQuestion {
  const because = new Set<Phrase>();
  const options = (parameter.values ?? []).filter(({ value }) => {
    const against = forbidding(product, decided, parameter, value);
    for (const sentence of against) because.add(sentence);
    return against.length === 0;
  });
  const againstOmission = forbidding(product, decided, parameter, null);
  for (const sentence of againstOmission) because.add(sentence);
  return { parameter, options, mayOmit: !parameter.required && againstOmission.length === 0, because: [...because] };
}

/** The rules that a decision would break, whatever is decided later. */
function forbidding(product: Product, decided: Decisions, { name }: Parameter, value: string | null): Phrase[] {
  const then: Decisions = { ...decided, [name]: value };
  return ENDPOINTS[product].rules
    .filter((rule) => breaking(rule, valuesOf(then), (one) => then[one] !== undefined).length > 0)
    .map(({ sentence }) => sentence);
}
