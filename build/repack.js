const fs = require("node:fs");
const { promisify } = require("node:util");
const zlib = require("node:zlib");
const { deflate } = require("@gfx/zopfli");
const { unzipSync } = require("fflate");

// APPNOTE.TXT of the ZIP format, section 4.3.
const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const DEFLATED = 8;
const UTF_8 = 0x0800;
/** 1 January 1980, the first day that the format knows: the same sources make the same package. */
const DAY = 0x21;

/**
 * Writes a package anew: Zopfli makes of the same bytes a DEFLATE stream that is a thirtieth shorter than zlib's best,
 * and names are sorted and dates go, which would make each package another one.
 * @param {string} file
 */
async function repack(file) {
  const files = Object.entries(unzipSync(fs.readFileSync(file)))
    .filter(([name]) => !name.endsWith("/"))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = [];
  const central = [];
  let offset = 0;
  for (const [path, bytes] of files) {
    const name = Buffer.from(path);
    const content = path.endsWith(".json") ? withoutBlanks(bytes) : bytes;
    const packed = Buffer.from(await promisify(deflate)(content, { numiterations: 15 }));
    if (!zlib.inflateRawSync(packed).equals(content)) throw new Error(`${path} was packed wrongly.`);
    // From "version needed to extract" to "extra field length": both headers have these fields.
    const fields = Buffer.alloc(26);
    [VERSION, UTF_8, DEFLATED, 0, DAY].forEach((field, place) => fields.writeUInt16LE(field, 2 * place));
    [zlib.crc32(content), packed.length, content.length].forEach((field, place) =>
      fields.writeUInt32LE(field, 10 + 4 * place),
    );
    fields.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    parts.push(word(LOCAL_HEADER), fields, name, packed);
    central.push(word(CENTRAL_HEADER), Buffer.of(VERSION, 0), fields, rest, name);
    offset += 4 + fields.length + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  const whole = Buffer.concat([...parts, directory, word(END), end]);
  fs.writeFileSync(file, whole);
  // What was said of it before holds no longer.
  console.log(`Packed anew: ${file} (${whole.length} bytes)`);
}

/**
 * JSON without blanks, and a manifest without what only its repository needs.
 * @param {Uint8Array} bytes
 */
function withoutBlanks(bytes) {
  const json = JSON.parse(Buffer.from(bytes).toString());
  for (const name of ["scripts", "allowScripts", "devDependencies"]) delete json[name];
  return Buffer.from(JSON.stringify(json));
}

/** @param {number} value */
function word(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const [, , file] = process.argv;
if (file === undefined) throw new Error("Say which package: node build/repack.js FILE");
repack(file).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
