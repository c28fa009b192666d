import type { LookQuestions } from "./look-questions";
import { readFileBody, printableStart, type FileBody } from "./file-body";
import type { FileHop, FileSeen, LookPlan } from "./look";
import { isIpv6, lookAtHost } from "./look-host";
import type { FileReply } from "./ports";
import type { TokenToFind } from "./request-token";

/** Redirects that are followed. The CA's own limit is not published; Open MPIC's is 20. */
const MAX_HOPS = 10;
/** Characters of an address that is followed or kept. */
const MAX_URL = 1000;
/** Redirects that a CA may follow (BR 3.2.2.4.18). */
const REDIRECTS: readonly number[] = [301, 302, 307, 308];

/** Why a redirect is not followed, by us and, as far as is known, by the CA. */
export type HopRefusal = "not-allowed" | "scheme" | "port" | "private-address" | "no-address" | "loop" | "too-many";

/** One way to a file, and what came at its end. */
export interface FileWay {
  readonly seen: FileSeen;
  /** Of an answer at the end of the way. */
  readonly status?: number;
  readonly contentType?: string;
  readonly body?: FileBody;
  readonly refusal?: HopRefusal;
  readonly failure?: string;
}

/** Fetches a file from an address, hop by hop. */
export async function fetchByWay(
  start: string,
  address: string,
  { token, plan }: { readonly token: TokenToFind; readonly plan: LookPlan },
  asking: LookQuestions,
): Promise<FileWay> {
  const hops: FileHop[] = [];
  const visited = new Set<string>();
  const from = { scheme: start.startsWith("https:") ? "https" : "http", address } as const;
  let to: Next = { url: start, address };
  for (;;) {
    const { url } = to;
    visited.add(url);
    const reply = await asking.file({ url, address: to.address });
    if (reply.kind === "failed") {
      hops.push({ url, failure: reply.reason });
      return { seen: { ...from, says: "failed", hops }, failure: reply.reason };
    }
    const next = await nextOf(reply, url, visited, isIpv6(address), asking);
    hops.push(hopOf(url, reply, typeof next === "string" ? next : undefined));
    if (typeof next === "string")
      return { seen: { ...from, says: "other", hops }, status: reply.status, refusal: next };
    if (next === undefined) return endOf(from, hops, reply, token, plan);
    to = next;
  }
}

interface Next {
  readonly url: string;
  readonly address: string;
}

type Answered = Extract<FileReply, { readonly kind: "answered" }>;

/** @returns where a redirect leads, why it is not followed, or `undefined` if it is not a redirect */
async function nextOf(
  { status, location }: Answered,
  from: string,
  visited: ReadonlySet<string>,
  isSix: boolean,
  asking: LookQuestions,
): Promise<Next | HopRefusal | undefined> {
  if (status < 300 || status > 399 || status === 304) return undefined;
  if (!REDIRECTS.includes(status) || location === undefined || location.length > MAX_URL) return "not-allowed";
  if (!URL.canParse(location, from)) return "not-allowed";
  const to = new URL(location, from);
  if (to.protocol !== "http:" && to.protocol !== "https:") return "scheme";
  // The default port of a scheme is not said in a URL; the other one of the two may be meant, and is not asked for.
  if (to.port !== "") return "port";
  if (to.href.length > MAX_URL) return "not-allowed";
  // Nothing that somebody could mean for a login goes along.
  [to.username, to.password, to.hash] = ["", "", ""];
  // What is not ASCII grows.
  if (to.href.length > MAX_URL) return "not-allowed";
  if (visited.has(to.href)) return "loop";
  if (visited.size > MAX_HOPS) return "too-many";
  const { addresses, hidden } = await lookAtHost(to.hostname, asking);
  if (hidden.length > 0) return "private-address";
  const address = addresses.find((each) => isIpv6(each) === isSix) ?? addresses[0];
  return address === undefined ? "no-address" : { url: to.href, address };
}

function hopOf(url: string, { status, location, tlsFault }: Answered, refusal: HopRefusal | undefined): FileHop {
  return {
    url,
    status,
    ...(refusal !== undefined && { failure: refusal }),
    ...(location !== undefined && { location: location.slice(0, MAX_URL) }),
    ...(tlsFault !== undefined && { tlsFault }),
  };
}

function endOf(
  from: Pick<FileSeen, "scheme" | "address">,
  hops: readonly FileHop[],
  { status, contentType, start, more }: Answered,
  token: TokenToFind,
  plan: LookPlan,
): FileWay {
  const isFound = status >= 200 && status <= 299;
  const body = readFileBody(start, more, token, plan);
  const says = isFound ? (body.kind === "right" ? "right" : "other") : MISSING.includes(status) ? "none" : "failed";
  return {
    seen: { ...from, says, hops, ...(start.length > 0 && { start: printableStart(start) }) },
    status,
    ...(contentType !== undefined && { contentType: contentType.slice(0, MAX_TYPE) }),
    ...(isFound && { body }),
  };
}

const MISSING: readonly number[] = [404, 410];
/** Characters of a content type. */
const MAX_TYPE = 100;
