import { mayUseFile, triedCname, triedFile, type Evidence } from "./evidence";
import type { FileBody } from "./file-body";
import type { FileWay } from "./file-way";
import { finding, type FindingId, type ValidationFinding } from "./finding";
import type { FileSeen } from "./look";
import { isIpv6 } from "./look-host";
import { reachable, type FileEvidence } from "./look-file";
import { isInPlace, lightened, weighedBy } from "./way-weight";

/** Answers by which a server refuses whoever asks, or fails for now. */
const REFUSALS: readonly number[] = [401, 403, 407, 429, 451];

/** What is wrong with the file. */
export function fileFindings(evidence: Evidence): readonly ValidationFinding[] {
  const { file, plan } = evidence;
  if (file === undefined || !mayUseFile(plan)) return [];
  const found = [
    ...file.ways.flatMap((way) => wayFindings(way, evidence)),
    ...familyFindings(file, schemesOf(evidence)),
    ...mistakeFindings(evidence),
    ...hostFindings(evidence),
    ...absenceFindings(evidence),
  ];
  if (plan.method !== undefined || triedFile(evidence)) return weighedBy("file", found, evidence);
  // Nobody published a file: that a site answers with its pages is worth a note, and none beside a record.
  const isRecord = isInPlace("cname", evidence) || triedCname(evidence);
  return found.flatMap((each) => (isRecord && each.id !== "host-unknown" ? [] : [lightened(each, "note")]));
}

/** The schemes that count: the order's, else http, which any site has. */
const schemesOf = ({ plan: { method } }: Evidence): readonly FileSeen["scheme"][] =>
  method === "https" ? ["https"] : ["http"];

/** Worth nothing of a scheme that the order does not need: a site need not have both. */
const OF_SITES: readonly FindingId[] = ["redirected", "page-served", "unseen-block", "internal-only"];

function wayFindings(way: FileWay, evidence: Evidence): readonly ValidationFinding[] {
  if (schemesOf(evidence).includes(way.seen.scheme)) return neededFindings(way);
  const found = neededFindings(way).filter(({ id }) => !OF_SITES.includes(id));
  return found.map((each) => ({ ...each, weight: "note" }));
}

function neededFindings(way: FileWay): readonly ValidationFinding[] {
  const { seen, status = 0, body, refusal, failure, contentType = "" } = way;
  const url = seen.hops.at(-1)?.url ?? "";
  if (refusal === "private-address") return [finding("internal-only", "may-stop", url, "")];
  if (refusal !== undefined) {
    return [finding("redirected", "stops", url, seen.hops.at(-1)?.location ?? "", String(status), refusal)];
  }
  const [first, second] = seen.hops;
  const redirected =
    first === undefined || second === undefined ? [] : [finding("redirected", "note", first.url, second.url)];
  if (failure !== undefined) {
    const isOurs = failure === "unreachable" && isIpv6(seen.address);
    return isOurs || failure === "cancelled" ? [] : [finding("unseen-block", "may-stop", url, failure, seen.address)];
  }
  if (body === undefined) {
    if (seen.says === "none") return redirected;
    const isRefusal = REFUSALS.includes(status) || status >= 500;
    const id = isRefusal ? "unseen-block" : "page-served";
    return [...redirected, finding(id, "may-stop", url, String(status), isRefusal ? seen.address : contentType)];
  }
  return [...redirected, ...bodyFindings(body, { url, status, contentType, start: seen.start ?? "" })];
}

interface Delivery {
  readonly url: string;
  readonly status: number;
  readonly contentType: string;
  /** The first bytes, for a person. */
  readonly start: string;
}

/**
 * What is in the way of the right lines may stop the CA: it is not known to look further than at the first bytes, and
 * Open MPIC takes white space away and looks for the lines within the first hundred. In UTF-16 they are not there.
 */
function bodyFindings(body: FileBody, { url, status, contentType, start }: Delivery): readonly ValidationFinding[] {
  switch (body.kind) {
    case "right":
      if (status !== 200) return [finding("page-served", "may-stop", url, String(status), contentType)];
      return body.isUpperCase === true ? [finding("file-spelled", "note", url, "upper-case")] : [];
    case "byte-order-mark":
    case "blank-first":
    case "trailing":
      return [finding("file-spelled", "may-stop", url, body.kind)];
    case "utf-16":
    case "incomplete":
      return [finding("file-spelled", "stops", url, body.kind)];
    case "old-form":
      return [finding("old-form", "may-stop", start)];
    case "hash-cut":
      return [finding("hash-cut", "stops", start)];
    case "other-request":
      return [finding("other-request", "stops", url, body.request ?? "")];
    case "text-hashed":
      return [finding("text-hashed", "stops", url)];
    case "other-unique-value":
      return [finding(body.kind, body.isOtherCase === true ? "may-stop" : "stops", body.uniqueValue ?? "", "")];
    case "wrapped":
      return [finding("page-served", "may-stop", url, String(status), contentType)];
    case "page":
    case "empty":
      return [finding("page-served", "stops", url, String(status), contentType)];
  }
}

/** Addresses of one host that answer differently. The CA may ask any of them. */
function familyFindings({ ways }: FileEvidence, schemes: readonly FileSeen["scheme"][]): readonly ValidationFinding[] {
  return schemes.flatMap((scheme) => {
    const asked = reachable(ways.filter(({ seen }) => seen.scheme === scheme));
    const right = asked.find(({ seen }) => seen.says === "right");
    const wrong = asked.find(({ seen }) => seen.says !== "right");
    if (right === undefined || wrong === undefined) return [];
    return [finding("families-differ", "may-stop", right.seen.address, wrong.seen.address)];
  });
}

function mistakeFindings({ file, host }: Evidence): readonly ValidationFinding[] {
  const { spelled, otherHost, other, text } = file?.mistakes ?? {};
  return [
    ...(spelled === undefined ? [] : misnamedFindings(spelled)),
    ...(otherHost === undefined ? [] : [finding("file-on-one-host", "stops", otherHost, host)]),
    ...(other === undefined ? [] : [finding("other-request", "stops", other.url, other.request)]),
    ...(text === undefined ? [] : [finding("text-hashed", "stops", text)]),
  ];
}

/** A name that is spelled otherwise, and what is wrong with the file beside that. */
const misnamedFindings = ({ url, body }: { readonly url: string; readonly body: FileBody }): ValidationFinding[] => [
  finding("file-spelled", "stops", url, "name"),
  ...bodyFindings(body, { url, status: 200, contentType: "", start: url }),
];

function hostFindings({ file, host }: Evidence): readonly ValidationFinding[] {
  if (file === undefined) return [];
  const { exists, hidden } = file.host;
  return [
    ...(exists === false ? [finding("host-unknown", "stops", host)] : []),
    ...(hidden.length > 0 ? [finding("internal-only", "may-stop", host, hidden.join(", "))] : []),
  ];
}

/** Of an order for a file: nothing there, or not any more. */
function absenceFindings({ file, plan, host }: Evidence): readonly ValidationFinding[] {
  if (file === undefined || plan.method === undefined) return [];
  const ways = file.ways.filter(({ seen }) => seen.scheme === plan.method);
  const isNothing = ways.length > 0 && ways.every(({ seen }) => seen.says === "none");
  if (!isNothing || Object.keys(file.mistakes ?? {}).length > 0) return [];
  if (plan.before?.by === "file") return [finding("removed", "stops", plan.before.place, String(plan.before.at))];
  return [finding("not-published", "stops", `${plan.method}://${host}${new URL(file.url).pathname}`)];
}
