import type { DocumentPath } from "../documents/document-uri";
import type { CollectedCertificate, Order, OrderId } from "../../orders/model/order";
import type { ReadingService } from "./reading-service";

/** Where collected certificates are. */
export interface CollectedSource {
  readonly book: { get(id: OrderId): Order | undefined };
  readonly reading: Pick<ReadingService, "run">;
  collected(id: OrderId, serialNumber: string): CollectedCertificate | undefined;
  before(id: OrderId, collected: CollectedCertificate): CollectedCertificate | undefined;
  /** DER, leaf first. @throws BlobError when a file is missing or damaged */
  chain(collected: CollectedCertificate): Promise<Uint8Array[]>;
}

/**
 * The content of a document of a collected certificate; `undefined` where there is no such certificate or document.
 * @param now epoch ms
 * @throws BlobError as {@link CollectedSource.chain} does
 */
export async function collectedDocument(
  source: CollectedSource,
  { order, serialNumber, name }: DocumentPath,
  now: number,
): Promise<Uint8Array | undefined> {
  const collected = source.collected(order, serialNumber);
  if (collected === undefined) return undefined;
  const before = name === "changes.txt" ? source.before(order, collected) : undefined;
  const [previous] = before === undefined ? [] : await source.chain(before);
  const paidUntil = source.book.get(order)?.detail?.detail.productTermEnd;
  const text = await source.reading.run("certificateDocument", {
    name,
    collected: {
      chain: await source.chain(collected),
      now,
      ...(previous !== undefined && { previous }),
      ...(paidUntil !== undefined && { paidUntil }),
    },
  });
  return text === undefined ? undefined : Buffer.from(text, "utf8");
}
