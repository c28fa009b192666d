import type { LookQuestions } from "./look-questions";
import { registrableDomain } from "./domain-levels";
import type { FileBody } from "./file-body";
import { fetchByWay, type FileWay } from "./file-way";
import type { FileLook, LookPlan, Standing } from "./look";
import { isIpv6, lookAtHost, type HostSeen } from "./look-host";
import type { TokenToFind } from "./request-token";
import { validationFile } from "./validation-file";

/** Requests of the workspace whose files are looked for, at most. */
const MAX_OTHERS = 2;
/** Hashes of the request's text: with LF and with CRLF, each with and without the last line break. */
const MAX_TEXTS = 4;

/** What was seen of the file of a host. */
export interface FileEvidence {
  readonly url: string;
  readonly host: HostSeen;
  readonly ways: readonly FileWay[];
  readonly standing: Standing;
  readonly mistakes?: FileMistakes;
}

/** Where else the file, or another one's, was found. */
export interface FileMistakes {
  /** Its name spelled otherwise. */
  readonly spelled?: { readonly url: string; readonly body: FileBody };
  /** The host without or with "www." that has it. */
  readonly otherHost?: string;
  readonly other?: { readonly url: string; readonly request: string };
  readonly text?: string;
}

/** Fetches the file over http and https, from each address of the host. */
export async function lookAtValidationFile(
  host: string,
  token: TokenToFind,
  plan: LookPlan,
  asking: LookQuestions,
): Promise<FileEvidence> {
  const { path } = validationFile(token);
  const seen = await lookAtHost(host, asking);
  const urlOf = (scheme: string): string => `${scheme}://${inUrl(host)}${path}`;
  const ways = await Promise.all(
    SCHEMES.flatMap((scheme) =>
      seen.addresses.map((address) => fetchByWay(urlOf(scheme), address, { token, plan }, asking)),
    ),
  );
  const url = urlOf(plan.method === "https" ? "https" : "http");
  return { url, host: seen, ways, standing: fileStanding(ways, seen, plan.method) };
}

/** IPv6 addresses are in brackets (RFC 3986 section 3.2.2). */
const inUrl = (host: string): string => (isIpv6(host) && !host.startsWith("[") ? `[${host}]` : host);

const SCHEMES = ["http", "https"] as const;

/** The method names the scheme; where it is not known, either will do, since the order may be for it. */
function fileStanding(ways: readonly FileWay[], { hidden, exists }: HostSeen, method: LookPlan["method"]): Standing {
  const wanted = method === "http" || method === "https" ? [method] : SCHEMES;
  const standings = wanted.map((scheme) =>
    schemeStanding(reachable(ways.filter(({ seen }) => seen.scheme === scheme))),
  );
  // What answers at an address that nobody else can reach says nothing of what the CA sees.
  const best = ORDER.find((each) => standings.includes(each)) ?? "not-in-place";
  if (ways.length === 0) return hidden.length > 0 || exists === undefined ? "cannot-tell" : "not-in-place";
  return hidden.length > 0 && best === "in-place" ? "cannot-tell" : best;
}

const ORDER: readonly Standing[] = ["in-place", "cannot-tell", "not-in-place"];

/** A computer without IPv6 reaches no address of it, which says nothing of the server. */
export function reachable(ways: readonly FileWay[]): readonly FileWay[] {
  const reached = ways.filter(({ seen, failure }) => !(failure === "unreachable" && isIpv6(seen.address)));
  return reached.length > 0 ? reached : ways;
}

function schemeStanding(ways: readonly FileWay[]): Standing {
  if (ways.length === 0) return "not-in-place";
  if (ways.every(isSure)) return "in-place";
  // What a server does not give to us, it may give to the CA, and the other way round.
  return ways.every((way) => way.seen.says === "right" || isUnclear(way)) ? "cannot-tell" : "not-in-place";
}

/** A CA wants a status of 2xx; Open MPIC, 200 alone. */
const isSure = ({ seen, status }: FileWay): boolean => seen.says === "right" && status === 200;

/**
 * Whether an answer is one that others may get or take otherwise: no answer in time, a refusal of whoever asks, or a
 * form that the CA's documents no longer name.
 */
