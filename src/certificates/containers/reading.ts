import { amount, phrase } from "../../words/phrase";
import { Base64Places, readBase64 } from "./base64";
import { base64Values } from "./base64-values";
import { Collected, type KeySink } from "./collected";
import type { Contents } from "./contents";
import { DerObjects } from "./der-objects";
import { textOf } from "./encoded-text";
import { keyFormOfBytes, type KeyForm } from "./key-forms";
import { isKeyStore, readKeyStore } from "./key-store";
import { findKeyInText, markedKeyIn, MAX_KEY_TEXT } from "./key-text";
import { isMail, quotedPrintable, readMail, type MailPart } from "./mail";
import { otherBinary, otherTextForm, otherZip } from "./other-forms";
import { BASE64_MESSAGES, hasPem, readPem, type PemRead } from "./pem";
import { PemObjects } from "./pem-objects";
import { WHOLE, rangeOf, whereabouts, type SourcePlace } from "./place";
import { publicNote } from "./public-parts";
import { bytesInHex, holdsAny, isBinary, isBinaryInText, wholeIn } from "./recognise";
import { plainValues } from "./written-pem";
import { isZip, namesInZip, readZip } from "./zip";

/**
 * Most bytes of one input: the largest certificate bundles in use have 1 MB, the largest revocation lists about 30 MB.
 */
const MAX_INPUT_BYTES = 64 * 1024 * 1024;
/** How deep containers may be nested. Base64 of PEM of PKCS #7 has 3 levels; a mail with an archive has 5. */
const MAX_NESTING = 5;
/** Characters kept of the explanatory text before a block. */
const MAX_NOTE = 2000;

/** How an input is read. */
export interface ReadingOptions {
  /** Whether archives, mails, key stores and values in texts are opened; false where no honest input has them. */
  readonly archives?: boolean;
  /** Receives the private keys. */
  readonly keys?: KeySink;
}

/** Never throws. */
export function readInput(bytes: Uint8Array, { archives = true, keys }: ReadingOptions): Contents {
  const collected = new Collected(keys);
  if (bytes.length > MAX_INPUT_BYTES) {
    const message = phrase("The input has {0} bytes, more than {1}", amount(bytes.length), amount(MAX_INPUT_BYTES));
    collected.report("too-large", 0, message, WHOLE);
  } else {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    new Reading(collected, archives).input(buffer, WHOLE);
  }
  return collected.contents();
}

class Reading {
  private readonly objects: DerObjects;
  private readonly blocks: PemObjects;

  constructor(
    private readonly collected: Collected,
    private readonly archives: boolean,
  ) {
    this.objects = new DerObjects(collected);
    this.blocks = new PemObjects(collected, this.objects);
  }

  /** A whole file or body, or the content of one layer of encoding. */
  input(bytes: Buffer, place: SourcePlace): void {
    const { collected } = this;
    if (place.path.length > MAX_NESTING) {
      collected.report("nested", 0, phrase("Containers are nested too deeply"), place);
    } else if (isZip(bytes)) {
      this.zip(bytes, place);
    } else if (isBinary(bytes)) {
      this.objects.read(bytes, collected.enter(place, { format: "der" }));
    } else if (isKeyStore(bytes) && this.archives) {
      this.keyStore(bytes, place);
    } else {
      const foreign = keyFormOfBytes(bytes);
      const form = otherBinary(bytes);
      if (foreign !== undefined) this.key(foreign.form, bytes, place, foreign.encrypted);
      else if (form !== undefined) collected.name(form, 0, place);
      else this.text(bytes, place);
    }
  }

