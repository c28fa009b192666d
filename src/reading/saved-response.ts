import type { CollectResult } from "../api/result";
import { readSaved } from "../api/saved";
import { analyze, type AnalysisInput } from "./analysis";

/** The contents of a saved answer of the CA. */
export interface SavedResponse {
  /** Without its bytes. */
  readonly result: CollectResult;
  /** How many certificates it contains. */
  readonly certificates: number;
  /** JSON of the `DetailsPage` of the certificates, if any. */
  readonly details?: string;
}

const NOTHING = new Uint8Array(0);

/** @param now epoch ms @param roots the public roots that are known, see `AnalysisInput` */
export async function readSavedResponse(
  bytes: Uint8Array,
  now: number,
  roots?: AnalysisInput["roots"],
): Promise<SavedResponse> {
  const result = readSaved(bytes);
  if (result.kind !== "issued") {
    return { result: "raw" in result ? { ...result, raw: NOTHING } : result, certificates: 0 };
  }
  const { details } = await analyze({
    subject: result.certificates,
    now,
    ...(roots !== undefined && { roots }),
  });
  const { length: certificates } = result.certificates;
  return { result: { ...result, certificates: [], raw: NOTHING }, certificates, details };
}
