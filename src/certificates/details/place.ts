import type { UnwrapStep } from "../containers/contents";

/** Where something was, for a person: "ZIP entry www.crt, PEM block CERTIFICATE, PKCS #7". */
export function placeText(path: readonly UnwrapStep[]): string {
  return path.map(stepText).join(", ");
}

function stepText(step: UnwrapStep): string {
  switch (step.format) {
    case "pem":
      return `PEM block ${step.label}`;
    case "base64":
      return "base64";
    case "hex":
      return "hex";
    case "der":
      return "DER";
    case "netscape":
      return "Netscape certificate sequence";
    case "pkcs12":
      return "PKCS #12";
    case "pkcs7":
      return step.signers === 0 ? "PKCS #7" : "signed PKCS #7";
    case "cmmf":
      return step.structure === "unknown" ? "an unknown structure" : `CMMF (${step.structure})`;
    case "zip":
      return `ZIP entry ${step.entry}`;
    case "mail":
      return `mail, ${step.part}`;
    case "keystore":
      return step.alias === "" ? `Java key store (${step.type})` : `Java key store (${step.type}), ${step.alias}`;
    case "value":
      return step.name === "" ? "base64 in a text" : `value ${step.name}`;
    case "text":
      return "text";
  }
}
