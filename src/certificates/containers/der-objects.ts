import { phrase, plural } from "../../words/phrase";
import { readCertificateSequence } from "./certificate-sequence";
import { readEmbeddedCertificates } from "./cmmf";
import type { Collected } from "./collected";
import type { FoundObject } from "./contents";
import { readerOf, type Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { identify, type Structure } from "./identify";
import { whereabouts, type SourcePlace } from "./place";
import { readSignedData } from "./pkcs7";
import { isPadding } from "./recognise";
import { FalseStarts, beginningOf, wholeCertificates } from "./salvage";
import { Tag } from "../asn1/tag";

/** Adds objects in DER and BER, and the objects that structures contain. */
export class DerObjects {
  private readonly falseStarts = new FalseStarts();

  constructor(private readonly collected: Collected) {}

  /**
   * Consecutive elements: a DER file, several joined files, or the content of a block.
   * @param headers of the PEM block around them
   */
  read(bytes: Buffer, place: SourcePlace, headers?: ReadonlyMap<string, string>): void {
    const reader = readerOf(bytes);
    while (reader.more) {
      const start = reader.position;
      try {
        const element = reader.next();
        const structure = identify(element);
        const trust = structure === "certificate" && isTrusted(place) && reader.more ? reader.next().bytes : undefined;
        if (trust !== undefined)
          this.collected.add({ ...publicObject("certificate", structure, element, place), trust });
        else this.element(element, structure, place, headers);
      } catch (error) {
        if (!(error instanceof DerError)) throw error;
        this.collected.report(error.code, error.offset, error.problem, place);
        this.salvage(bytes.subarray(start), { ...place, locate: (byte) => place.locate(start + byte) });
        return;
      }
      if (reader.more && reader.peek() !== Tag.SEQUENCE) {
        const { position } = reader;
        if (isPadding(bytes, position)) return;
        const extra = bytes.length - position;
        const message = plural(extra, "{0} extra byte follows", "{0} extra bytes follow");
        this.collected.report("trailing", position, message, place);
        return;
      }
    }
  }

  /** The intact certificates inside a damaged structure, or else the bytes as they are. */
  private salvage(bytes: Buffer, place: SourcePlace): void {
    if (this.wholeOnes(bytes, place) === 0) this.fragment(bytes, place);
  }

  /** The certificates anywhere in bytes of an unknown form. @returns how many */
  wholeOnes(bytes: Buffer, place: SourcePlace): number {
    const found = wholeCertificates(bytes, this.falseStarts);
    for (const { start, certificate } of found) {
      const inner = { ...place, locate: (byte: number) => place.locate(start + byte) };
      this.collected.add(publicObject("certificate", "certificate", certificate, inner));
    }
    return found.length;
  }

  /** @throws DerError when the structure is damaged inside; then none of it was added. */
  private element(
    element: Element,
    structure: Structure,
    place: SourcePlace,
    headers: ReadonlyMap<string, string> | undefined,
  ): void {
    const { collected } = this;
    switch (structure) {
      case "certificate":
      case "certificateRequest":
      case "certificateList":
      case "publicKey":
      case "pfx":
        collected.add(publicObject(structure, structure, element, place));
        return;
      case "rsaPublicKey":
        if (isParameters(place)) collected.add(publicObject("other", "dhParameters", element, place));
        else collected.add(publicObject("publicKey", structure, element, place));
        return;
      case "privateKey":
      case "encryptedPrivateKey":
        collected.add(
          {
            kind: "privateKey",
            encrypted: structure === "encryptedPrivateKey",
            ...whereabouts(place, element.start, element.end),
          },
          element.bytes,
          headers,
        );
        return;
      case "signedData": {
        const { certificates, certificateLists, signers, contentType } = readSignedData(element);
        const inner = collected.enter(place, { format: "pkcs7", signers, contentType });
        this.inside([...certificates, ...certificateLists], element, inner);
        return;
      }
      case "certificateSequence":
        this.inside(readCertificateSequence(element), element, collected.enter(place, { format: "netscape" }));
        return;
      case "unknown": {
        const { structure: message, certificates } = readEmbeddedCertificates(element);
        if (certificates.length === 0) {
          collected.add(publicObject("other", structure, element, place));
          return;
        }
        const inner = collected.enter(place, { format: "cmmf", structure: message });
        for (const { der, start, end } of certificates) {
          collected.add({
            kind: "certificate",
            structure: "certificate",
            der,
            ...whereabouts(inner, start, end),
          });
        }
        return;
      }
      case "otherContentInfo":
      case "ocspResponse":
      case "parameters":
      case "dhParameters":
        collected.add(publicObject("other", structure, element, place));
        return;
    }
  }

  /** The objects of a container for certificates and revocation lists. */
  private inside(elements: readonly Element[], container: Element, place: SourcePlace): void {
    if (elements.length === 0) {
      this.collected.report("no-certificates", container.start, phrase("The container contains no certificate"), place);
    }
    for (const element of elements) {
      const structure = identify(element);
      const kind = structure === "certificate" || structure === "certificateList" ? structure : "other";
      this.collected.add(publicObject(kind, structure, element, place));
    }
  }

  /** What is left of a truncated object. Keys, and files with keys, are not handed out in pieces either. */
  private fragment(bytes: Buffer, place: SourcePlace): void {
    const where = whereabouts(place, 0, bytes.length);
    const { structure } = beginningOf(bytes);
    if (structure === "privateKey" || structure === "encryptedPrivateKey") {
      this.collected.add({ kind: "privateKey", encrypted: structure === "encryptedPrivateKey", ...where }, bytes);
    } else if (structure === "pfx") {
      this.collected.add({ kind: "pfx", structure, der: bytes, ...where });
    } else {
      this.collected.add({ kind: "unreadable", bytes, ...where });
    }
  }
}

function publicObject(
  kind: FoundObject["kind"],
  structure: Structure,
  element: Element,
  place: SourcePlace,
): FoundObject {
  return { kind, structure, der: element.bytes, ...whereabouts(place, element.start, element.end) };
}

function isTrusted(place: SourcePlace): boolean {
  const innermost = place.path.at(-1);
  return innermost?.format === "pem" && innermost.label === "TRUSTED CERTIFICATE";
}

/** Whether the label of the block says so: two numbers are an RSA key as well. */
function isParameters(place: SourcePlace): boolean {
  const innermost = place.path.at(-1);
  return innermost?.format === "pem" && innermost.label.toUpperCase().endsWith("PARAMETERS");
}
