import { Base64Places, readBase64 } from "./base64";
import { readCertificateSequence } from "./certificate-sequence";
import { readEmbeddedCertificates } from "./cmmf";
import type {
  Contents,
  Damage,
  DamageCode,
  Format,
  Found,
  FoundObject,
  FoundPrivateKey,
  FoundUnreadable,
  Step,
} from "./contents";
import { readerOf, type Element } from "./der";
import { DerError } from "./der-error";
import { Tag } from "./tag";
import { textOf } from "./encoded-text";
import { identify, type Structure } from "./identify";
import { BASE64_MESSAGES, hasPem, readPem, type PemBlock } from "./pem";
import { WHOLE, rangeOf, whereabouts, type Place } from "./place";
import { readSignedData } from "./pkcs7";
import { publicNote, withoutKey } from "./public-parts";
import { FalseStarts, beginningOf, wholeCertificates } from "./salvage";
import { isZip, readZip } from "./zip";

/** Bytes of one input: the largest certificate bundles in use have 1 MB, the largest revocation lists some 30 MB. */
const MAX_INPUT_BYTES = 64 * 1024 * 1024;
/** Objects of one input; Debian's bundle of all roots has 142. */
const MAX_OBJECTS = 10_000;
/** Containers inside containers, for instance base64 of PEM of PKCS #7: 3. */
const MAX_NESTING = 5;
/** Damage that is listed; the rest is left out. Each place is looked up in the text, so this bounds the work. */
const MAX_DAMAGE = 100;
/** Characters kept of the explanatory text before a block. */
const MAX_NOTE = 2000;

/**
 * Finds every certificate, request, revocation list and key in `bytes`, whatever they are wrapped in: PEM of any label,
 * base64 of anything, DER or BER, PKCS #7, Netscape's certificate sequence, CMMF, ZIP. The form is told by content,
 * never by a name. Never throws: what is wrong is in `damage`, and what can be read is returned with it. Work and
 * memory are proportional to the input, but for archives, which hold up to a thousand times as much.
 * @param archives whether they are opened; not where there is no honest one
 */
export function readContainers(bytes: Uint8Array, { archives = true } = {}): Contents {
  const reading = new Reading(archives);
  if (bytes.length > MAX_INPUT_BYTES) {
    reading.report("too-large", 0, `The input has ${bytes.length} bytes, more than ${MAX_INPUT_BYTES}`, WHOLE);
  } else {
    reading.input(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), WHOLE);
  }
  return reading.contents();
}

class Reading {
  private readonly objects: (FoundObject | FoundPrivateKey | FoundUnreadable)[] = [];
  private readonly damage: Damage[] = [];
  private readonly falseStarts = new FalseStarts();
  private format: Format | undefined;
  /** The first object beyond the limit. */
  private overflow: Found | undefined;

  constructor(private readonly archives: boolean) {}

  contents(): Contents {
    const { format, objects, damage, overflow } = this;
    if (overflow !== undefined) {
      const message = `There are more than ${MAX_OBJECTS} objects; the rest is left out`;
      damage.push({ code: "too-many", offset: overflow.offset, message, path: overflow.path });
    }
    return format === undefined ? { objects, damage } : { format, objects, damage };
  }

  /** @param byte where, in what is read at `place` */
  report(code: DamageCode, byte: number, message: string, place: Place): void {
    const { damage } = this;
    if (damage.length < MAX_DAMAGE) damage.push({ code, offset: place.locate(byte), message, path: place.path });
  }

  /** A whole file or body, or what one layer of encoding held. */
  input(bytes: Buffer, place: Place): void {
    if (place.path.length > MAX_NESTING) {
      this.report("nested", 0, "Too many containers inside each other", place);
    } else if (isZip(bytes)) {
      this.zip(bytes, place);
    } else if (isBinary(bytes)) {
      this.elements(bytes, this.enter(place, { format: "der" }));
    } else {
      this.text(bytes, place);
    }
  }

  private enter(place: Place, step: Step): Place {
    this.format ??= step.format;
    return { ...place, path: [...place.path, step] };
  }

