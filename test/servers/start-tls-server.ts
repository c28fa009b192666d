import { createServer, type Server, type Socket } from "node:net";
import { TLSSocket, type SecureContextOptions } from "node:tls";
import type { StartTls } from "../../src/certificates/checks/live-host";

/** What a server of a protocol says before TLS begins; a real one, unless a test changes its words. */
export interface Script {
  /** What it says at once. */
  readonly greeting?: string | Buffer;
  /** What it says to each thing that it is told; the last answer begins TLS. */
  readonly answers: readonly {
    /** Bytes or the beginning of a line that it waits for. */
    readonly to: RegExp | Buffer;
    readonly says: string | Buffer;
  }[];
}

export const SCRIPTS: Readonly<Record<StartTls, Script>> = {
  smtp: {
    greeting: "220-mail.example.test ESMTP\r\n220 ready\r\n",
    answers: [
      { to: /^EHLO \S+\r\n/, says: "250-mail.example.test\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 SMTPUTF8\r\n" },
      { to: /^STARTTLS\r\n/, says: "220 2.0.0 Ready to start TLS\r\n" },
    ],
  },
  imap: {
    greeting: "* OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] ready\r\n",
    answers: [{ to: /^(\S+) STARTTLS\r\n/, says: "* CAPABILITY IMAP4rev2\r\n$1 OK Begin TLS\r\n" }],
  },
  ldap: {
    answers: [
      {
        to: Buffer.concat([Buffer.from("301d02010177188016", "hex"), Buffer.from("1.3.6.1.4.1.1466.20037")]),
        says: Buffer.concat([
          Buffer.from("3024020101781f0a0100040004008a16", "hex"),
          Buffer.from("1.3.6.1.4.1.1466.20037"),
        ]),
      },
    ],
  },
  postgresql: { answers: [{ to: Buffer.from("0000000804d2162f", "hex"), says: "S" }] },
};

/** How it sends its bytes. */
export interface Sending {
  /** Into how many bytes each answer is cut; absent: in one go. */
  readonly slice?: () => number;
  /** What it says in plain text right after the last answer, before TLS. */
  readonly extra?: string | Buffer;
}

/** A server that begins TLS when it is asked to. @param secure read at each connection, so that it can be changed */
export function startTlsServer(script: Script, secure: () => SecureContextOptions, sending: Sending = {}): Server {
  return createServer((socket) => {
    socket.setNoDelay(true).on("error", () => undefined);
    void converse(socket, script, sending).then((isOver) => {
      if (!isOver) return;
      const tls = new TLSSocket(socket, { isServer: true, ...secure() });
      tls.on("error", () => undefined).resume();
    });
  });
}

async function converse(
  socket: Socket,
  { greeting, answers }: Script,
  { slice, extra = "" }: Sending,
): Promise<boolean> {
  if (greeting !== undefined) await send(socket, bytesOf(greeting), slice);
  let heard = Buffer.alloc(0);
  for (const [place, answer] of answers.entries()) {
    let said: Said | undefined;
    while ((said = answerTo(heard, answer)) === undefined) {
      const more = await next(socket);
      if (more === undefined) return false;
      heard = Buffer.concat([heard, more]);
    }
    heard = heard.subarray(said.read);
    const isLast = place === answers.length - 1;
    await send(socket, isLast ? Buffer.concat([said.bytes, bytesOf(extra)]) : said.bytes, slice);
  }
  return true;
}

interface Said {
  readonly read: number;
  readonly bytes: Buffer;
}

function answerTo(heard: Buffer, { to, says }: Script["answers"][number]): Said | undefined {
  if (Buffer.isBuffer(to)) {
    return heard.subarray(0, to.length).equals(to) ? { read: to.length, bytes: bytesOf(says) } : undefined;
  }
  const found = to.exec(heard.toString("latin1"));
  if (found === null) return undefined;
  const bytes = typeof says === "string" ? Buffer.from(says.replace("$1", found[1] ?? "")) : says;
  return { read: found[0].length, bytes };
}

const bytesOf = (text: string | Buffer): Buffer => (typeof text === "string" ? Buffer.from(text) : text);

function next(socket: Socket): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const done = (bytes?: Buffer): void => {
      socket.off("data", done).off("close", done).pause();
      resolve(Buffer.isBuffer(bytes) ? bytes : undefined);
    };
    socket.once("data", done).once("close", done).resume();
  });
}

/** Each slice by itself, in its own turn of the loop. */
async function send(socket: Socket, bytes: Buffer, slice = () => bytes.length): Promise<void> {
  for (let at = 0; at < bytes.length && !socket.destroyed;) {
    const end = at + Math.max(1, slice());
    const piece = bytes.subarray(at, end);
    await new Promise<void>((resolve) => socket.write(piece, () => setImmediate(resolve)));
    at = end;
  }
}
