import { phrase } from "../../words/phrase";
import type { UnwrapStep } from "../containers/contents";
import type { Sayable } from "./draft";

/**
 * Where something was, for a person: "ZIP entry www.crt, PEM block CERTIFICATE, PKCS #7".
 * @param isFile whether it is said to be a file of an archive or a mail, so that its name is enough: "www.crt"
 */
export function placeText(path: readonly UnwrapStep[], isFile = false): Sayable {
  const [first = "", ...inner] = path.map((step, index) => (isFile && index === 0 ? fileName(step) : stepText(step)));
  return inner.reduce<Sayable>((place, step) => phrase("{0}, {1}", place, step), first);
}

const fileName = (step: UnwrapStep): Sayable =>
  step.format === "zip" ? step.entry : step.format === "mail" ? step.part : stepText(step);

function stepText(step: UnwrapStep): Sayable {
  switch (step.format) {
    case "pem":
      return phrase("PEM block {0}", step.label);
    case "base64":
      return "base64";
    case "hex":
      return "hex";
    case "der":
      return "DER";
    case "netscape":
      return phrase("Netscape certificate sequence");
    case "pkcs12":
      return "PKCS #12";
    case "pkcs7":
      return step.signers === 0 ? "PKCS #7" : phrase("signed PKCS #7");
    case "cmmf":
      return step.structure === "unknown" ? phrase("an unknown structure") : `CMMF (${step.structure})`;
    case "zip":
      return phrase("ZIP entry {0}", step.entry);
    case "mail":
      return phrase("mail, {0}", step.part);
    case "keystore":
      return step.alias === ""
        ? phrase("Java key store ({0})", step.type)
        : phrase("Java key store ({0}), {1}", step.type, step.alias);
    case "value":
      return step.name === "" ? phrase("base64 in a text") : phrase("value {0}", step.name);
    case "text":
      return phrase("text");
  }
}