const isUnclear = ({ seen, failure, refusal, body }: FileWay): boolean =>
  refusal === "private-address" ||
  (body?.kind === "old-form" && body.isOurs === true) ||
  (seen.says === "failed" && failure !== "refused" && failure !== "tls");

/** Asks what tells why a file is missing, from one address that answers. */
export async function lookForFileMistakes(
  { host, ways }: FileEvidence,
  token: TokenToFind,
  plan: LookPlan,
  asking: LookQuestions,
): Promise<FileMistakes> {
  const way = ways.find(({ status }) => status !== undefined)?.seen;
  const wanted = { token, plan };
  const otherHost = await rightAtOtherHost(host.host, wanted, asking);
  const elsewhere = otherHost === undefined ? {} : { otherHost };
  if (way === undefined) return elsewhere;
  const { path } = validationFile(token);
  const lower = `${path.slice(0, path.lastIndexOf("/") + 1)}${token.md5.toLowerCase()}.txt`;
  const tryPath = async (each: string): Promise<{ readonly url: string; readonly body?: FileWay["body"] }> => {
    const url = `${way.scheme}://${inUrl(host.host)}${each}`;
    const { body } = await fetchByWay(url, way.address, wanted, asking);
    return body === undefined ? { url } : { url, body };
  };
  const others = plan.others?.slice(0, MAX_OTHERS) ?? [];
  const texts = plan.textHashes?.slice(0, MAX_TEXTS) ?? [];
  const [spelled, ...rest] = await Promise.all([
    Promise.all(
      [...new Set(SPELLINGS.flatMap((spell) => [spell(path), spell(lower)]))]
        .filter((each) => each !== path)
        .map(tryPath),
    ),
    ...[others, texts].map((all) => Promise.all(all.map((each) => tryPath(validationFile(each).path)))),
  ]);
  // On a server that takes both cases for one, a wrong file is the same one under both names.
  const isMissing = ways.every(({ body }) => body === undefined || !isProof(body));
  const found = spelled.flatMap(({ url, body }) =>
    body !== undefined && (body.kind === "right" || (isMissing && isProof(body))) ? [{ url, body }] : [],
  );
  const misnamed = found.find(({ body }) => body.kind === "right") ?? found[0];
  const other = rest.flat().find(({ body }) => body?.kind === "other-request" && body.request !== undefined);
  const text = rest.flat().find(({ body }) => body?.kind === "text-hashed");
  return {
    ...elsewhere,
    ...(misnamed !== undefined && { spelled: misnamed }),
    ...(other !== undefined && { other: { url: other.url, request: other.body?.request ?? "" } }),
    ...(text !== undefined && { text: text.url }),
  };
}

/** What becomes of a file's name: as it is, its ending twice, in upper case, or left out. */
const SPELLINGS: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}.txt`,
  (path) => path.replace(/txt$/, "TXT"),
  (path) => path.replace(/\.txt$/, ""),
];

/** Whether somebody put a proof there, even a wrong one. */
export const isProof = ({ kind }: FileBody): boolean => kind !== "page" && kind !== "empty";

/** The registrable domain of a "www." host, and the reverse: people forget one of the two. */
async function rightAtOtherHost(
  host: string,
  wanted: { readonly token: TokenToFind; readonly plan: LookPlan },
  asking: LookQuestions,
): Promise<string | undefined> {
  const other = host.startsWith("www.") ? host.slice("www.".length) : `www.${host}`;
  if (registrableDomain(other) === undefined || registrableDomain(host) === undefined) return undefined;
  const [address] = (await lookAtHost(other, asking)).addresses;
  if (address === undefined) return undefined;
  const scheme = wanted.plan.method === "https" ? "https" : "http";
  const url = `${scheme}://${other}${validationFile(wanted.token).path}`;
  return (await fetchByWay(url, address, wanted, asking)).body?.kind === "right" ? other : undefined;
}

/** As it is kept and shown. */
export function fileLook({ standing, ways }: FileEvidence): FileLook {
  const uniqueValue = ways.find(({ seen }) => seen.says === "right")?.body?.uniqueValue;
  return { standing, ...(uniqueValue !== undefined && { uniqueValue }), seen: ways.map(({ seen }) => seen) };
}
