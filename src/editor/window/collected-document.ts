import type { DocumentPath } from "../documents/document-uri";
import type { Collector } from "./collector";

/**
 * The content of a document of a collected certificate; `undefined` where there is no such certificate or document.
 * @param now epoch ms
 * @throws BlobError as {@link Collector.chain} does
 */
export async function collectedDocument(
  collector: Pick<Collector, "book" | "reading" | "collected" | "before" | "chain">,
  { order, serialNumber, name }: DocumentPath,
  now: number,
): Promise<Uint8Array | undefined> {
  const collected = collector.collected(order, serialNumber);
  if (collected === undefined) return undefined;
  const before = name === "changes.txt" ? collector.before(order, collected) : undefined;
  const [previous] = before === undefined ? [] : await collector.chain(before);
  const paidUntil = collector.book.get(order)?.detail?.detail.productTermEnd;
  const text = await collector.reading.run("certificateDocument", {
    name,
    collected: {
      chain: await collector.chain(collected),
      now,
      ...(previous !== undefined && { previous }),
      ...(paidUntil !== undefined && { paidUntil }),
    },
  });
  return text === undefined ? undefined : Buffer.from(text, "utf8");
}
