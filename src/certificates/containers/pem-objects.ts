import { Base64Places } from "./base64";
import type { Collected } from "./collected";
import type { DerObjects } from "./der-objects";
import { structureOf, type Structure } from "./identify";
import { keyFormOfLabel } from "./key-forms";
import { findKeyMaterial } from "./key-text";
import { otherBlock } from "./other-forms";
import type { PemBlock } from "./pem";
import { whereabouts, type SourcePlace } from "./place";
import { PUBLIC_STRUCTURES } from "./recognise";
import { Tag } from "../asn1/tag";

/** Adds the objects of PEM blocks. The content of a block decides what it is, before its label. */
export class PemObjects {
  constructor(
    private readonly collected: Collected,
    private readonly objects: DerObjects,
  ) {}

  /** @param text as `readPem` read it */
  read(text: string, block: PemBlock, place: SourcePlace): void {
    const { collected } = this;
    const { label, bytes, headers } = block;
    const other = otherBlock(label);
    const isKey = /PRIVATE KEY/i.test(label);
    if (other !== undefined && !isKey) {
      collected.name(other, 0, { ...place, locate: () => place.locate(block.start) });
      return;
    }
    // OpenPGP has a checksum after its base64.
    if (keyFormOfLabel(label) !== "pgp") {
      for (const { code, offset, message } of block.damage) collected.report(code, offset, message, place);
    }
    const places = new Base64Places(text, block.bodyStart, block.bodyEnd);
    const inner = { ...place, locate: (byte: number) => place.locate(places.indexOf(byte)) };
    const structure = structureOf(bytes);
    if (isKey && !PUBLIC_STRUCTURES.has(structure)) {
      this.keyBlock(block, structure, place);
    } else if (bytes[0] === Tag.SEQUENCE || bytes[0] === Tag.OBJECT_IDENTIFIER) {
      this.objects.read(bytes, inner, headers);
    } else {
      collected.add({ kind: "unreadable", bytes, ...whereabouts(inner) });
    }
  }

  /** A block labelled as a private key; its encoding decides what it is. */
  private keyBlock({ label, bytes, headers }: PemBlock, structure: Structure, place: SourcePlace): void {
    const isNamed = /^ENCRYPTED/i.test(label) && structure !== "privateKey";
    const form = keyFormOfLabel(label);
    const encrypted =
      isNamed ||
      headers.has("DEK-Info") ||
      structure === "encryptedPrivateKey" ||
      (form !== undefined && (findKeyMaterial(bytes)?.encrypted ?? true));
    this.collected.add(
      { kind: "privateKey", encrypted, ...(form !== undefined && { form }), ...whereabouts(place) },
      bytes,
      headers,
    );
  }
}
