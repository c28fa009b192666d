import { decodeCertificate, extensionOf, type Certificate } from "../certificates/x509/certificate";
import { isCa, type ChainMember } from "../certificates/x509/issuing";
import { orderChain, type Chain } from "../certificates/x509/chain";
import { checkChain } from "../certificates/checks/chain";
import { called } from "../certificates/checks/words";
import { outlookOf, type OutlookParts } from "../certificates/hierarchy/outlook";
import { check } from "../certificates/checks/findings";
import { endOf } from "../certificates/checks/issuers";
import { compareWithOrder, isFault, type Comparison, type Ordered } from "../certificates/checks/ordered";
import { pathRoot, type RootList } from "../certificates/checks/path-root";
import { revocableOf, revocationContacts } from "../certificates/revocation/path-revocation";
import type { Contents, FoundObject } from "../certificates/containers/contents";
import { obstacleOfPkcs12 } from "../certificates/pkcs12/open";
import { readContainers } from "../certificates/containers/read";
import { MAX_SHOWN_OBJECTS, shownCertificates, toDetailsPage } from "../certificates/details";
import type { DetailsOptions, Elsewhere } from "../certificates/details/options";
import { loadRootPrograms } from "../certificates/hierarchy/root-programs";
import { keptRenewals, knownAuthorities, knownLogs, type KeptRenewal } from "../certificates/knowledge/in-use";
import { ENGLISH, inWords } from "../words/localize";
import { readersLocale } from "./readers-locale";
import type { KnownAuthorities } from "../certificates/x509/known-authorities";

/** The input of an analysis, and what else is known. */
export interface AnalysisInput extends Pick<DetailsOptions, "productTerm"> {
  /** A file, its contents, or certificates (DER, leaf first). */
  readonly subject: Uint8Array | Contents | readonly Uint8Array[];
  /** Epoch ms. */
  readonly now: number;
  /** The order, to compare the leaf with. */
  readonly ordered?: OrderedFacts;
  /** What the CA, its servers and other hosts said about certificates; what is about another leaf does not count. */
  readonly told?: readonly ToldAbout[];
  /** For agents: the page is in English, not in the reader's language. */
  readonly english?: true;
  /** The public roots that are known besides those of the snapshot. */
  readonly roots?: RootList;
}

/** What is known of a certificate from elsewhere. */
export interface ToldAbout extends Elsewhere {
  /** SHA-256 of the certificate, lower-case hex. */
  readonly leaf: string;
}

/** As {@link Ordered}, with the previous certificate in encoded form. */
export interface OrderedFacts extends Omit<Ordered, "previous"> {
  readonly previous?: Uint8Array;
}

/** The details page, with everything that the checks find offline. */
export interface Analysis {
  /** JSON of a `DetailsPage`. */
  readonly details: string;
  /** SHA-256 of the leaf, lower-case hex; absent if it has no chain. */
  readonly leaf?: string;
  readonly comparisons: readonly Comparison[];
  /** The possible questions about the certificates, if there is somebody to ask. */
  readonly askable: { readonly revocation: boolean; readonly host: boolean; readonly issuers: boolean };
  /** The root of a chain that is worth saving instead of what came: SHA-256, lower-case hex, and its name. */
  readonly better?: { readonly root: string; readonly name: string };
  /** The first PKCS #12 file that its password may open. */
  readonly locked?: FoundObject;
  /** Renewals of what is known that could not be used. */
  readonly unusable: readonly KeptRenewal[];
}

/** Never rejects because of the input. */
export async function analyze(input: AnalysisInput): Promise<Analysis> {
  const { subject, now, productTerm, ordered, told = [], roots, english } = input;
  const { contents, certificates } = partsOf(subject);
  const [authorities, logs, programs] = await Promise.all([knownAuthorities(), knownLogs(), loadRootPrograms()]);
  const given = certificates.slice(0, MAX_SHOWN_OBJECTS);
  const chain = orderChain(given, { now, authorities });
  const checked = await check(chain, { now, authorities, given, programs, logs });
  const { findings, transparency, chain: links, outlook } = checked;
  const root = pathRoot(chain, links, authorities, roots);
  const leaf = chain.path[0]?.certificate;
  const comparisons = leaf === undefined || ordered === undefined ? [] : compare(leaf, ordered);
  const locale = english === true ? ENGLISH : readersLocale();
  const page = toDetailsPage(contents, chain, {
    locale,
    now,
    findings,
    logs,
    transparency,
    elsewhere: elsewhereOf(leaf, told, comparisons),
    ...(root !== undefined && { root }),
    ...(outlook !== undefined && { outlook }),
    ...(productTerm !== undefined && { productTerm }),
  });
  const better = outlook?.better?.way.root;
  const locked = contents.objects.find(
    (object): object is FoundObject => object.kind === "pfx" && obstacleOfPkcs12(object.der) === undefined,
  );
  return {
    details: JSON.stringify(page),
    comparisons,
    askable: await askableOf(chain.path, authorities),
    unusable: (await keptRenewals()).filter(({ unusable }) => unusable !== undefined),
    ...(leaf !== undefined && { leaf: leaf.fingerprints.sha256 }),
    ...(better !== undefined && {
      better: { root: better.fingerprints.sha256, name: inWords(called(better), locale) },
    }),
    ...(locked !== undefined && { locked }),
  };
}

