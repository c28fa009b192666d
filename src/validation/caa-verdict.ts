import { CAA_ISSUERS, type CaaIssuer } from "./caa-names";
import { parseIssueValue, type CaaParameter, type IssueValue } from "./caa-value";
import type { CaaPurpose, CaaReason, CaaVerdict } from "./look";
import type { CaaData } from "./ports";

/** What a set of CAA records says about one order. */
export interface CaaReading {
  readonly verdict: CaaVerdict;
  readonly reason: CaaReason;
  /** Of records that name the CA, where none does so without: "tag=value". */
  readonly conditions: readonly string[];
}

/**
 * Tags that are known to the CA, so that the critical bit asks nothing of them: RFC 8659 section 4, RFC 9495, and
 * appendix A of the BR. The tag of mark certificates is known to whoever issues these.
 */
const KNOWN: Readonly<Record<CaaPurpose, ReadonlySet<string>>> = {
  tls: new Set(["issue", "issuewild", "iodef", "issuemail", "contactemail", "contactphone"]),
  smime: new Set(["issue", "issuewild", "iodef", "issuemail", "contactemail", "contactphone"]),
  mark: new Set(["issue", "issuewild", "iodef", "issuemail", "contactemail", "contactphone", "issuevmc"]),
};
/** Known to some CAs, or reserved in the IANA's registry: a critical one may keep this CA from issuing, or may not. */
const RESERVED: ReadonlySet<string> = new Set(["issuevmc", "auth", "path", "policy"]);

/** The tags that say who may issue: for any name, and for wildcards where it is there. */
const TAGS: Readonly<Record<CaaPurpose, readonly [any: string, wildcard?: string]>> = {
  tls: ["issue", "issuewild"],
  smime: ["issuemail"],
  mark: ["issuevmc"],
};

const CRITICAL = 0x80;

/**
 * The tag that decides in a set (RFC 8659 sections 4.2 and 4.3, RFC 9495 section 4): `issuewild` for a wildcard if it
 * is there, and never for another name.
 */
export function decidingTag(records: readonly CaaData[], purpose: CaaPurpose, isWildcard: boolean): string {
  const [any, wildcard] = TAGS[purpose];
  const isThere = wildcard !== undefined && records.some(({ tag }) => tag.toLowerCase() === wildcard);
  return isWildcard && isThere ? wildcard : any;
}

/**
 * Whether a set allows this CA to issue. Pure; the set is the relevant one (RFC 8659 section 3), or empty.
 * @param isWildcard the order is for `*.` and the name
 */
export function readCaaSet(records: readonly CaaData[], purpose: CaaPurpose, isWildcard: boolean): CaaReading {
  if (records.length === 0) return reading("unrestricted", "none-found");
  const critical = records.filter(({ flags }) => (flags & CRITICAL) !== 0).map(({ tag }) => tag.toLowerCase());
  const unknown = critical.filter((tag) => !KNOWN[purpose].has(tag));
  if (unknown.some((tag) => !RESERVED.has(tag))) return reading("forbidden", "critical-tag");
  const said = readIssuers(records, purpose, decidingTag(records, purpose, isWildcard));
  return said.verdict !== "forbidden" && unknown.length > 0 ? reading("maybe", "reserved-tag") : said;
}

const reading = (verdict: CaaVerdict, reason: CaaReason, conditions: readonly string[] = []): CaaReading => ({
  verdict,
  reason,
  conditions,
});

function readIssuers(records: readonly CaaData[], purpose: CaaPurpose, tag: string): CaaReading {
  const deciding = records.filter((record) => record.tag.toLowerCase() === tag);
  if (deciding.length === 0) return reading("unrestricted", "not-restricted");
  const values = deciding.flatMap(({ value }) => parseIssueValue(value) ?? []);
  const issuers = CAA_ISSUERS[purpose];
  const named = issuers.flatMap((issuer) => permissionOf(issuer, values) ?? []);
  if (named.length === 0) return reading("forbidden", whyForbidden(records, tag, values, issuers));
  if (named.length < issuers.length) return reading("maybe", "one-issuer");
  const conditions = named.flatMap(({ parameters }) => parameters.map(({ tag: name, value }) => `${name}=${value}`));
  if (conditions.length > 0) return reading("conditions", "conditions", conditions);
  return reading("allowed", named.some(({ isDeprecated }) => isDeprecated) ? "named-deprecated" : "named");
}

/** How the values allow an issuer: best without parameters, then by a name that is not deprecated. */
function permissionOf(
  issuer: CaaIssuer,
  values: readonly IssueValue[],
): { readonly parameters: readonly CaaParameter[]; readonly isDeprecated: boolean } | undefined {
  const current = values.filter((value) => issuer.names.has(value.issuer));
  const deprecated = values.filter((value) => issuer.deprecated.has(value.issuer));
  const bare = [current, deprecated].find((list) => list.some(({ parameters }) => parameters.length === 0));
  if (bare) return { parameters: [], isDeprecated: bare === deprecated };
  const conditional = [...current, ...deprecated];
  if (conditional.length === 0) return undefined;
  return { parameters: conditional.flatMap(({ parameters }) => parameters), isDeprecated: false };
}

function whyForbidden(
  records: readonly CaaData[],
  tag: string,
  values: readonly IssueValue[],
  issuers: readonly CaaIssuer[],
): CaaReason {
  const allows = (value: string): boolean => {
    const read = parseIssueValue(value);
    return read !== undefined && issuers.some((issuer) => permissionOf(issuer, [read]) !== undefined);
  };
  const deciding = records.filter((record) => record.tag.toLowerCase() === tag);
  if (deciding.some(({ value }) => isQuoted(value) && allows(value.replaceAll(/["']/g, "")))) return "quoted";
  if (deciding.some(({ value }) => !parseIssueValue(value) && wordsOf(value).some(allows))) return "unreadable";
  const others = records.filter((record) => ISSUING.has(record.tag.toLowerCase()) && record.tag.toLowerCase() !== tag);
  if (others.some(({ value }) => allows(value))) return "other-property";
  return values.some(({ issuer }) => issuer !== "") ? "names-others" : "names-nobody";
}

/** The issuers that a set does not allow by the property that decides; all of them where there is no such property. */
export function missingIssuers(records: readonly CaaData[], purpose: CaaPurpose, tag: string): CaaIssuer[] {
  const deciding = records.filter((record) => record.tag.toLowerCase() === tag);
  const values = deciding.flatMap(({ value }) => parseIssueValue(value) ?? []);
  return CAA_ISSUERS[purpose].filter((issuer) => permissionOf(issuer, values) === undefined);
}

const ISSUING: ReadonlySet<string> = new Set(["issue", "issuewild", "issuemail", "issuevmc"]);

const isQuoted = (value: string): boolean => /["']/.test(value);

/** What looks like names in a value that is not written as it should be: "sectigo.com.", "https://sectigo.com/". */
const wordsOf = (value: string): string[] => value.split(/[^A-Za-z0-9.-]/).map((word) => word.replace(/\.$/, ""));
