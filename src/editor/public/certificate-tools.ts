import type { DetailsPage } from "../../certificates/details/page";
import { mozillaRoots } from "../../net/trusted-roots";
import type { CollectedCertificate, Order } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import type { AnalysisInput } from "../../reading/analysis";
import type { NamedLeaf } from "../../reading/file-words";
import { Arguments } from "../base/arguments";
import { orderedFacts } from "../pages/order-comparison";
import { toldByOrder, toldByOrders } from "../pages/order-standing";
import type { Collector } from "../window/collector";
import type { ReadingService } from "../window/reading-service";
import { untrusted, untrustedList, isoTime, NO_SUCH_ORDER, ToolError } from "./agent-answer";
import { describedPage } from "./described-page";

/** A file of the workspace that an agent may have read once a person agreed. */
export interface AgentFile {
  /** For a person: its path in the workspace, where it really is. */
  readonly path: string;
  /** @throws ToolError when it cannot be read */
  readonly read: () => Promise<Uint8Array>;
}

/** What the tools about certificates need. */
export interface CertificateSources {
  /** Absent if nothing was ever tracked. */
  readonly collector: Pick<Collector, "book" | "collected" | "before" | "chain"> | undefined;
  readonly reading: Pick<ReadingService, "run">;
  /** @throws ToolError when there is no such file in a trusted workspace */
  readonly file: (path: string) => Promise<AgentFile>;
}

/** Names a certificate of an order, the newest unless a serial number says otherwise, or a file of the workspace. */
type CertificatePlace = { readonly order: string; readonly serialNumber?: string } | { readonly file: string };

/** A certificate with its chain, and what is known of it. */
interface FoundCertificates extends Pick<AnalysisInput, "told" | "ordered" | "productTerm"> {
  readonly subject: Uint8Array | readonly Uint8Array[];
  /** Which one it is, for the answer. */
  readonly about: object;
}

const PLACE = ["order", "serialNumber", "file"] as const;

/** Characters of a path: a person reads all of it before the file is read. */
const MAX_PATH = 300;

/** Characters of a serial number; 40 are allowed. */
const MAX_SERIAL = 200;

/**
 * Says whose a certificate is, for which names and how long, with which key and chain, and what is found about it.
 * @param input a {@link CertificatePlace}
 * @throws ToolError, ArgumentError with what to do
 */
export async function describeCertificate(
  sources: CertificateSources,
  input: unknown,
  signal: AbortSignal,
): Promise<object> {
  const { subject, about, ...known } = await findCertificates(sources, placeIn(new Arguments(input)));
  const question = { subject, english: true as const, now: Date.now(), roots: mozillaRoots(), ...known };
  const { details } = await sources.reading.run("analyze", question, signal);
  return { ...about, ...describedPage(JSON.parse(details) as DetailsPage) };
}

/**
 * Compares two certificates: what changed from `before` to `after`. Without `before` it is the order's previous one.
 * @param input two of {@link CertificatePlace}
 * @throws ToolError, ArgumentError with what to do
 */
export async function compareForAgent(
  sources: CertificateSources,
  input: unknown,
  signal: AbortSignal,
): Promise<object> {
  const places = comparedPlaces(input);
  const [before, after] = await Promise.all([
    "before" in places ? findCertificates(sources, places.before) : findPrevious(sources, places.after),
    findCertificates(sources, places.after),
  ]);
  const [old, young] = [before, after].map(({ subject }) => (subject instanceof Uint8Array ? subject : subject[0]));
  if (old === undefined || young === undefined) throw new ToolError(NO_CERTIFICATE);
  const compared = await sources.reading.run("compareLeaves", { before: old, after: young }, signal);
  if (compared === undefined) throw new ToolError(NO_CERTIFICATE);
  const { same, keyKept, names, lines } = compared;
  return {
    before: { ...before.about, ...namedLeaf(compared.before) },
    after: { ...after.about, ...namedLeaf(compared.after) },
    same,
    keyKept,
    inWords: untrustedList(lines),
    namesRemoved: untrustedList(names.removed),
    namesAdded: untrustedList(names.added),
  };
}

const NO_CERTIFICATE =
  "One of the two has no certificate that can be read. Name a file with a certificate, or an order that has one.";

