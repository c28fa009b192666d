import { cmmf, netscapeSequence, pkcs7, pkcs7Indefinite, pkcs7Signed, selected, zip } from "./containers";
import type { IssuedOrder } from "./orders";
import type { RequestParameters } from "./parameters";
import type { SandboxProduct } from "./script";

/** What a call requests of an issued certificate: queryType and responseType, the same in every form. */

/** The structure that responseType 0, 1, 2 or 4 names, in DER, BER or ZIP. */
export function structure(
  product: SandboxProduct,
  given: RequestParameters,
  { certificate, name }: Pick<IssuedOrder, "certificate" | "name">,
): Uint8Array {
  switch (given.get("responseType")) {
    case "0":
      return zip(certificate, name);
    case "1":
      return netscapeSequence(certificate);
    case "4":
      return cmmf(certificate);
    default:
      if (product === "smime") return pkcs7Indefinite(certificate);
      return product === "mc" ? pkcs7Signed(certificate) : pkcs7(certificate);
  }
}

/** The certificates that queryType asks for, root first; empty if only the status is requested. */
export function certificatesAsked(given: RequestParameters, { certificate }: IssuedOrder): readonly Uint8Array[] {
  switch (given.get("queryType")) {
    case "0":
      return [];
    case "2":
      return selected(certificate, "leaf");
    case "3":
      return selected(certificate, "authorities");
    default:
      return selected(certificate, "all");
  }
}

/** Whether responseType asks for certificates one by one, which is also the default. */
export function individually(given: RequestParameters): boolean {
  return (given.get("responseType") ?? "3") === "3";
}
