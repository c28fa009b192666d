import { createPublicKey, verify, type KeyObject } from "node:crypto";
import { readElement, type Element } from "../../../src/certificates/asn1/der";
import { Tag } from "../../../src/certificates/asn1/tag";
import { decodeCertificateRequest } from "../../../src/certificates/x509/certificate-request";

/** What a request in PEM says, as the extension reads it. */
export interface RequestRead {
  readonly publicKey: KeyObject;
  readonly names: readonly string[];
}

export function requestDer(pem: string): Buffer {
  return Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");
}

/** @throws when its signature is not by its key */
export function readRequest(pem: string): RequestRead {
  const der = requestDer(pem);
  const { signature, extensions } = decodeCertificateRequest(der);
  const info = readElement(der, Tag.SEQUENCE, "request").open().next();
  const [, , key] = [...elements(info)];
  const publicKey = createPublicKey({ key: key?.bytes ?? der, format: "der", type: "spki" });
  if (!verify("sha256", info.bytes, publicKey, Buffer.from(signature, "hex")))
    throw new Error("The signature of the request is not by its key.");
  return {
    publicKey,
    names: extensions.flatMap(({ value }) =>
      value.type === "subjectAltName" ? value.names.flatMap((name) => (name.type === "dNSName" ? name.value : [])) : [],
    ),
  };
}

function* elements(of: Element): Generator<Element> {
  for (const reader = of.open(); reader.more;) yield reader.next();
}
