import type { CnameMistakes, FoundName } from "./cname-mistakes";
import type { CnameStanding } from "./cname-standing";
import type { CaaLook, LookPlan } from "./look";
import type { LevelSeen } from "./look-cname";
import { isProof, type FileEvidence } from "./look-file";
import type { MailSeen } from "./look-texts";

/** Everything that was seen of a domain, before it is judged. */
export interface Evidence {
  readonly plan: LookPlan;
  /** In A-labels, without a star; an IP address as it is. */
  readonly host: string;
  /** Empty without a token. */
  readonly levels: readonly LevelSeen[];
  /** Absent without a token, and where there are no levels. */
  readonly cname?: CnameStanding;
  /** Asked only where the record is not in place. */
  readonly mistakes?: CnameMistakes;
  readonly file?: FileEvidence;
  readonly caa: CaaLook;
  /** Of orders that are validated by e-mail. */
  readonly mail?: MailSeen;
  /** Values for DNS TXT, where they stand. */
  readonly texts: readonly FoundName[];
}

/** Whether the order may be validated by a CNAME record, by all that is known. */
export const mayUseCname = ({ method }: LookPlan): boolean => method === undefined || method === "cname";

/** Whether the order may be validated by a file. */
export const mayUseFile = ({ method }: LookPlan): boolean =>
  method === undefined || method === "http" || method === "https";

/** Whether somebody published a record, even a wrong one, and so means to prove control by it. */
export function triedCname({ levels, mistakes }: Pick<Evidence, "levels" | "mistakes">): boolean {
  const proofs = levels.flatMap(({ servers, resolver }) => [...servers, ...(resolver === undefined ? [] : [resolver])]);
  const isProof = proofs.some(({ proof }) => proof !== undefined && proof.kind !== "other-target");
  if (isProof || mistakes === undefined) return isProof;
  return [mistakes.misplaced, mistakes.chains, mistakes.others, mistakes.texts].some((all) => all.length > 0);
}

/** Whether somebody published a file, even a wrong one. */
export function triedFile({ file }: Pick<Evidence, "file">): boolean {
  if (file === undefined) return false;
  const { spelled, otherHost, other, text } = file.mistakes ?? {};
  return (
    [spelled, otherHost, other, text].some((each) => each !== undefined) ||
    file.ways.some(({ body }) => body !== undefined && isProof(body))
  );
}
