import { MAX_COST } from "../../src/certificates/pictures/svg";
import { Random } from "./random";

const random = new Random(9);
/** Coordinates all over the picture, so that lines between them cross each other. */
const points = (count: number, most = 1000): string =>
  Array.from({ length: count }, () => random.below(most)).join(" ");
const repeated = (count: number, piece: string): string => piece.repeat(Math.floor(count));

/** What an SVG element, and an attribute beside the points, costs at most, and how many points are left beside them. */
const POINTS = MAX_COST - 200;

const path = (data: string, attributes: string): string => `<path d="${data}" ${attributes}/>`;
const stroke = (width: number): string => `fill="none" stroke="red" stroke-width="${width}"`;
const drawing = (content: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000" width="1000" height="1000">${content}</svg>`,
  );

/** Pictures that cost as much as is taken, each in a way that keeps a renderer busy. */
export const PICTURES: Readonly<Record<string, Buffer>> = {
  "a star of lines": drawing(path(`M${points(POINTS)}z`, 'fill-rule="evenodd"')),
  "thick lines with round joins": drawing(path(`M${points(POINTS)}z`, `${stroke(100)} stroke-linejoin="round"`)),
  "lines thicker than everything": drawing(path(`M${points(POINTS)}z`, `${stroke(1_000_000)} stroke-linejoin="round"`)),
  "lines with endless corners": drawing(path(`M${points(POINTS)}z`, `${stroke(1000)} stroke-miterlimit="1000000"`)),
  "thick curves": drawing(path(`M0 0C${points(POINTS - (POINTS % 6))}`, stroke(300))),
  "curves far outside": drawing(path(`M0 0C${points(POINTS - (POINTS % 6), 1_000_000)}`, stroke(300))),
  "curves that go on from each other": drawing(path(`M0 0T${points(2 * Math.floor(POINTS / 6))}`, stroke(300))),
  "thick arcs": drawing(
    path(`M0 0A${Array.from({ length: POINTS / 21 }, () => `${points(3)} 1 0 ${points(2)}`).join(" ")}`, stroke(300)),
  ),
  "gradients on lines": drawing(
    `<defs><radialGradient id="a" r="0.01" spreadMethod="reflect"><stop offset="0" stop-color="red"/><stop offset="1"/></radialGradient></defs>${path(`M${points(POINTS - 200)}z`, 'fill="url(#a)" stroke="url(#a)" stroke-width="40"')}`,
  ),
  "layers on layers": drawing(
    repeated(
      POINTS / (21 * 90 + 22),
      `${repeated(90, '<g opacity=".9">')}<rect width="1000" height="1000"/>${repeated(90, "</g>")}`,
    ),
  ),
  "letters of all scripts": drawing(
    `<text font-size="30">${Array.from({ length: POINTS / 5 }, (_, index) => String.fromCharCode(0x600 + ((index * 37) % 0x2000))).join("")}</text>`,
  ),
  "a part that is drawn again": drawing(
    `${path(`M${points(70)}z`, `id="a" ${stroke(90)} stroke-linejoin="round"`)}${repeated(178, '<use href="#a" opacity=".5"/>')}`,
  ),
};
