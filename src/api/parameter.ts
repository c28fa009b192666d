import type { Phrase } from "../words/phrase";

/** Every parameter that at least one of the five pages documents, in the CA's spelling. */
export const PARAMETER_NAMES = [
  "loginName",
  "loginPassword",
  "orderNumber",
  "certificateID",
  "baseOrderNumber",
  "collectionCode",
  "queryType",
  "responseType",
  "responseEncoding",
  "callbackFunctionName",
  "responseMimeType",
  "showValidityPeriod",
  "showFQDN",
  "showExtStatus",
  "responseFormat",
  "showMDCDomainDetails",
  "showMDCDomainDetails2",
  "showStatusDetails",
  "behaviourVersion",
] as const;

export type ParameterName = (typeof PARAMETER_NAMES)[number];

/** The values to send, before encoding. An absent key is a parameter that is not sent. */
export type ParameterValues = Readonly<Partial<Record<ParameterName, string>>>;

/** One row of a page's table: what a value of it must be. */
export interface ValueRules {
  readonly name: string;
  readonly type: "string" | "integer" | "char";
  /** Needed in every call; what is needed under a condition is in a {@link ParameterRule}. */
  readonly required?: true;
  /** Never shown, logged or put into an error. */
  readonly secret?: true;
  /** In characters (Unicode code points), if the page gives one; otherwise {@link MAX_UNDOCUMENTED_CHARACTERS}. */
  readonly maxLength?: number;
  /** The only accepted values, with the page's meaning. */
  readonly values?: readonly AllowedValue[];
  /** A shape the value must have beyond its type. */
  readonly shape?: ValueShape;
  readonly description: string;
  /** What the CA does without it, if the page says so. */
  readonly whenOmitted?: string;
}

/** One row of a collect endpoint's table. */
export interface Parameter extends ValueRules {
  readonly name: ParameterName;
  /** `sign-in`: whose call it is. `order`: which order. `answer`: what to return, and how. */
  readonly role: "sign-in" | "order" | "answer";
}

export interface AllowedValue {
  readonly value: string;
  readonly meaning: string;
}

export interface ValueShape {
  readonly pattern: RegExp;
  /** For instance "a MIME type such as text/plain". */
  readonly name: Phrase;
}

/** `given`, `omitted`, or one of these values, where `undefined` means omitted. */
export type Condition = "given" | "omitted" | readonly (string | undefined)[];

export type Conditions = Readonly<Partial<Record<ParameterName, Condition>>>;

/** A combination rule: if all of `when` is true, all of `needs` must be. */
export interface ParameterRule {
  readonly when: Conditions;
  readonly needs: Conditions;
  /** For a person, a full sentence. */
  readonly sentence: Phrase;
}

/** The longest value of a parameter whose page gives no length, in characters. Ours, to bound a request. */
export const MAX_UNDOCUMENTED_CHARACTERS = 128;

function meets(condition: Condition, value: string | undefined): boolean {
  if (condition === "given") return value !== undefined;
  if (condition === "omitted") return value === undefined;
  return condition.includes(value);
}

function failing(conditions: Conditions, values: ParameterValues): ParameterName[] {
  return namesIn(conditions).filter((name) => {
    const condition = conditions[name];
    return condition !== undefined && !meets(condition, values[name]);
  });
}

function namesIn(conditions: Conditions): ParameterName[] {
  return PARAMETER_NAMES.filter((name) => conditions[name] !== undefined);
}

/**
 * The parameters that break a rule by not being as it needs them; empty if the rule is kept.
 * @param decided the parameters that count as decided, absent ones as omitted; all of them when left out
 */
export function breaking(
  rule: ParameterRule,
  values: ParameterValues,
  decided: (name: ParameterName) => boolean = () => true,
): ParameterName[] {
  const applies = namesIn(rule.when).every(decided) && failing(rule.when, values).length === 0;
  return applies ? failing(rule.needs, values).filter(decided) : [];
}
