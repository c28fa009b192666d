import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { LogotypeDetails } from "../../../src/certificates/extensions/logotype";
import { PictureBudget, readPicture } from "../../../src/certificates/pictures/picture";
import { sanitizeSvg } from "../../../src/certificates/pictures/svg";
import { isHarmless } from "../../../src/certificates/pictures/svg-values";
import { Random } from "../../fuzz/random";
import { inEnglish } from "../../../src/words/localize";
import { plainly } from "../words/plainly";

const COMPLEX = "The picture cannot be read: it is too complex to draw.";
const sanitized = (content: string) => sanitizeSvg(`<svg>${content}</svg>`);
const reason = (content: string) => {
  const result = sanitized(content);
  return result.safe ? undefined : inEnglish(result.reason);
};
const attributesOf = (content: string): string => {
  const result = sanitized(content);
  assert.ok(result.safe);
  return /^<svg[^>]*>(.*)<\/svg>$/.exec(result.svg)?.[1] ?? "";
};

describe("what a picture costs to draw", () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index % 100).join(" ");
  const path = (data: string, more = "") => `<path d="${data}"${more}/>`;
  const table: [string, string, string | undefined][] = [
    ["as many points as are taken", path(`M${numbers(19_960)}`), undefined],
    ["a path of more points", path(`M${numbers(19_961)}`), COMPLEX],
    ["a polygon of more points", `<polygon points="${numbers(19_961)}"/>`, COMPLEX],
    ["widths in a style", `<path style="${"stroke-width:1;".repeat(20_000)}"/>`, COMPLEX],
    // Numbers need no blanks between them, and an arc's flags nothing at all.
    ["points without blanks", path(`M${"-1-1".repeat(10_000)}`), COMPLEX],
    ["points that begin with a point", path(`M${".1".repeat(20_000)}`), COMPLEX],
    ["one arc", path("M0 0A9 9 0 0 1 9 9"), undefined],
    ["arcs", path(`M0 0${"a1 1 0 0 1 1 1".repeat(1000)}`), COMPLEX],
    ["arcs behind one letter", path(`M0 0a${"1 1 0 0 1 1 1 ".repeat(1000)}`), COMPLEX],
    ["arcs without blanks", path(`M0 0a${"1 1 0 011 1 ".repeat(1400)}`), COMPLEX],
    ["curves", path(`M0 0C${numbers(19_800)}`), undefined],
    ["curves that go on from each other", path(`M0 0T${numbers(6_660)}`), COMPLEX],
    ["and others behind them", path(`M0 0T1 1L${numbers(19_800)}`), undefined],
    ["elements", "<rect/>".repeat(1000), COMPLEX],
    ["elements, as many as are taken", "<rect/>".repeat(999), undefined],
    ["characters", `<text>${"a".repeat(4_000)}</text>`, COMPLEX],
    ["a description, which is not drawn", `<desc>${"a".repeat(200_000)}</desc>`, undefined],
    ["a path that is drawn again", `${path(`M${numbers(1_000)}`, ' id="a"')}${'<use href="#a"/>'.repeat(20)}`, COMPLEX],
    ["as often as is taken", `${path(`M${numbers(1_000)}`, ' id="a"')}${'<use href="#a"/>'.repeat(17)}`, undefined],
    ["a group that is drawn again", `<g id="a">${"<rect/>".repeat(50)}</g>${'<use href="#a"/>'.repeat(20)}`, COMPLEX],
    [
      "a group inside itself, which is not",
      `<g id="a">${"<rect/>".repeat(50)}${'<use href="#a"/>'.repeat(20)}</g>`,
      undefined,
    ],
    [
      "the dearer one of two of one name",
      `<rect id="a"/>${path(`M${numbers(1_000)}`, ' id="a"')}${'<use href="#a"/>'.repeat(20)}`,
      COMPLEX,
    ],
  ];
  for (const [what, content, expected] of table) it(what, () => assert.equal(reason(content), expected));

  const values: [string, string, string][] = [
    ["dashes", '<path stroke-dasharray="0.001" stroke-dashoffset="9" d="M0 0h9"/>', '<path d="M0 0h9"/>'],
    ["dashes in a style", '<path style="stroke-dasharray:0.001;fill:red"/>', '<path style="fill:red"/>'],
    ["strokes that do not scale", '<path vector-effect="non-scaling-stroke"/>', "<path/>"],
    ["a length of the path's own", '<path pathLength="1"/>', "<path/>"],
    ["a coordinate beyond the largest", '<path d="M0 0h1000001"/>', "<path/>"],
    ["the largest", '<path d="M0 0h-1000000"/>', '<path d="M0 0h-1000000"/>'],
    ["a number in powers of ten", '<rect width="1e300"/>', "<rect/>"],
    ["a number beyond all", `<rect width="${"9".repeat(400)}"/>`, "<rect/>"],
    ["a radius next to nothing", '<path d="M0 0A1e-9 1e-9 0 0 1 9 9"/>', '<path d="M0 0A 0   0  0 0 1 9 9"/>'],
    ["a small radius", '<path d="M0 0A1e-5 1e-5 0 0 1 9 9"/>', '<path d="M0 0A1e-5 1e-5 0 0 1 9 9"/>'],
    ["a scale that is huge", '<g transform="scale(1e9)"/>', "<g/>"],
    ["a word among points", '<path d="M0 0 javascript"/>', "<path/>"],
    ["a unit", '<rect width="10px" height="50%"/>', '<rect width="10px" height="50%"/>'],
    ["a filter", '<rect filter="url(#a)" mask="url(#a)" clip-path="url(#a)"/>', "<rect/>"],
  ];
  for (const [what, content, expected] of values)
    it(`has no ${what}`.replace("no the", "the"), () => assert.equal(attributesOf(content), expected));
});