/** Which certificates' chain is wanted. */
export interface ChainRequest extends Pick<AnalysisInput, "subject" | "now"> {
  /** SHA-256 of the root that it is to lead to; by default it is the path in use, as far as it came. */
  readonly root?: string;
}

/**
 * The path of the certificates in a file, in its contents, or of these: DER, leaf first, as shown. To a given root it
 * is completed with what is known offline, without the root; empty if there is no way to it.
 */
export async function chainIn({ subject, now, root }: ChainRequest): Promise<readonly Uint8Array[]> {
  const authorities = await knownAuthorities();
  const chain = orderChain(partsOf(subject).certificates, { now, authorities });
  const way = root === undefined ? chain.path : await wayTo(root, chain, { now, authorities });
  return way.map(({ der }) => der);
}

async function wayTo(
  root: string,
  chain: Chain,
  parts: Pick<OutlookParts, "authorities" | "now">,
): Promise<readonly ChainMember[]> {
  const programs = await loadRootPrograms();
  const ways = outlookOf(chain, await checkChain(chain, parts), { ...parts, programs })?.ways ?? [];
  return ways.find((way) => way.root.fingerprints.sha256 === root)?.members.slice(0, -1) ?? [];
}

interface Parts {
  /** What was read; empty for certificates that come as they are. */
  readonly contents: Contents;
  /** DER. */
  readonly certificates: readonly Uint8Array[];
}

const NOTHING: Contents = { objects: [], damage: [] };

function partsOf(subject: AnalysisInput["subject"]): Parts {
  if (!(subject instanceof Uint8Array || "objects" in subject)) return { contents: NOTHING, certificates: subject };
  const contents = subject instanceof Uint8Array ? readContainers(subject) : subject;
  return { contents, certificates: shownCertificates(contents) };
}

/** Of several answers about a revocation, a revocation counts, then the latest. */
function elsewhereOf(
  leaf: Certificate | undefined,
  told: readonly ToldAbout[],
  comparisons: readonly Comparison[],
): Elsewhere {
  const about = told.filter((each) => each.leaf === leaf?.fingerprints.sha256);
  const answers = about.flatMap(({ revocation }) => (revocation === undefined ? [] : [revocation]));
  const latest = answers.reduce<Elsewhere["revocation"]>(
    (last, each) => ((each.asked ?? 0) >= (last?.asked ?? 0) ? each : last),
    undefined,
  );
  const revocation = answers.find(({ state }) => state === "revoked") ?? latest;
  return {
    ...(revocation !== undefined && { revocation }),
    faults: [
      ...about.flatMap(({ faults = [] }) => faults),
      ...comparisons.filter(isFault).map(({ message }) => message),
    ],
    // Two orders may have the same certificate, and know the same of it.
    remarks: [...new Set(about.flatMap(({ remarks = [] }) => remarks))],
  };
}

function compare(leaf: Certificate, { previous, ...ordered }: OrderedFacts): readonly Comparison[] {
  return compareWithOrder(leaf, {
    ...ordered,
    ...(previous !== undefined && { previous: decodeCertificate(previous) }),
  });
}

async function askableOf(path: readonly ChainMember[], authorities: KnownAuthorities): Promise<Analysis["askable"]> {
  const leaf = path[0]?.certificate;
  const end = endOf(path, authorities);
  return {
    revocation: revocationContacts(await revocableOf(path, authorities)).length > 0,
    host: leaf !== undefined && isForServers(leaf),
    issuers: end?.kind === "missing" && end.contacts.length > 0,
  };
}

/** id-kp-serverAuth (RFC 5280 section 4.2.1.12). */
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

function isForServers(certificate: Certificate): boolean {
  if (isCa(certificate)) return false;
  const purposes = extensionOf(certificate, "extKeyUsage")?.purposes;
  const names = extensionOf(certificate, "subjectAltName")?.names ?? [];
  return (
    (purposes === undefined || purposes.includes(SERVER_AUTH)) &&
    names.some(({ type }) => type === "dNSName" || type === "iPAddress")
  );
}
