import { ENDPOINTS, parameterOf } from "../../api/endpoints";
import type { Parameter, ParameterName } from "../../api/parameter";
import type { Product } from "../../api/product";
import { checkValue, longestOf, RequestError } from "../../api/request";
import { inWords, type Locale } from "../../words/localize";
import { amount, type Phrase } from "../../words/phrase";

/** What is wrong with a value for a parameter of the CA, in one sentence that names the parameter, or `undefined`. */
export function valueProblem(product: Product, name: ParameterName, value: string): Phrase | undefined {
  const parameter = parameterOf(ENDPOINTS[product], name);
  return parameter && problemOf(() => checkValue(parameter, value));
}

/** As {@link valueProblem}, for the box in which a person types it: the parameter's name would say nothing there. */
export function typedProblem(product: Product, name: ParameterName, value: string, locale: Locale): string | undefined {
  const parameter = parameterOf(ENDPOINTS[product], name);
  if (parameter === undefined) return undefined;
  try {
    checkValue(parameter, value);
    return undefined;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return typedWords(error, parameter, locale);
  }
}

function typedWords({ code, said }: RequestError, parameter: Parameter, locale: Locale): string {
  const { localize } = locale;
  switch (code) {
    case "empty":
      return localize("This cannot be empty.");
    case "too-long":
      return localize("This is longer than {0} characters.", amount(longestOf(parameter)));
    case "not-text":
      return localize("This contains characters that cannot be sent.");
    case "not-integer":
      return localize("This must consist of digits.");
    case "shape":
      return localize("This must be {0}.", parameter.shape?.name ?? "");
    default:
      return inWords(said, locale);
  }
}

/** What a check says with which it refuses a value, if it does. */
export function problemOf(check: () => unknown): Phrase | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return error.said;
  }
}