  private text(bytes: Buffer, outer: SourcePlace): void {
    const { collected } = this;
    const { text, from, toByte, decode } = textOf(bytes);
    const place = { ...outer, locate: (index: number) => outer.locate(toByte(index)) };
    if (this.archives && isMail(text, from)) {
      this.mail(text, from, place);
      return;
    }
    const pem = readPem(text);
    if (pem.blocks.length > 0) {
      this.pem(pem, text, from, place, decode);
      return;
    }
    if (this.base64(text, from, place) || this.hex(text, from, place)) return;
    const before = collected.size;
    this.values(text, from, text.length, place);
    const marked = markedKeyIn(text);
    if (marked !== undefined) {
      this.key(marked.form ?? "text", bytes, place, marked.encrypted);
      return;
    }
    if (collected.size > before) return;
    const form = otherTextForm(text.slice(from));
    if (form !== undefined) {
      collected.name(form, 0, place);
      return;
    }
    const key = text.length <= MAX_KEY_TEXT ? findKeyInText(text) : undefined;
    if (key !== undefined) {
      this.key("text", bytes, place, key.encrypted);
      return;
    }
    if (place.path.some(({ format }) => format === "mail")) return;
    const isBeside = place.path.some(({ format }) => format === "zip");
    const isEmpty = text.trim() === "";
    const code = isBeside ? "other-file" : isEmpty ? "empty" : "nothing";
    collected.report(code, 0, isEmpty ? EMPTY : NOTHING, place);
  }

  /** A text that is entirely base64. @returns whether it decodes to something known */
  private base64(text: string, from: number, place: SourcePlace): boolean {
    const { collected } = this;
    const read = readBase64(text, from);
    const isKnown =
      isBinaryInText(read.bytes, text, from) ||
      isZip(read.bytes) ||
      (read.damage === undefined &&
        (isKeyStore(read.bytes) || otherBinary(read.bytes) !== undefined || hasPem(textOf(read.bytes).text)));
    if (!isKnown) return false;
    if (read.damage !== undefined) {
      // Several values, one on each line, are not one value together.
      const before = collected.size;
      this.values(text, from, text.length, place);
      if (collected.size > before) return true;
    }
    const inner = collected.enter(place, { format: "base64" });
    const places = new Base64Places(text, from, text.length);
    if (read.damage !== undefined) {
      collected.report(read.damage.code, read.damage.offset, BASE64_MESSAGES[read.damage.code], inner);
    }
    this.input(read.bytes, {
      ...inner,
      locate: (byte) => place.locate(places.indexOf(byte)),
      block: place.block ?? rangeOf(place, from, text.length),
    });
    return true;
  }

  /**
   * A text that is entirely bytes in hex, as databases and `xxd -p` print them. @returns whether it decodes to
   * something known
   */
  private hex(text: string, from: number, place: SourcePlace): boolean {
    const bytes = bytesInHex(text, from);
    if (bytes === undefined || !(isBinary(bytes) || isZip(bytes) || isKeyStore(bytes))) return false;
    this.input(bytes, {
      ...this.collected.enter(place, { format: "hex" }),
      locate: () => place.locate(from),
      block: place.block ?? rangeOf(place, from, text.length),
    });
    return true;
  }

  /** Complete base64 values in a part of a text: in YAML, JSON, XML. Anything else may be anything. */
  private values(text: string, from: number, to: number, outer: SourcePlace): void {
    if (!this.archives) return;
    const part = plainValues(text.slice(from, to));
    const place = { ...outer, locate: (index: number) => outer.locate(from + index) };
    for (const { name, start, end } of base64Values(part)) {
      const { bytes, damage } = readBase64(part, start, end);
      // Padding may be split over lines, or be on the next line.
      const whole = damage?.code === "character" ? undefined : wholeIn(bytes);
      if (whole === undefined) continue;
      const places = new Base64Places(part, start, end);
      this.input(whole, {
        ...this.collected.enter(place, { format: "value", name }),
        locate: (byte) => place.locate(places.indexOf(byte)),
        block: place.block ?? rangeOf(place, start, end),
      });
    }
  }

  private mail(text: string, from: number, place: SourcePlace): void {
    const { collected } = this;
    const before = collected.size;
    for (const part of readMail(text, from)) this.mailPart(text, part, place);
    if (collected.size > before) return;
    const message = phrase(
      "It is an e-mail without a certificate, request, revocation list or key in any of its parts",
    );
    collected.report("other-form", 0, message, place);
  }

