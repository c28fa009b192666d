import { ENDPOINTS, parameterOf } from "../../api/endpoints";
import type { ParameterName } from "../../api/parameter";
import type { Product } from "../../api/product";
import { checkValue } from "../../api/request";

/** What is wrong with a value that is being typed for a parameter of the CA, in one sentence, or `undefined`. */
export function valueProblem(product: Product, name: ParameterName, value: string): string | undefined {
  const parameter = parameterOf(ENDPOINTS[product], name);
  return parameter && problemOf(() => checkValue(parameter, value));
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
