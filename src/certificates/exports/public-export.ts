import { anyOf, phrase } from "../../words/phrase";
import { orderChain } from "../x509/chain";
import type { OrderOptions } from "../x509/path-search";
import { ExportError } from "./error";
import { FORMS, PARTS } from "./save-format";
import { singleFile } from "./single-file";

/**
 * Certificates in a form without a private key, for callers whose arguments no compiler checked.
 * @param chain DER, in any order
 * @param options decides which of several paths is used
 * @throws ExportError `nothing` for a part that is empty; `unknown-form` for PKCS #12 and for unknown forms and parts
 */
export async function exportPublic(
  chain: readonly Uint8Array[],
  form: string,
  part: string,
  options: OrderOptions = {},
): Promise<Uint8Array> {
  const knownForm = FORMS.find((each) => each === form && each !== "pkcs12");
  const knownPart = PARTS.find((each) => each === part);
  if (knownForm === undefined || knownPart === undefined) {
    const forms = FORMS.filter((each) => each !== "pkcs12");
    throw new ExportError(
      "unknown-form",
      phrase("Choose one of the forms {0}, and one of the parts {1}.", anyOf(forms), anyOf(PARTS)),
    );
  }
  return (await singleFile(knownForm, knownPart, { path: orderChain(chain, options).path })).bytes;
}