  private mailPart(text: string, { name, type, encoding, start, end }: MailPart, outer: SourcePlace): void {
    // Pictures, and text without certificates, count as the rest of the mail's text does.
    if (/^(?:image|audio|video)\//.test(type)) return;
    const places = new Base64Places(text, start, end);
    const bytes =
      encoding === "base64"
        ? readBase64(text, start, end).bytes
        : encoding === "quoted-printable"
          ? quotedPrintable(text.slice(start, end))
          : Buffer.from(text.slice(start, end), "latin1");
    if (type.startsWith("text/") && !holdsAny(bytes)) return;
    const locate = {
      base64: (byte: number) => outer.locate(places.indexOf(byte)),
      "quoted-printable": () => outer.locate(start),
      none: (byte: number) => outer.locate(start + byte),
    }[encoding];
    this.input(bytes, {
      path: this.collected.enter(outer, { format: "mail", part: name }).path,
      locate,
      ...(encoding === "none" ? {} : { block: outer.block ?? rangeOf(outer, start, end) }),
    });
  }

  private keyStore(bytes: Buffer, place: SourcePlace): void {
    const { collected } = this;
    const { type, entries, problem } = readKeyStore(bytes);
    const store = (alias: string) => collected.enter(place, { format: "keystore", type, alias });
    for (const { kind, alias, start, end } of entries) {
      const inner = { ...store(alias), locate: (byte: number) => place.locate(start + byte) };
      const part = bytes.subarray(start, end);
      if (kind === "certificate") this.objects.read(part, inner);
      else if (kind === "privateKey") this.key("java", part, inner, true);
      else if (kind === "secretKey") collected.report("other-form", 0, SECRET_KEY, inner);
      else collected.add({ kind: "unreadable", bytes: Buffer.alloc(0), ...whereabouts(inner, 0, part.length) });
    }
    const whole = store("");
    if (problem === undefined) collected.report("unchecked", 0, UNCHECKED, whole);
    else {
      collected.report("truncated", problem.offset, problem.message, whole);
      const rest = { ...whole, locate: (byte: number) => place.locate(problem.offset + byte) };
      this.objects.wholeOnes(bytes.subarray(problem.offset), rest);
    }
  }

  private zip(bytes: Buffer, place: SourcePlace): void {
    const { collected } = this;
    collected.isIn("zip");
    if (!this.archives) {
      collected.report("other-file", 0, phrase("A ZIP archive is not opened here"), place);
      return;
    }
    const document = otherZip(namesInZip(bytes));
    if (document !== undefined) {
      collected.name(document, 0, place);
      return;
    }
    if (place.path.some(({ format }) => format === "zip")) {
      collected.report("nested", 0, phrase("A ZIP archive inside another is not opened: unpack the outer one"), place);
      return;
    }
    const { entries, damage } = readZip(bytes);
    for (const { code, offset, message } of damage) collected.report(code, offset, message, place);
    for (const { name, bytes: content } of entries) {
      // Offsets inside are those in the entry, because the archive has it packed.
      this.input(content, { path: [...place.path, { format: "zip", entry: name }], locate: (byte) => byte });
    }
  }

  private pem(read: PemRead, whole: string, from: number, place: SourcePlace, decode: (text: string) => string): void {
    const { blocks, damage } = read;
    this.collected.isIn("pem");
    for (const { code, offset, message } of damage) this.collected.report(code, offset, message, place);
    let previous = from;
    for (const block of blocks) {
      this.values(whole, previous, block.start, place);
      const note = publicNote(decode(whole.slice(Math.max(previous, block.start - MAX_NOTE), block.start)));
      previous = block.end;
      this.blocks.read(read.text, block, {
        ...this.collected.enter(place, { format: "pem", label: block.label }),
        block: place.block ?? rangeOf(place, block.start, block.end),
        ...(note === "" ? {} : { note }),
      });
    }
    this.values(whole, previous, whole.length, place);
  }

  private key(form: KeyForm, bytes: Buffer, place: SourcePlace, encrypted = false): void {
    const path = place.path.length === 0 ? this.collected.enter(place, { format: "text" }).path : place.path;
    this.collected.add({ kind: "privateKey", encrypted, form, ...whereabouts({ ...place, path }, 0, 0) }, bytes);
  }
}

const EMPTY = phrase("It is empty");
const NOTHING = phrase("This is not a certificate, a key or a container for them");
const SECRET_KEY = phrase(
  "It is a secret key, which only Java can read and which is not shown. Certificates do not use secret keys.",
);
const UNCHECKED = phrase(
  "The digest of the key store depends on its password, so it was not checked whether the store was changed",
);