  private text(bytes: Buffer, outer: Place): void {
    const { text, from, toByte, decode } = textOf(bytes);
    const place = { ...outer, locate: (index: number) => outer.locate(toByte(index)) };
    if (hasPem(text)) {
      this.pem(text, from, place, decode);
      return;
    }
    const read = readBase64(text, from);
    if (
      isBinary(read.bytes) ||
      isZip(read.bytes) ||
      (read.damage === undefined && hasPem(read.bytes.toString("latin1")))
    ) {
      const inner = this.enter(place, { format: "base64" });
      const places = new Base64Places(text, from, text.length);
      if (read.damage !== undefined) {
        this.report(read.damage.code, read.damage.offset, BASE64_MESSAGES[read.damage.code], inner);
      }
      this.input(read.bytes, {
        ...inner,
        locate: (byte) => place.locate(places.indexOf(byte)),
        block: place.block ?? rangeOf(place, from, text.length),
      });
      return;
    }
    const inArchive = place.path.at(-1)?.format === "zip";
    this.report(inArchive ? "other-file" : "nothing", 0, "This is no certificate, key or container of them", place);
  }

  private zip(bytes: Buffer, place: Place): void {
    this.format ??= "zip";
    if (!this.archives) {
      this.report("other-file", 0, "A ZIP archive is not opened here", place);
      return;
    }
    if (place.path.some(({ format }) => format === "zip")) {
      this.report("nested", 0, "A ZIP archive inside another is not opened", place);
      return;
    }
    const { entries, damage } = readZip(bytes);
    for (const { code, offset, message } of damage) this.report(code, offset, message, place);
    for (const { name, bytes: content } of entries) {
      // Places inside are those in the entry: the archive has them packed.
      this.input(content, { path: [...place.path, { format: "zip", entry: name }], locate: (byte) => byte });
    }
  }

  private pem(text: string, from: number, place: Place, decode: (text: string) => string): void {
    const { blocks, damage } = readPem(text);
    this.format ??= "pem";
    for (const { code, offset, message } of damage) this.report(code, offset, message, place);
    let previous = from;
    for (const block of blocks) {
      const note = publicNote(decode(text.slice(Math.max(previous, block.start - MAX_NOTE), block.start)));
      previous = block.end;
      this.pemBlock(text, block, {
        ...this.enter(place, { format: "pem", label: block.label }),
        block: place.block ?? rangeOf(place, block.start, block.end),
        ...(note === "" ? {} : { note }),
      });
    }
  }

  private pemBlock(text: string, block: PemBlock, place: Place): void {
    for (const { code, offset, message } of block.damage) this.report(code, offset, message, place);
    if (/PRIVATE KEY/i.test(block.label)) {
      const encrypted = /^ENCRYPTED/i.test(block.label) || block.headers.has("DEK-Info");
      this.add({ kind: "privateKey", encrypted, ...whereabouts(place) });
      return;
    }
    const places = new Base64Places(text, block.bodyStart, block.bodyEnd);
    const inner = { ...place, locate: (byte: number) => place.locate(places.indexOf(byte)) };
    if (block.bytes[0] === Tag.SEQUENCE || block.bytes[0] === Tag.OBJECT_IDENTIFIER) this.elements(block.bytes, inner);
    else this.add({ kind: "unreadable", bytes: block.bytes, ...whereabouts(inner) });
  }

  /** Elements one after the other: a DER file, several joined, or the content of a block. */
  private elements(bytes: Buffer, place: Place): void {
    const reader = readerOf(bytes);
    while (reader.more) {
      const start = reader.position;
      try {
        const element = reader.next();
        const structure = asLabelled(identify(element), place);
        const trust = structure === "certificate" && isTrusted(place) && reader.more ? reader.next().bytes : undefined;
        if (trust !== undefined) this.add({ ...publicObject("certificate", structure, element, place), trust });
        else this.element(element, structure, place);
      } catch (error) {
        if (!(error instanceof DerError)) throw error;
        this.report(error.code, error.offset, error.problem, place);
        this.salvage(bytes.subarray(start), { ...place, locate: (byte) => place.locate(start + byte) });
        return;
      }
      if (reader.more && reader.peek() !== Tag.SEQUENCE) {
        const message = `${bytes.length - reader.position} bytes follow that belong to nothing`;
        this.report("trailing", reader.position, message, place);
        return;
      }
    }
  }