describe("values of pictures", () => {
  const table: [string, boolean][] = [
    ["red", true],
    ["rgb(1,2,3)", true],
    ["translate(1) rotate ( 2 )", true],
    ["matrix(1 0 0 1 0 0)scale(2)", true],
    ["url(#a)", true],
    ["url( #a.b-c )", true],
    ["url(#a) url(#b)", true],
    ["url(#a", true],
    ["url(http://x.test)", false],
    ["url(#a) url(http://x.test)", false],
    ["URL(http://x.test)", false],
    ["xurl(#a)", false],
    ["url (http://x.test)", false],
    ["rgb(url(http://x.test))", false],
    ["(1)", false],
    ["image-set(x)", false],
    ["expression(alert(1))", false],
    ["a\\b", false],
    ["a/*b*/", false],
    ["@import", false],
    ["{}", false],
    // Once 21 seconds in a certificate of 936 bytes.
    ["a".repeat(100_000), true],
    [`${"a".repeat(100_000)}(`, false],
    ["rgb(".repeat(50_000), false],
    ["rgb(1)".repeat(50_000), true],
    [" ".repeat(100_000), true],
    [`rgb${" ".repeat(100_000)}(1)`, true],
    [`url(${" ".repeat(100_000)}x)`, false],
  ];
  for (const [value, expected] of table)
    it(`${JSON.stringify(value.slice(0, 30))} are harmless or not`, () => assert.equal(isHarmless(value), expected));

  it("are read as a regular expression reads them, which goes back", () => {
    const random = new Random(1);
    const PIECES = ["url", "rgb", "scale", "(", "(", ")", ")", " ", "#a", "x", "-", ",", "1", "\t", "\u00a0", "URL"];
    const known = new Set(["rgb", "scale"]);
    const byExpression = (value: string) =>
      [...value.matchAll(/([\w-]*)\s*\(([^()]*)/g)].every(([, name = "", argument = ""]) =>
        name === "url" ? /^#[\w.-]+$/.test(argument.trim()) : known.has(name),
      );
    let harmless = 0;
    for (let round = 0; round < 20_000; round++) {
      const value = Array.from({ length: random.below(9) }, () => PIECES[random.below(PIECES.length)]).join("");
      assert.equal(isHarmless(value), byExpression(value), JSON.stringify(value));
      if (isHarmless(value)) harmless++;
    }
    assert.ok(harmless > 1000 && harmless < 19_000, String(harmless));
  });
});

describe("pictures of one page", () => {
  const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  const details = (bytes: Buffer, mediaType: string, hashes?: LogotypeDetails["hashes"]): LogotypeDetails => ({
    mediaType,
    hashes: hashes ?? [{ algorithm: "SHA-256", value: sha(bytes) }],
    uris: [`data:${mediaType};base64,${bytes.toString("base64")}`],
  });
  const png = (width: number, height: number, rest = Buffer.alloc(0)): Buffer => {
    const head = Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0", "latin1");
    head.writeUInt32BE(width, 16);
    head.writeUInt32BE(height, 20);
    return Buffer.concat([head, rest]);
  };
  /** @param frame of each: its place and size */
  const gif = (frames: number, [x, y, width, height] = [0, 0, 9, 9], control = true): Buffer => {
    const descriptor = Buffer.of(0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0x81);
    for (const [index, value] of [x, y, width, height].entries()) descriptor.writeUInt16LE(value ?? 0, 1 + 2 * index);
    // Two colors of its own, then data whose bytes look like the beginning of another frame.
    const data = Buffer.concat([descriptor, Buffer.alloc(12), Buffer.of(2, 3, 0x2c, 0x2c, 0x2c, 1, 0x21, 0)]);
    const one = Buffer.concat([control ? Buffer.of(0x21, 0xf9, 4, 0, 0, 0, 0, 0) : Buffer.alloc(0), data]);
    const head = Buffer.from("474946383961090009008000000000000000", "hex");
    return Buffer.concat([head, Buffer.alloc(1), ...Array.from({ length: frames }, () => one), Buffer.of(0x3b)]);
  };
  const jpeg = (scans: number): Buffer =>
    Buffer.concat([
      Buffer.from("ffd8ffc0000b080020004001011100", "hex"),
      ...Array.from({ length: scans }, () => Buffer.of(0xff, 0xda, 0, 2)),
    ]);
  const shown = (bytes: Buffer, mediaType: string, budget?: PictureBudget) => {
    const picture = readPicture(details(bytes, mediaType), budget);
    return picture?.shown.safe === true ? "shown" : plainly(picture?.shown.reason);
  };

  const PIXELS = "It has too many pixels.";
  const LAYERS = "It has too many layers of pixels.";
  const table: [string, Buffer, string, string][] = [
    ["of 4 megapixels", png(2048, 2048), "image/png", "shown"],
    ["of more", png(2048, 2049), "image/png", PIXELS],
    ["that is wide", png(4097, 1), "image/png", PIXELS],
    ["whose size overflows", png(0xffffffff, 0xffffffff), "image/png", PIXELS],
    ["of a hundred frames", png(9, 9, Buffer.from("fcTL".repeat(100))), "image/png", "shown"],
    ["of more frames", png(9, 9, Buffer.from("fcTL".repeat(101))), "image/png", LAYERS],
    ["a GIF of a hundred frames", gif(100), "image/gif", "shown"],
    ["a GIF of more", gif(101), "image/gif", LAYERS],
    ["a GIF of more, without delays", gif(101, [0, 0, 9, 9], false), "image/gif", LAYERS],
    ["a GIF of frames that are larger than it", gif(1, [4000, 0, 97, 1]), "image/gif", PIXELS],
    ["a GIF of large frames", gif(5, [0, 0, 2000, 2000]), "image/gif", LAYERS],
    ["a GIF of fewer", gif(4, [0, 0, 2000, 2000]), "image/gif", "shown"],
    ["a GIF of nothing", gif(0), "image/gif", "shown"],
    ["of large frames", png(2048, 2048, Buffer.from("fcTL".repeat(5))), "image/png", LAYERS],
    ["a JPEG of a hundred scans", jpeg(100), "image/jpeg", "shown"],
    ["a JPEG of more", jpeg(101), "image/jpeg", LAYERS],
  ];
  for (const [what, bytes, mediaType, expected] of table)
    it(`one ${what}`, () => assert.equal(shown(bytes, mediaType), expected));

  it("share their pixels", () => {
    const budget = new PictureBudget();
    const large = png(2048, 2048);
    assert.deepEqual(
      Array.from({ length: 5 }, () => shown(large, "image/png", budget)),
      [...Array.from({ length: 4 }, () => "shown"), "The pictures before it have too many pixels."],
    );
  });

  it("share their pixels, once for each layer", () => {
    const budget = new PictureBudget();
    const animated = png(2048, 1024, Buffer.from("fcTL".repeat(4)));
    assert.deepEqual(
      Array.from({ length: 3 }, () => shown(animated, "image/png", budget)),
      ["shown", "shown", "The pictures before it have too many pixels."],
    );
  });

  it("share what they cost to draw", () => {
    const budget = new PictureBudget();
    const points = Array.from({ length: 15_000 }, (_, index) => index % 100).join(" ");
    const svg = Buffer.from(`<svg><path d="M${points}"/></svg>`);
    assert.deepEqual(
      Array.from({ length: 4 }, () => shown(svg, "image/svg+xml", budget)),
      ["shown", "shown", "shown", "The pictures before it are too complex."],
    );
  });

  it("share their bytes, those that were unpacked for nothing included", () => {
    const budget = new PictureBudget();
    const full = png(9, 9, Buffer.alloc(1024 * 1024 - 24));
    const wrong = details(full, "image/png", [{ algorithm: "SHA-256", value: "00" }]);
    for (let count = 0; count < 4; count++) assert.equal(readPicture(wrong, budget)?.hash, "wrong");
    assert.equal(shown(png(9, 9), "image/png", budget), "There are too many pictures before it.");
  });

  it("are fifty at most", () => {
    const budget = new PictureBudget();
    const all = Array.from({ length: 51 }, () => shown(png(9, 9), "image/png", budget));
    assert.deepEqual(
      [all.filter((each) => each === "shown").length, all.at(-1)],
      [50, "There are too many pictures before it."],
    );
  });

  it("are hashed once for each function, however often it is named", () => {
    const bytes = png(9, 9, Buffer.alloc(1024 * 1024 - 24));
    const value = sha(bytes);
    // Of a megabyte each, these would be a hundred gigabytes.
    const many = Array.from({ length: 100_000 }, () => ({ algorithm: "SHA-256", value }));
    assert.equal(readPicture(details(bytes, "image/png", many))?.hash, "right");
    const lastWrong = [...many, { algorithm: "SHA-256", value: "00" }];
    assert.equal(readPicture(details(bytes, "image/png", lastWrong))?.hash, "wrong");
  });
});