/** The files that an input of these tools names, for the question that a person answers first. */
export function filesNamed(input: unknown): readonly string[] {
  const given = new Arguments(input);
  const isPair = given.object("after") !== undefined;
  const places = isPair ? Object.values(comparedPlaces(input)) : [placeIn(given)];
  return places.flatMap((place) => ("file" in place ? [place.file] : []));
}

function comparedPlaces(
  input: unknown,
): { readonly before: CertificatePlace; readonly after: CertificatePlace } | { readonly after: CertificatePlace } {
  const given = new Arguments(input).only("before", "after");
  const [before, after] = [given.object("before"), given.object("after")];
  if (after === undefined) throw new ToolError("Name the certificate to compare in “after”: an order or a file.");
  return { ...(before !== undefined && { before: placeIn(before) }), after: placeIn(after) };
}

function placeIn(given: Arguments): CertificatePlace {
  given.only(...PLACE);
  const [order, serialNumber, file] = [
    given.text("order"),
    given.text("serialNumber", MAX_SERIAL),
    given.text("file", MAX_PATH),
  ];
  if (file !== undefined && order === undefined && serialNumber === undefined) return { file };
  if (order === undefined || file !== undefined) {
    throw new ToolError("Name either an order (with the serial number of an older certificate, if wanted) or a file.");
  }
  return { order, ...(serialNumber !== undefined && { serialNumber: serialNumber.toUpperCase() }) };
}

async function findCertificates(sources: CertificateSources, place: CertificatePlace): Promise<FoundCertificates> {
  const { collector } = sources;
  if ("file" in place) {
    const { path, read } = await sources.file(place.file);
    const told = collector === undefined ? [] : toldByOrders(collector.book.orders());
    return { subject: await read(), about: { file: untrusted(path) }, told };
  }
  const { order, collected } = orderAt(sources, place);
  return found(sources, order, collected);
}

async function findPrevious(sources: CertificateSources, place: CertificatePlace): Promise<FoundCertificates> {
  if ("file" in place)
    throw new ToolError("Name what the file is to be compared with in “before”: an order or a file.");
  const { order, collected } = orderAt(sources, place);
  const before = sources.collector?.before(order.id, collected);
  if (before !== undefined) return found(sources, order, before);
  throw new ToolError("Nothing was collected for this order before this certificate. Name another one in “before”.");
}

function orderAt(
  { collector }: CertificateSources,
  { order: id, serialNumber }: Extract<CertificatePlace, { readonly order: string }>,
): { readonly order: Order; readonly collected: CollectedCertificate } {
  const order = collector?.book.get(id);
  if (order === undefined) throw new ToolError(NO_SUCH_ORDER);
  const collected = collector?.collected(id, serialNumber);
  if (collected !== undefined) return { order, collected };
  throw new ToolError(
    serialNumber === undefined
      ? "No certificate was collected for this order yet. The tool that explains an order says what it waits for."
      : "No certificate with this serial number was collected for this order.",
  );
}

async function found(
  { collector }: CertificateSources,
  order: Order,
  collected: CollectedCertificate,
): Promise<FoundCertificates> {
  const chainOf = async (each: CollectedCertificate) => (await collector?.chain(each)) ?? [];
  const subject = await chainOf(collected).catch(() => {
    throw new ToolError("The stored certificate is damaged or gone from disk. The person can collect it again.");
  });
  const before = collector?.before(order.id, collected);
  const [previous] = before === undefined ? [] : await chainOf(before).catch(() => []);
  const { productTermStart: start, productTermEnd: end } = order.detail?.detail ?? {};
  return {
    subject,
    about: { order: order.id, title: untrusted(titleOf(order)) },
    told: [toldByOrder(order, collected)],
    // What was ordered later says nothing of an older certificate.
    ...(collected === order.certificates[0] && {
      ordered: orderedFacts(order, previous, undefined),
      productTerm: { ...(start !== undefined && { start }), ...(end !== undefined && { end }) },
    }),
  };
}

function namedLeaf({ name, serialNumber, sha256, validity: { notBefore, notAfter }, issuer }: NamedLeaf): object {
  return {
    name: untrusted(name),
    serialNumber: untrusted(serialNumber),
    sha256,
    ...(notBefore !== undefined && { notBefore: isoTime(notBefore) }),
    ...(notAfter !== undefined && { notAfter: isoTime(notAfter) }),
    issuer: untrusted(issuer),
  };
}
