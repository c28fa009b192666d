import type { Localize } from "../../words/localize";
import type { SubjectDomain } from "../../validation/subject";

/** How control of a domain is to be shown; `undefined` where that is not known. */
export function methodWords(method: SubjectDomain["method"], localize: Localize): string | undefined {
  switch (method) {
    case "email":
      return localize("by e-mail");
    case "http":
      return localize("by a file over http");
    case "https":
      return localize("by a file over https");
    case "cname":
      return localize("by a CNAME record");
    case "other":
      return localize("in another way");
    case undefined:
      return undefined;
  }
}
