import { createSocket } from "node:dgram";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import * as dns from "dns-packet";

/** How a question is put. */
export interface Putting {
  /** RD; a resolver is asked by default. */
  readonly recursion?: boolean;
  /** CD. */
  readonly checkingDisabled?: boolean;
  readonly tcp?: boolean;
  /** Bytes of an answer over UDP, by EDNS; without it, 512. */
  readonly edns?: number;
}

/** What came back: the RCODE's name, and the answers as words. */
export interface Said {
  readonly code: string;
  readonly answers: readonly string[];
  readonly authority: readonly string[];
  /** Of AA, AD, RA and TC. */
  readonly flags: string;
}

const CODES = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];

function packetOf(name: string, type: dns.RecordType, { recursion = true, checkingDisabled, edns }: Putting): Buffer {
  const opt = { type: "OPT", name: ".", udpPayloadSize: edns, flags: dns.DNSSEC_OK, options: [] } as unknown;
  return dns.encode({
    type: "query",
    id: 4711,
    flags: (recursion ? dns.RECURSION_DESIRED : 0) | (checkingDisabled ? dns.CHECKING_DISABLED : 0),
    questions: [{ name, type }],
    additionals: edns === undefined ? [] : [opt as dns.Answer],
  });
}

/** Asks the DNS of the sandbox; undefined where it closes the connection. */
export async function askNames(
  port: number,
  name: string,
  type: dns.RecordType,
  how: Putting = {},
): Promise<Said | undefined> {
  const reply = await sendPacket(port, packetOf(name, type, how), how.tcp);
  return reply && saidBy(reply);
}

/**
 * Sends a packet and waits for an answer.
 * @param before others that are sent before it, over UDP
 */
export async function sendPacket(
  port: number,
  packet: Buffer,
  tcp = false,
  before: readonly Buffer[] = [],
): Promise<Buffer | undefined> {
  if (!tcp) {
    const socket = createSocket("udp4");
    for (const each of [...before, packet]) socket.send(each, port, "127.0.0.1");
    const [reply] = (await once(socket, "message")) as [Buffer];
    socket.close();
    return reply;
  }
  const socket = connect(port, "127.0.0.1");
  const length = Buffer.alloc(2);
  length.writeUInt16BE(packet.length);
  socket.write(Buffer.concat([length, packet]));
  let read = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    read = Buffer.concat([read, chunk]);
    if (read.length >= 2 && read.length >= 2 + read.readUInt16BE(0)) return read.subarray(2);
  }
  return undefined;
}

function saidBy(reply: Buffer): Said {
  const { flags = 0, answers = [], authorities = [], ...bits } = dns.decode(reply);
  const set = [
    ["AA", bits.flag_aa],
    ["AD", bits.flag_ad],
    ["RA", bits.flag_ra],
    ["TC", bits.flag_tc],
  ] as const;
  return {
    code: CODES[flags & 15] ?? "",
    answers: answers.map(words),
    authority: authorities.map(words),
    flags: set.flatMap(([name, isSet]) => (isSet ? [name] : [])).join(" "),
  };
}

function words(record: dns.Answer): string {
  const data: unknown = "data" in record ? record.data : undefined;
  return `${record.name} ${record.type} ${typeof data === "string" ? data : JSON.stringify(data)}`;
}

/** What a web server sent, as far as it came. */
export interface Got {
  readonly status: number;
  readonly location: string | undefined;
  readonly type: string | undefined;
  readonly body: Buffer;
}

/** @param most bytes of the body after which the connection is ended */
export function get(port: number, host: string, path: string, most = 4096): Promise<Got> {
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, path, headers: { host }, agent: false }, (response) => {
      const { statusCode: status = 0, headers } = response;
      let body = Buffer.alloc(0);
      const end = (): void => resolve({ status, location: headers.location, type: headers["content-type"], body });
      response.on("data", (chunk: Buffer) => {
        body = Buffer.concat([body, chunk]);
        if (body.length < most) return;
        end();
        call.destroy();
      });
      response.on("end", end);
    });
    call.on("error", reject);
    call.end();
  });
}
