import * as vscode from "vscode";
import { formatSaveFormat, type SaveFormat } from "../../certificates/exports/save-format";
import type { CollectedCertificate, Order, OrderId } from "../../orders/model/order";
import { concernsOf } from "../../orders/model/concerns";
import { titleOf } from "../../orders/presentation/state";
import { findSandboxKey } from "./sandbox-key";
import { localize } from "../base/localize";
import { showInformation } from "../base/messages";
import type { Collector } from "../window/collector";
import { previewFiles, saveFiles, type SavePreview, type SaveSubject, type SaveTarget } from "./save-files";

/** What to save of an order, and where. */
export interface OrderSaveTarget extends SaveTarget {
  /** Which certificate; by default the newest. */
  readonly serialNumber?: string;
  /** Another chain of that certificate than what was collected. DER, leaf first. */
  readonly chain?: readonly Uint8Array[];
  /** The task that an order file names for after it. */
  readonly after?: string;
}

/** The result, for programs. */
export interface SavedFiles {
  /** What was saved: an order's certificate, or the certificates of a file. */
  readonly order?: OrderId;
  readonly file?: string;
  readonly serialNumber?: string;
  readonly profile: string;
  /** URIs, in the order of the profile. */
  readonly files: readonly string[];
}

/**
 * Writes the files of an order's collected certificate, as {@link saveFiles} does, and journals what was saved where.
 * @returns undefined when the person left or nothing was collected; nothing was written then
 * @throws as {@link saveFiles} does
 */
export async function saveOrderFiles(
  collector: Collector,
  id: OrderId,
  target: OrderSaveTarget,
): Promise<SavedFiles | undefined> {
  const order = collector.book.get(id);
  const collected = collector.collected(id, target.serialNumber);
  if (order === undefined || collected === undefined) {
    void showInformation(
      localize("No certificate is here for {0} yet.", order === undefined ? id : titleOf(order, localize)),
    );
    return undefined;
  }
  const { leaf, serialNumber } = collected;
  const profile = formatSaveFormat(target.format);
  const after = target.after === undefined ? {} : { after: target.after };
  const subject = {
    ...(await subjectOf(collector, order, collected, target)),
    ...(order.ca === "sandbox" &&
      collector.sandbox.isRunning && { sandboxKey: () => findSandboxKey(collector, collected, target.folder) }),
    saved: async (...[files, written, key]: Parameters<NonNullable<SaveSubject["saved"]>>) => {
      if (written === 0 && order.saved?.leaf === leaf) return;
      await collector.book.record([
        { type: "saved", id, leaf, profile, files, ...(key !== undefined && { key: key.toString() }), ...after },
      ]);
    },
  };
  const files = await saveFiles(collector, subject, target);
  return files && { order: id, serialNumber, ...resultOf(target.format, files) };
}

/**
 * Looks at what {@link saveOrderFiles} would write for formats that do without the private key.
 * @returns undefined when the key of the certificate cannot be read
 * @throws as {@link saveFiles} does
 */
export async function previewOrderFiles(
  collector: Collector,
  order: Order,
  collected: CollectedCertificate,
  target: OrderSaveTarget,
): Promise<SavePreview | undefined> {
  return previewFiles(collector.reading, await subjectOf(collector, order, collected, target), target);
}

async function subjectOf(
  collector: Collector,
  order: Order,
  collected: CollectedCertificate,
  { chain }: OrderSaveTarget,
): Promise<SaveSubject> {
  return {
    title: titleOf(order, localize),
    chain: chain ?? (await collector.chain(collected)),
    concerns: concernsOf(order, collected, localize),
  };
}

/**
 * Writes the certificates of a file in other forms, as {@link saveFiles} does.
 * @param chain DER, leaf first
 */
export async function saveFileCertificates(
  collector: Collector,
  file: vscode.Uri,
  chain: readonly Uint8Array[],
  target: SaveTarget,
): Promise<SavedFiles | undefined> {
  const subject = { title: vscode.workspace.asRelativePath(file), chain, concerns: [], besideKey: file };
  const files = await saveFiles(collector, subject, target);
  return files && { file: file.toString(), ...resultOf(target.format, files) };
}

function resultOf(format: SaveFormat, files: readonly vscode.Uri[]): Pick<SavedFiles, "profile" | "files"> {
  return { profile: formatSaveFormat(format), files: files.map((uri) => uri.toString()) };
}
