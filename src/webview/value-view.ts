import type { Image, Text, Value } from "../certificates/details/page";
import { asn1View } from "./asn1-view";
import type { Drawing } from "./drawing";
import { el } from "./element";
import { hexText, hexTextRange } from "./hex-text";
import { firstCharacters, markedText, spokenText } from "./marked-text";
import { cut } from "./pieces";
import { shortened } from "./shortened";
import { fill } from "./strings";
import { findHexRanges, type Range } from "./terms";
import { pieceView, textView } from "./text-view";
import { plainValueText } from "./value-text";

/** Characters of a text, and bytes of hex, that are shown at first. */
const FIRST_CHARACTERS = 500;
const FIRST_BYTES = 48;
/** A value that is only a little longer is shown completely. */
const SLACK = 2;

/** A value without parts: those with rows inside are drawn by `rows-view.ts`. */
export type Leaf = Exclude<Value, { kind: "rows" }>;

/** @param label of the value's row */
export function leafView(value: Leaf, label: string, drawing: Drawing): HTMLElement {
  switch (value.kind) {
    case "text":
      return longTextView(value.text, drawing);
    case "uri":
      return el("span", { class: "mono" }, longTextView(value.text, drawing));
    case "time":
      return timeView(value.at, drawing);
    case "day":
      return dayView(value.at, drawing);
    case "hex":
      return hexView(value.hex, drawing);
    case "oid":
      return oidView(value.oid, value.name, drawing);
    case "image":
      return imageView(value.image, drawing);
    case "tree":
      return asn1View(value, label, drawing);
  }
}

function longTextView(text: Text, drawing: Drawing): HTMLElement {
  const { length } = plainValueText(text);
  if (length <= FIRST_CHARACTERS * SLACK) return textView(text, drawing);
  const { strings } = drawing;
  return shortened({
    short: () => textView(firstCharacters(text, FIRST_CHARACTERS), drawing),
    whole: () => textView(text, drawing),
    size: fill(strings.charactersOf, FIRST_CHARACTERS, length),
    more: fill(strings.showAll, length),
    less: strings.showLess,
  });
}

/** A day without a time. @param at epoch ms, on that day in UTC */
function dayView(at: number, { times }: Pick<Drawing, "times">): HTMLElement {
  return el("time", { datetime: new Date(at).toISOString().slice(0, 10) }, times.day(at));
}

/** Local time, and UTC beside it, unless that is the same. @param at epoch ms */
export function timeView(at: number, { times }: Pick<Drawing, "times">): HTMLElement {
  const machine = new Date(at).toISOString();
  return el(
    "time",
    { datetime: machine },
    el("span", { class: "local" }, times.local(at)),
    ...(times.isUtc(at) ? [] : [" ", el("span", { class: "utc" }, times.utc(at))]),
  );
}

function hexView(hex: string, drawing: Drawing): HTMLElement {
  const { strings, terms } = drawing;
  const ranges = hex.startsWith("-") ? [] : findHexRanges(hex, terms).map(hexTextRange);
  const bytes = Math.ceil(hex.length / 2);
  const draw = (digits: string, hits: readonly Range[]) =>
    el("span", { class: "mono" }, ...cut(hexText(digits), hits).map(pieceView));
  if (bytes <= FIRST_BYTES * SLACK) return draw(hex, ranges);
  return shortened({
    short: () => draw(hex.slice(0, FIRST_BYTES * 2), ranges),
    whole: () => draw(hex, ranges),
    size: fill(strings.bytesOf, FIRST_BYTES, bytes),
    more: fill(strings.showAll, bytes),
    less: strings.showLess,
  });
}

function oidView(oid: string, name: string | undefined, drawing: Drawing): HTMLElement {
  const number = textView(markedText(oid), drawing);
  if (name === undefined) return el("span", { class: "mono" }, number);
  return el("span", {}, textView(markedText(name), drawing), " ", el("span", { class: "mono muted" }, number));
}

function imageView(image: Image, drawing: Drawing): HTMLElement {
  const { strings } = drawing;
  if (!image.safe) return el("span", {}, textView(markedText(fill(strings.imageNotShown, image.reason)), drawing));
  const source = `data:${image.mediaType};base64,${image.base64}`;
  return el(
    "figure",
    {},
    el("img", { src: source, alt: spokenText(image.description, strings) }),
    el("figcaption", {}, textView(image.description, drawing), " ", el("span", { class: "muted" }, image.mediaType)),
  );
}
