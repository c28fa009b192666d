import { isIPv4, isIPv6 } from "node:net";
import { caaAt, type ZoneRecord } from "./zones";

/** Characters of the longest line. */
const MAX_LINE = 2048;

/** Octets of a name and of a label (RFC 1035 section 3.1). */
const MAX_NAME = 253;
const MAX_LABEL = 63;

const TTL = 60;

/**
 * Reads a record as a zone file has it (RFC 1035 section 5.1): `name [ttl] [IN] type data`. As with a provider that
 * takes such lines, a name without a final dot is below the zone.
 * @param zone what such names are below; without it, they are whole
 * @returns the record, or what is wrong with the line
 */
export function readZoneLine(line: string, zone = ""): ZoneRecord | string {
  const words = line.length > MAX_LINE ? undefined : wordsOf(line);
  if (words === undefined) return "The line is too long, or a quote is not closed.";
  const [owner = "", ...rest] = words;
  while (rest[0] !== undefined && (/^\d{1,9}$/.test(rest[0]) || rest[0].toUpperCase() === "IN")) rest.shift();
  const [type = "", ...data] = rest;
  const name = wholeName(owner, zone);
  if (name === undefined || data.length === 0) return "A record is written: name, type, data.";
  const [first = "", second = ""] = data;
  switch (type.toUpperCase()) {
    case "A":
      return isIPv4(first) ? { name, ttl: TTL, type: "A", data: first } : "An A record has an IPv4 address.";
    case "AAAA":
      return isIPv6(first) ? { name, ttl: TTL, type: "AAAA", data: first } : "An AAAA record has an IPv6 address.";
    case "CNAME":
    case "NS": {
      const target = wholeName(first, zone);
      if (target === undefined) return "The target has a label of more than 63 characters, or an empty one.";
      return { name, ttl: TTL, type: type.toUpperCase() as "CNAME" | "NS", data: target };
    }
    case "MX": {
      const exchange = wholeName(second, zone);
      if (exchange === undefined) return "An MX record has a number and a host.";
      return { name, ttl: TTL, type: "MX", data: { preference: Number(first) & 0xffff, exchange } };
    }
    case "TXT":
      return { name, ttl: TTL, type: "TXT", data: data.join("").slice(0, 255) };
    case "CAA":
      if (data.length < 3 || !/^\d{1,3}$/.test(first) || !/^[a-z0-9]{1,15}$/i.test(second))
        return "A CAA record has a number, a tag and a value.";
      return caaAt(name, second, data.slice(2).join(" "), Number(first) & 0xff);
    default:
      return "Records of type A, AAAA, CAA, CNAME, MX, NS and TXT can be published.";
  }
}

/** A record as a zone file has it. */
export function zoneLineOf(record: ZoneRecord): string {
  return `${record.name}. ${record.ttl} IN ${record.type} ${dataWords(record)}`;
}

function dataWords(record: ZoneRecord): string {
  switch (record.type) {
    case "A":
    case "AAAA":
      return record.data;
    case "CNAME":
    case "NS":
      return `${record.data}.`;
    case "TXT":
      return JSON.stringify(record.data);
    case "CAA":
      return `${record.data.flags ?? 0} ${record.data.tag} ${JSON.stringify(record.data.value)}`;
    case "MX":
      return `${record.data.preference ?? 0} ${record.data.exchange}.`;
    case "SOA":
      return record.data.mname;
    case "UNKNOWN_257":
      return `\\# ${record.data.length} ${record.data.toString("hex")}`;
  }
}

/** The words of a line; what is in quotes is one, without them. Undefined if a quote is not closed. */
function wordsOf(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let place = 0; place < line.length; place++) {
    const character = line.charAt(place);
    if (character === '"') {
      quoted = !quoted;
      word ??= "";
    } else if (quoted && character === "\\") {
      word = `${word ?? ""}${line.charAt(++place)}`;
    } else if (!quoted && (character === " " || character === "\t" || character === "\n" || character === "\r")) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = `${word ?? ""}${character}`;
    }
  }
  if (word !== undefined) words.push(word);
  return quoted ? undefined : words;
}

/** Without a final dot. */
function wholeName(written: string, zone: string): string | undefined {
  const isWhole = written.endsWith(".") || zone === "";
  const name = isWhole ? written.replace(/\.$/, "") : written === "@" ? zone : `${written}.${zone}`;
  const isName = name.length <= MAX_NAME && name.split(".").every((label) => label !== "" && label.length <= MAX_LABEL);
  return isName ? name : undefined;
}
