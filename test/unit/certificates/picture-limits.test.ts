import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { LogotypeDetails } from "../../../src/certificates/extensions/logotype";
import { PictureBudget, readPicture } from "../../../src/certificates/pictures/picture";
import { sanitizeSvg } from "../../../src/certificates/pictures/svg";
import { isHarmless } from "../../../src/certificates/pictures/svg-values";
import { Random } from "../../fuzz/random";

const COMPLEX = "The picture cannot be read: it is too complex to be drawn.";
const sanitized = (content: string) => sanitizeSvg(`<svg>${content}</svg>`);
const reason = (content: string) => {
  const result = sanitized(content);
  return result.safe ? undefined : result.reason;
};
const attributesOf = (content: string): string => {
  const result = sanitized(content);
  assert.ok(result.safe);
  return /^<svg[^>]*>(.*)<\/svg>$/.exec(result.svg)?.[1] ?? "";
};

describe("what a picture costs to draw", () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index % 100).join(" ");
  const table: [string, string, string | undefined][] = [
    ["as many points as are taken", `<path d="M${numbers(99_900)}"/>`, undefined],
    ["a path of more points", `<path d="M${numbers(100_000)}"/>`, COMPLEX],
    ["a polygon of more points", `<polygon points="${numbers(100_000)}"/>`, COMPLEX],
    ["points in a style", `<path style="${"stroke-width:1;".repeat(100_000)}"/>`, COMPLEX],
    // Numbers need no blanks between them, and flags of arcs no point.
    ["points without blanks", `<path d="M${"-1-1".repeat(50_000)}"/>`, COMPLEX],
    ["points that begin with a point", `<path d="M${".1".repeat(100_000)}"/>`, COMPLEX],
    ["one arc", '<path d="M0 0A9 9 0 0 1 9 9"/>', undefined],
    ["arcs", `<path d="M0 0${"a1 1 0 0 1 1 1".repeat(7_000)}"/>`, COMPLEX],
    ["elements", "<rect/>".repeat(5_001), COMPLEX],
    ["elements, as many as are taken", "<rect/>".repeat(4_999), undefined],
    ["characters", `<text>${"a".repeat(20_001)}</text>`, COMPLEX],
    ["a description, which is not drawn", `<desc>${"a".repeat(200_000)}</desc>`, undefined],
    ["a path that is drawn again", `<path id="a" d="M${numbers(1_000)}"/>${'<use href="#a"/>'.repeat(99)}`, COMPLEX],
    ["again, as often as is taken", `<path id="a" d="M${numbers(1_000)}"/>${'<use href="#a"/>'.repeat(90)}`, undefined],
    ["a group that is drawn again", `<g id="a">${"<rect/>".repeat(50)}</g>${'<use href="#a"/>'.repeat(99)}`, COMPLEX],
    ["a group before its own end", `<g id="a">${"<rect/>".repeat(50)}${'<use href="#a"/>'.repeat(99)}</g>`, undefined],
    [
      "the dearer one of two of one name",
      `<rect id="a"/><path id="a" d="M${numbers(1_000)}"/>${'<use href="#a"/>'.repeat(99)}`,
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
  const gif = (frames: number): Buffer =>
    Buffer.concat([
      Buffer.from("GIF89a\x09\x00\x09\x00", "latin1"),
      ...Array.from({ length: frames }, () => Buffer.of(0x21, 0xf9, 4, 0, 0, 0, 0, 0)),
    ]);
  const jpeg = (scans: number): Buffer =>
    Buffer.concat([
      Buffer.from("ffd8ffc0000b080020004001011100", "hex"),
      ...Array.from({ length: scans }, () => Buffer.of(0xff, 0xda, 0, 2)),
    ]);
  const shown = (bytes: Buffer, mediaType: string, budget?: PictureBudget) => {
    const picture = readPicture(details(bytes, mediaType), budget);
    return picture?.shown.safe === true ? "shown" : picture?.shown.reason;
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
