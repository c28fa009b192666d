import { cmmf, netscapeSequence, pkcs7, pkcs7Indefinite, pkcs7Signed, selected, zip } from "./containers";
import type { IssuedOrder } from "./order-state";
import type { RequestParameters } from "./form-parameter";
import type { SandboxEndpoint } from "./parameters";

/** What a call requests of an issued certificate: queryType and responseType, the same in every form. */

/** The structure that responseType 0, 1, 2 or 4 names, in DER, BER or ZIP. */
export function structure(
  { answers }: SandboxEndpoint,
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
      return PKCS7[answers.pkcs7](certificate);
  }
}

const PKCS7 = { certificates: pkcs7, "indefinite-length": pkcs7Indefinite, "one-signer": pkcs7Signed } as const;

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