  /** @throws DerError when the structure is damaged inside; nothing of it was added then. */
  private element(element: Element, structure: Structure, place: Place): void {
    switch (structure) {
      case "certificate":
      case "certificateRequest":
      case "certificateList":
      case "publicKey":
      case "pfx":
        this.add(publicObject(structure, structure, element, place));
        return;
      case "rsaPublicKey":
        this.add(publicObject("publicKey", structure, element, place));
        return;
      case "privateKey":
      case "encryptedPrivateKey":
        this.add({
          kind: "privateKey",
          encrypted: structure === "encryptedPrivateKey",
          ...whereabouts(place, element.start, element.end),
        });
        return;
      case "signedData": {
        const { certificates, certificateLists, signers, contentType } = readSignedData(element);
        const inner = this.enter(place, { format: "pkcs7", signers, contentType });
        this.inside([...certificates, ...certificateLists], element, inner);
        return;
      }
      case "certificateSequence":
        this.inside(readCertificateSequence(element), element, this.enter(place, { format: "netscape" }));
        return;
      case "unknown": {
        const { structure: message, certificates } = readEmbeddedCertificates(element);
        if (certificates.length === 0) this.add(publicObject("other", structure, element, place));
        else this.inside(certificates, element, this.enter(place, { format: "cmmf", structure: message }));
        return;
      }
      case "otherContentInfo":
      case "ocspResponse":
      case "parameters":
        this.add(publicObject("other", structure, element, place));
        return;
    }
  }

  /** The objects of a container that holds certificates and revocation lists only. */
  private inside(elements: readonly Element[], container: Element, place: Place): void {
    if (elements.length === 0) {
      this.report("no-certificates", container.start, "The container holds no certificate", place);
    }
    for (const element of elements) {
      const structure = identify(element);
      const kind = structure === "certificate" || structure === "certificateList" ? structure : "other";
      this.add(publicObject(kind, structure, element, place));
    }
  }

  /** The certificates that are whole inside a damaged structure, or else the bytes as they are. */
  private salvage(bytes: Buffer, place: Place): void {
    const found = wholeCertificates(bytes, this.falseStarts);
    for (const { start, certificate } of found) {
      const inner = { ...place, locate: (byte: number) => place.locate(start + byte) };
      this.add(publicObject("certificate", "certificate", certificate, inner));
    }
    if (found.length === 0) this.fragment(bytes, place);
  }

  /** What is left of an object that is cut off. Keys, and files with keys, are not handed out in pieces either. */
  private fragment(bytes: Buffer, place: Place): void {
    const where = whereabouts(place, 0, bytes.length);
    const { structure } = beginningOf(bytes);
    if (structure === "privateKey" || structure === "encryptedPrivateKey") {
      this.add({ kind: "privateKey", encrypted: structure === "encryptedPrivateKey", ...where });
    } else if (structure === "pfx") {
      this.add({ kind: "pfx", structure, der: bytes, ...where });
    } else {
      this.add({ kind: "unreadable", bytes, ...where });
    }
  }

  private add(found: FoundObject | FoundPrivateKey | FoundUnreadable): void {
    const object = withoutKey(found);
    if (this.objects.length < MAX_OBJECTS) this.objects.push(object);
    else this.overflow ??= object;
  }
}

function publicObject(kind: FoundObject["kind"], structure: Structure, element: Element, place: Place): FoundObject {
  return { kind, structure, der: element.bytes, ...whereabouts(place, element.start, element.end) };
}

/** A label tells what two numbers are whose shape is that of an RSA key, a generator 3 for instance: see `identify`. */
function asLabelled(structure: Structure, { path }: Place): Structure {
  const last = path.at(-1);
  return structure === "rsaPublicKey" && last?.format === "pem" && /PARAMETERS/i.test(last.label)
    ? "parameters"
    : structure;
}

function isTrusted(place: Place): boolean {
  const innermost = place.path.at(-1);
  return innermost?.format === "pem" && innermost.label === "TRUSTED CERTIFICATE";
}

/**
 * Whether bytes are an encoding rather than text: a SEQUENCE with a long or indefinite length, which no text has for
 * its second byte, or one whose length is just that of the bytes. "0", the CA's "pending", is the first byte of either.
 */
function isBinary(bytes: Buffer): boolean {
  const length = bytes[1];
  if (bytes[0] !== Tag.SEQUENCE || length === undefined) return false;
  return length >= 0x80
    ? length <= 0x84
    : length === bytes.length - 2 && identify(readerOf(bytes).next()) !== "unknown";
}
