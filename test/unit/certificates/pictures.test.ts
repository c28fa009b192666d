import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { decodeCertificate, extensionOf } from "../../../src/certificates/x509/certificate";
import type { LogotypeDetails } from "../../../src/certificates/extensions/logotype";
import { readPicture } from "../../../src/certificates/pictures/picture";
import { readRaster } from "../../../src/certificates/pictures/raster";
import { sanitizeSvg } from "../../../src/certificates/pictures/svg";
import { pemFixture } from "./fixtures";
import { inEnglish } from "../../../src/words/localize";
import { plainly } from "../words/plainly";

const HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';

/** What is left of the content of an svg element, and how much was left out; or why it is refused. */
function kept(content: string, attributes = ""): [string, number] | string {
  const result = sanitizeSvg(`<svg${attributes}>${content}</svg>`);
  if (!result.safe) return inEnglish(result.reason).replace("The picture cannot be read: ", "");
  assert.ok(result.svg.startsWith(HEAD) && result.svg.endsWith("</svg>"), result.svg);
  return [result.svg.slice(HEAD.length, -"</svg>".length).replace(/^>/, ""), result.removed];
}

describe("SVG of a mark", () => {
  const unchanged = [
    "<title>A &amp; B</title>",
    '<path d="M0,0 L10,10z" fill="#c00"/>',
    '<g transform="translate(1,2) rotate(3)"><circle cx="1" cy="2" r="3" style="fill:red;stroke:none"/></g>',
    '<defs><linearGradient id="a.b-c" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#fff"/></linearGradient></defs><rect fill="url(#a.b-c)" width="1" height="2"/>',
    '<g id="x"><rect width="1" height="1"/></g><use xlink:href="#x" x="5"/>',
    '<text x="1" y="2" font-family="serif">words <tspan>inside</tspan></text>',
  ];
  for (const content of unchanged)
    it(`keeps ${content.slice(0, 50)}`, () => assert.deepEqual(kept(content), [content, 0]));

  const cleaned: [string, string, number][] = [
    ["<script>alert(1)</script><g/>", "<g/>", 1],
    ['<g onload="alert(1)" id="a"/>', '<g id="a"/>', 1],
    ["<style>@import url(http://x.test)</style>", "", 1],
    ['<a xlink:href="javascript:alert(1)"><path d="M0"/></a>', "", 1],
    ['<image xlink:href="http://x.test/a.png"/>', "", 1],
    ['<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script/></body></foreignObject>', "", 1],
    ['<use href="http://x.test/#a"/>', "", 1],
    ['<use xlink:href="data:image/svg+xml,x#a"/>', "", 1],
    // On an element that stays, too.
    ['<g xlink:href="http://x.test/#a"/>', "<g/>", 1],
    ['<linearGradient id="a" href="//x.test/#b"/>', '<linearGradient id="a"/>', 1],
    ['<rect fill="url(http://x.test/#a)"/>', "<rect/>", 1],
    ['<rect fill="u\\72l(http://x.test)"/>', "<rect/>", 1],
    ['<rect fill="url(#a) url(http://x.test)"/>', "<rect/>", 1],
    ['<rect style="fill:red;background:url(http://x.test);stroke:image-set(x)"/>', '<rect style="fill:red"/>', 0],
    ['<rect style="fill:url(http://x.test)"/>', "<rect/>", 1],
    ['<rect fill="red/**/"/>', "<rect/>", 1],
    ["<animate attributeName='x'/><set/><g/>", "<g/>", 2],
    ['<SCRIPT>x</SCRIPT><svg:script xmlns:svg="http://www.w3.org/2000/svg">x</svg:script>', "", 2],
    ["<g><metadata><x><y/></x></metadata></g>", "<g></g>", 1],
    ["<svg><rect/></svg>", "", 1],
    ["loose text<g/>", "<g/>", 1],
    ["<!-- a comment --><?target instruction?><g/>", "<g/>", 0],
    ["<text>a &lt;script&gt; &#x41;&#66;</text>", "<text>a &lt;script&gt; AB</text>", 0],
    [
      '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g><use href="#a"/>',
      '<g id="a"></g><g id="b"></g><use href="#a"/>',
      2,
    ],
  ];
  for (const [content, expected, removed] of cleaned) {
    it(`cleans ${content.slice(0, 60)}`, () => assert.deepEqual(kept(content), [expected, removed]));
  }

  const refused: [string, string][] = [
    ['<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "it has a document type or a CDATA section."],
    ["<svg><![CDATA[<script/>]]></svg>", "it has a document type or a CDATA section."],
    ["<svg>&nbsp;</svg>", "it defines its own entities."],
    ["<svg>&#x110000;</svg>", "it defines its own entities."],
    ["<svg><g></svg>", "its tags do not match."],
    ["<svg><g>", "it is truncated."],
    ["<svg><!-- ", "it is truncated."],
    ["<svg><g a=b/></svg>", "it is not well-formed XML."],
    ["<svg><g a='1' a='2'/></svg>", "it has the same attribute twice."],
    ["<svg>< g/></svg>", "it is not well-formed XML."],
    ["<html></html>", "it is not an SVG."],
    ["", "it is not an SVG."],
    [`<svg>${"<g>".repeat(200)}${"</g>".repeat(200)}</svg>`, "its elements are nested too deeply."],
    [`<svg>${"<g/>".repeat(60_000)}</svg>`, "it has too many elements."],
  ];
  for (const [source, reason] of refused) {
    it(`refuses ${source.slice(0, 50)}`, () =>
      assert.deepEqual(plainly(sanitizeSvg(source)), { safe: false, reason: `The picture cannot be read: ${reason}` }));
  }

  it("draws a part again at most two hundred times", () => {
    const result = kept(`<rect id="a"/>${'<use href="#a"/>'.repeat(250)}`);
    assert.equal(result[1], 50);
  });
});

describe("pictures of logotypes", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>Mark</title><rect width="1" height="1"/></svg>';
  const sha = (bytes: string | Buffer, name = "sha256") => createHash(name).update(bytes).digest("hex");
  const details = (
    uri: string,
    hashes: LogotypeDetails["hashes"] = [{ algorithm: "SHA-256", value: sha(svg) }],
    mediaType = "image/svg+xml",
  ): LogotypeDetails => ({ mediaType, hashes, uris: [uri] });
  const base64 = (bytes: Buffer, type = "image/svg+xml") => `data:${type};base64,${bytes.toString("base64")}`;
  const summary = (picture: ReturnType<typeof readPicture>) =>
    picture && [picture.hash, picture.shown.safe ? picture.shown.title : plainly(picture.shown.reason)];

  const png = Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1"),
    Buffer.from("0000004000000020", "hex"),
    Buffer.alloc(5),
  ]);
  const table: [string, LogotypeDetails, unknown][] = [
    ["SVG packed by gzip", details(base64(gzipSync(svg))), ["right", "Mark"]],
    ["SVG as it is", details(base64(Buffer.from(svg))), ["right", "Mark"]],
    ["SVG in percent encoding", details(`data:image/svg+xml,${encodeURIComponent(svg)}`), ["right", "Mark"]],
    [
      "a hash over the packed bytes",
      details(base64(gzipSync(svg)), [{ algorithm: "SHA-256", value: sha(gzipSync(svg)) }]),
      ["right", "Mark"],
    ],
    [
      "several hashes",
      details(
        base64(Buffer.from(svg)),
        ["SHA-1", "SHA-384"].map((algorithm) => ({ algorithm, value: sha(svg, algorithm.replace("-", "")) })),
      ),
      ["right", "Mark"],
    ],
    [
      "one wrong hash of two",
      details(base64(Buffer.from(svg)), [
        { algorithm: "SHA-256", value: sha(svg) },
        { algorithm: "SHA-1", value: "00" },
      ]),
      ["wrong", "Its hash is not the one in the certificate."],
    ],
    [
      "a hash that is not known",
      details(base64(Buffer.from(svg)), [{ algorithm: "1.2.3", value: "00" }]),
      ["unknown", "Mark"],
    ],
    [
      "a bomb",
      details(base64(gzipSync(Buffer.alloc(2 * 1024 * 1024)))),
      ["unknown", "It cannot be unpacked, or is too large once unpacked."],
    ],
    [
      "gzip cut off",
      details(base64(gzipSync(svg).subarray(0, 40))),
      ["unknown", "It cannot be unpacked, or is too large once unpacked."],
    ],
    ["garbage for base64", details("data:image/svg+xml;base64,!!!"), ["unknown", "Its data: address cannot be read."]],
    ["a wrong percent encoding", details("data:image/svg+xml,%zz"), ["unknown", "Its data: address cannot be read."]],
    ["PNG", details(base64(png, "image/png"), [], "image/png"), ["unknown", ""]],
    [
      "HTML under another name",
      details(base64(Buffer.from("<html>"), "image/png"), [], "image/png"),
      ["unknown", "It is not an SVG, PNG, JPEG or GIF."],
    ],
    [
      "a media type that only ends like that of SVG",
      details(base64(Buffer.from(svg), "text/html"), [], "text/html;image/svg+xml"),
      ["unknown", "It is not an SVG, PNG, JPEG or GIF."],
    ],
    ["an address elsewhere", details("https://example.test/logo.svg"), undefined],
  ];
  for (const [name, input, expected] of table) it(name, () => assert.deepEqual(summary(readPicture(input)), expected));

  it("too many pixels", () => {
    const huge = Buffer.from(png);
    huge.writeUInt32BE(100_000, 16);
    assert.deepEqual(summary(readPicture(details(base64(huge), [], "image/png"))), [
      "unknown",
      "It has too many pixels.",
    ]);
  });

  it("of the mark certificate", () => {
    const logotype = extensionOf(decodeCertificate(pemFixture("extensions/mark.pem")), "logotype");
    const image = logotype?.logos[0]?.images[0];
    assert.ok(image);
    assert.deepEqual(summary(readPicture(image)), ["right", "Example & Co"]);
  });

  it("raster headers", () => {
    const jpeg = Buffer.from("ffd8ffe000040000ffc0000b080020004001011100", "hex");
    assert.deepEqual(
      [
        png,
        Buffer.from("GIF89a\x05\x00\x06\x00\x00\x00\x00", "latin1"),
        jpeg,
        jpeg.subarray(0, 12),
        Buffer.alloc(30),
      ].map(readRaster),
      [
        { mediaType: "image/png", width: 64, height: 32, layers: 1 },
        { mediaType: "image/gif", width: 5, height: 6, layers: 1 },
        { mediaType: "image/jpeg", width: 64, height: 32, layers: 1 },
        undefined,
        undefined,
      ],
    );
  });
});
