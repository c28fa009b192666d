import { checkValue, RequestError, serverUrl } from "../request";
import type { HttpRequest } from "../transport";
import type { ServiceName } from "./service";
import type { ServiceValues } from "./service-values";
import { SERVICES, type Service } from "./services";
import { allOf, phrase } from "../../words/phrase";

/**
 * The call of a service, checked against its page before anything is sent.
 * @param values the login included
 * @throws RequestError naming the field, the rule and the allowed values
 */
export function buildServiceRequest(host: string, name: ServiceName, values: ServiceValues): HttpRequest {
  const service = SERVICES[name];
  const url = serverUrl(host, service.path);
  checkServiceValues(service, values);
  const form = new URLSearchParams();
  for (const parameter of service.parameters) {
    const value = values[parameter.name];
    if (value !== undefined) form.append(parameter.name, value);
  }
  return { url, body: form.toString() };
}

function checkServiceValues({ name, parameters, oneOf = [] }: Service, values: ServiceValues): void {
  for (const [key, value] of Object.entries(values)) {
    const parameter = parameters.find((known) => known.name === key);
    // The name of an unknown one may be anything.
    if (parameter === undefined)
      throw new RequestError("unknown", phrase("{0} does not take one of these parameters.", name));
    checkValue(parameter, value);
  }
  for (const parameter of parameters) {
    if (!parameter.required || values[parameter.name] !== undefined) continue;
    const allowed = parameter.values?.map(({ value }) => value) ?? [];
    throw new RequestError("missing", phrase("{0} needs {1}.", name, parameter.name), parameter.name, allowed);
  }
  const given = oneOf.filter((key) => values[key] !== undefined);
  if (oneOf.length > 0 && given.length !== 1) {
    throw new RequestError(
      "combination",
      phrase("{0} needs exactly one of {1}.", name, allOf(oneOf)),
      given[1] ?? oneOf[0],
    );
  }
}
