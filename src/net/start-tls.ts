import type { Socket } from "node:net";
import type { StartTls } from "../certificates/checks/live-host";
import { Plaintext, PlaintextError, unknownAnswer } from "./plaintext";
import { phrase } from "../words/phrase";

/**
 * Says what makes a server of a protocol begin TLS, as `openssl s_client -starttls` does, and nothing else: no name of
 * this computer, no login.
 * @returns once TLS is to begin on the socket
 * @throws PlaintextError, or what ended the connection
 */
export async function startTls(protocol: StartTls, socket: Socket): Promise<void> {
  const server = new Plaintext(socket);
  await STARTS[protocol](server);
  server.end();
}

const notOffered = (): PlaintextError => new PlaintextError(phrase("The server does not begin TLS on this port."));

/** RFC 3207 sections 4 and 5. */
async function startSmtp(server: Plaintext): Promise<void> {
  await smtpReply(server, "220");
  server.say("EHLO localhost\r\n");
  await smtpReply(server, "250");
  server.say("STARTTLS\r\n");
  await smtpReply(server, "220");
}

/** A reply of one or more lines (RFC 5321 section 4.2.1). */
async function smtpReply(server: Plaintext, wanted: string): Promise<void> {
  for (;;) {
    const line = await server.line();
    if (!/^[2-5]\d\d(?:[ -]|$)/.test(line)) throw unknownAnswer();
    if (!line.startsWith(wanted)) throw notOffered();
    if (line[wanted.length] !== "-") return;
  }
}

/** RFC 9051 section 6.2.1, RFC 2595 section 3.1. Untagged lines, as capabilities, may come before the answer. */
async function startImap(server: Plaintext): Promise<void> {
  const greeting = await server.line();
  // PREAUTH cannot be followed by STARTTLS (RFC 9051 section 11.2).
  if (!/^\* OK(?: |$)/i.test(greeting)) throw /^\* (?:PREAUTH|BYE)/i.test(greeting) ? notOffered() : unknownAnswer();
  server.say("a STARTTLS\r\n");
  for (;;) {
    const line = await server.line();
    if (/^a OK(?: |$)/i.test(line)) return;
    if (/^a (?:NO|BAD)(?: |$)/i.test(line)) throw notOffered();
    if (!line.startsWith("* ")) throw unknownAnswer();
  }
}

/** LDAPMessage 1: an ExtendedRequest with the name of StartTLS (RFC 4511 sections 4.12 and 4.14.1). */
const LDAP_REQUEST = Buffer.concat([
  Buffer.from("301d02010177188016", "hex"),
  Buffer.from("1.3.6.1.4.1.1466.20037", "latin1"),
]);

const INTEGER = 0x02;
const ENUMERATED = 0x0a;
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;
/** [APPLICATION 24], constructed. */
const EXTENDED_RESPONSE = 0x78;

interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

async function startLdap(server: Plaintext): Promise<void> {
  server.say(LDAP_REQUEST);
  const message = await berElement((count) => server.bytes(count));
  const [id, response, ...controls] = await berElements(message.content);
  // Message 0 is a notice of disconnection (RFC 4511 section 4.4.1).
  if (message.tag !== SEQUENCE || id?.tag !== INTEGER || !isNumber(id, 1)) throw unknownAnswer();
  if (response?.tag !== EXTENDED_RESPONSE || controls.length > 1) throw unknownAnswer();
  const [code, matched, text] = await berElements(response.content);
  if (code?.tag !== ENUMERATED || matched?.tag !== OCTET_STRING || text?.tag !== OCTET_STRING) throw unknownAnswer();
  if (!isNumber(code, 0)) throw notOffered();
}

const isNumber = ({ content }: Element, wanted: number): boolean =>
  content.length > 0 && content.length <= 4 && content.readUIntBE(0, content.length) === wanted;

/** Bytes of a length; directories of Microsoft write all of them in four. */
const MAX_LENGTH_BYTES = 4;

/** One element with a definite length, as LDAP has it (RFC 4511 section 5.1). */
async function berElement(take: (count: number) => Promise<Buffer> | Buffer): Promise<Element> {
  const [tag = 0, first = 0] = await take(2);
  const count = first & 0x7f;
  if (first < 0x80) return { tag, content: await take(first) };
  if (count === 0 || count > MAX_LENGTH_BYTES) throw unknownAnswer();
  return { tag, content: await take((await take(count)).readUIntBE(0, count)) };
}

/** Elements that fill all of some bytes. */
async function berElements(bytes: Buffer): Promise<readonly Element[]> {
  let at = 0;
  const take = (count: number): Buffer => {
    if (count > bytes.length - at) throw unknownAnswer();
    return bytes.subarray(at, (at += count));
  };
  const found: Element[] = [];
  while (at < bytes.length) found.push(await berElement(take));
  return found;
}

/** SSLRequest: the length of the message, and the code 80877103 (PostgreSQL 17, sections 53.2.10 and 53.7). */
const POSTGRESQL_REQUEST = Buffer.from("0000000804d2162f", "hex");

async function startPostgresql(server: Plaintext): Promise<void> {
  server.say(POSTGRESQL_REQUEST);
  const answer = (await server.bytes(1)).toString("latin1");
  // N: no TLS. E: an error of a server that does not know the request.
  if (answer === "N" || answer === "E") throw notOffered();
  if (answer !== "S") throw unknownAnswer();
}

const STARTS: Readonly<Record<StartTls, (server: Plaintext) => Promise<void>>> = {
  smtp: startSmtp,
  imap: startImap,
  ldap: startLdap,
  postgresql: startPostgresql,
};
