import { readerOf, type Element } from "../../src/certificates/asn1/der";
import { Tag } from "../../src/certificates/asn1/tag";
import { writeElement } from "../../src/certificates/asn1/der-writer";
import type { Random } from "./random";

/** An element taken apart, which is written anew with whatever it holds then: lengths around it stay right. */
interface Part {
  identifier: number;
  /** Bytes in front of what it holds: the count of unused bits of a BIT STRING. */
  prefix: Buffer;
  content: Buffer;
  parts?: Part[];
}

/** Identifier octets that a fault may put in the place of another. */
const IDENTIFIERS = [
  ...[0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x10, 0x11, 0x13, 0x16, 0x17, 0x18, 0x1e, 0x24, 0x30, 0x31],
  ...[0x80, 0x81, 0x82, 0x86, 0x87, 0x88, 0xa0, 0xa1, 0xa3, 0xa4],
];

/**
 * DER with one field changed, all lengths around it fixed: another type, other content, an element less, twice, or one
 * that does not belong there. What is encoded in OCTET STRINGs and BIT STRINGs is changed too.
 */
export function mutatedDer(der: Uint8Array, random: Random): Buffer {
  const whole = partOf(readerOf(der).next());
  const all = flattened(whole).slice(1);
  const { part, around } = random.pick(all);
  const at = around.parts?.indexOf(part) ?? 0;
  const flat = () => {
    part.content = contentOf(part);
    delete part.parts;
    part.prefix = Buffer.alloc(0);
  };
  const noise = () => Buffer.from(Array.from({ length: random.below(12) }, () => random.below(256)));
  const changes: readonly (() => void)[] = [
    () => void (part.identifier = random.pick(IDENTIFIERS)),
    () => void (part.identifier ^= 0x20),
    () => {
      flat();
      part.content = Buffer.from(part.content);
      if (part.content.length > 0) part.content[random.below(part.content.length)]! ^= 1 << random.below(8);
    },
    () => {
      flat();
      part.content = part.content.subarray(0, random.below(part.content.length + 1));
    },
    () => {
      flat();
      part.content = Buffer.concat([part.content, noise()]);
    },
    () => {
      flat();
      part.content = noise();
    },
    () => void around.parts?.splice(at, 1),
    () => void around.parts?.splice(at, 0, part),
    () =>
      void around.parts?.splice(at, 0, {
        identifier: random.pick(IDENTIFIERS),
        prefix: Buffer.alloc(0),
        content: noise(),
      }),
    () => void around.parts?.splice(at, 1, random.pick(all).part),
  ];
  random.pick(changes)();
  return written(whole, 0);
}

function partOf(from: Element): Part {
  const part: Part = { identifier: from.identifier, prefix: Buffer.alloc(0), content: Buffer.from(from.content) };
  if (from.constructed) {
    part.parts = [];
    for (const reader = from.open(); reader.more;) part.parts.push(partOf(reader.next()));
  } else if (from.identifier === Tag.OCTET_STRING || from.identifier === Tag.BIT_STRING) {
    try {
      const parts: Part[] = [];
      for (const reader = from.openEncoded(); reader.more;) parts.push(partOf(reader.next()));
      part.parts = parts;
      if (from.identifier === Tag.BIT_STRING) part.prefix = Buffer.of(0);
    } catch {
      // Bytes that are no encoding.
    }
  }
  return part;
}

function flattened(part: Part, around = part): { readonly part: Part; readonly around: Part }[] {
  return [{ part, around }, ...(part.parts ?? []).flatMap((inner) => flattened(inner, part))];
}

/** A part that was put into itself has an end all the same. */
const MAX_DEPTH = 40;

const contentOf = ({ parts, prefix, content }: Part, depth = 0): Buffer =>
  parts === undefined || depth > MAX_DEPTH
    ? content
    : Buffer.concat([prefix, ...parts.map((inner) => written(inner, depth + 1))]);

const written = (part: Part, depth: number): Buffer => writeElement(part.identifier, contentOf(part, depth));
