import type { StepState } from "../result";
import type { DomainMethod, OrderedDomain } from "./service-result";

/** Compared without case, spaces and signs. */
const lettersOf = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, "");

/** A map, since a word may be any: an object has a "constructor". */
const tableOf = <T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T> => new Map(Object.entries(entries));

const STEP_STATES = tableOf<StepState>({
  completed: "done",
  actionrequired: "you",
  notapplicable: "not-needed",
  pending: "ca",
  inprogress: "ca",
  rejected: "rejected",
  failed: "rejected",
});

/** What the word of a step means; `undefined` for any that we do not know. */
export const stateOfStep = (word: string): StepState | undefined => STEP_STATES.get(lettersOf(word));

/** “Pending” is not among them: it does not say who must act. */
const DOMAIN_STATES = tableOf<StepState>({
  validated: "done",
  verified: "done",
  completed: "done",
  notvalidated: "you",
  notverified: "you",
  notcompleted: "you",
  actionrequired: "you",
  awaitingbrand: "ca",
  awaitingbrandvalidation: "ca",
  notapplicable: "not-needed",
  rejected: "rejected",
  failed: "rejected",
});

/** What the word of a domain means; `undefined` for any that we do not know. */
export const stateOfDomain = (word: string): StepState | undefined => DOMAIN_STATES.get(lettersOf(word));

/** The words for the numbers of a step. */
const NUMBERS = tableOf<string>({
  "-1": "Not applicable",
  "0": "Not completed",
  "1": "Completed",
  "2": "In progress",
  "3": "Rejected",
});

/** The CA's word for a number of a step; the number itself if it has none. */
export const wordOfNumber = (number: string): string => NUMBERS.get(number) ?? number;

const METHODS = tableOf<DomainMethod>({
  email: "email",
  http: "http",
  httpcsrhash: "http",
  https: "https",
  httpscsrhash: "https",
  cname: "cname",
  cnamecsrhash: "cname",
  dnscname: "cname",
});

/**
 * `CNAME CSR Hash`, `Pre-validated (HTTP CSR Hash)`, or an e-mail address, which is dropped.
 * @returns the parts that it says; without any for an empty text
 */
export function readMethod(text: string): Pick<OrderedDomain, "method" | "methodWord" | "isPrevalidated"> {
  const earlier = /^pre[-_ ]?validated\b[\s:(]*/i.exec(text);
  const word = earlier === null ? text.trim() : text.slice(earlier[0].length).trim().replace(/\)$/, "");
  const prevalidated = earlier === null ? {} : ({ isPrevalidated: true } as const);
  if (word === "") return prevalidated;
  const isAddress = /[@＠]|%40/.test(word);
  const methodWord = isAddress ? "EMAIL" : word;
  return { method: METHODS.get(lettersOf(methodWord)) ?? "other", methodWord, ...prevalidated };
}
