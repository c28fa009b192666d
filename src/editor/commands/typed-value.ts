import { ENDPOINTS, parameterOf } from "../../api/endpoints";
import type { Parameter, ParameterName } from "../../api/parameter";
import type { Product } from "../../api/product";
import { checkValue, longestOf, RequestError } from "../../api/request";
import type { Localize } from "../../words/localize";

/** What is wrong with a value for a parameter of the CA, in one sentence that names the parameter, or `undefined`. */
export function valueProblem(product: Product, name: ParameterName, value: string): string | undefined {
  const parameter = parameterOf(ENDPOINTS[product], name);
  return parameter && problemOf(() => checkValue(parameter, value));
}

/** As {@link valueProblem}, for the box in which a person types it: the parameter's name would say nothing there. */
export function typedProblem(
  product: Product,
  name: ParameterName,
  value: string,
  localize: Localize,
): string | undefined {
  const parameter = parameterOf(ENDPOINTS[product], name);
  if (parameter === undefined) return undefined;
  try {
    checkValue(parameter, value);
    return undefined;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return typedWords(error, parameter, localize);
  }
}

function typedWords({ code, message }: RequestError, parameter: Parameter, localize: Localize): string {
  switch (code) {
    case "empty":
      return localize("This cannot be empty.");
    case "too-long":
      return localize("This is longer than {0} characters.", longestOf(parameter));
    case "not-text":
      return localize("This contains characters that cannot be sent.");
    case "not-integer":
      return localize("This must consist of digits.");
    case "shape":
      return localize("This must be {0}.", parameter.shape?.name ?? "");
    default:
      return message;
  }
}

/** The message with which a check throws, if it does. */
export function problemOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
