import { isIpAddress } from "../certificates/names/special-addresses";
import { LookQuestions, SharedAnswers } from "./look-questions";
import { lookAtCaa } from "./caa-look";
import { lookForMistakes } from "./cname-mistakes";
import { cnameLook, cnameStanding } from "./cname-standing";
import { asciiDomain, isWildcard, levelsOf } from "./domain-levels";
import { mayUseCname, mayUseFile, triedCname, type Evidence } from "./evidence";
import { validationFindings } from "./findings";
import type { CaaLook, DomainLook, LookPlan } from "./look";
import { lookAtLevels } from "./look-cname";
import { fileLook, lookAtValidationFile, lookForFileMistakes } from "./look-file";
import { lookAtMail, lookAtPortalTexts } from "./look-texts";
import { findZones } from "./look-zone";
import type { LookPorts, NameServer } from "./ports";

/** Domains that are looked at at the same time. */
const AT_ONCE = 3;

/** Looks at domains; what was asked for one is not asked again for the next. For one run: answers are never renewed. */
export interface Looker {
  /** Never rejects unless a port does. Once cancelled, what was not asked yet counts as unanswered. */
  look(plan: LookPlan, signal: AbortSignal): Promise<DomainLook>;
  /**
   * Looks at many, a few at a time.
   * @param onLook called after each, with the number of those that are done
   * @returns the looks in the order of the plans; if cancelled, only those that ended before
   */
  lookAll(
    plans: readonly LookPlan[],
    signal: AbortSignal,
    onLook: (look: DomainLook, done: number) => void,
  ): Promise<readonly DomainLook[]>;
}

export function createLooker(ports: LookPorts): Looker {
  const shared = new SharedAnswers(ports);
  const look: Looker["look"] = (plan, signal) => lookWith(plan, new LookQuestions(shared, signal));
  return {
    look,
    async lookAll(plans, signal, onLook) {
      const looks: (DomainLook | undefined)[] = plans.map(() => undefined);
      const queue = [...plans.entries()];
      let done = 0;
      const work = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift()) {
          const [index, plan] = next;
          const seen = await look(plan, signal);
          if (signal.aborted) return;
          looks[index] = seen;
          onLook(seen, ++done);
        }
      };
      try {
        await Promise.all(Array.from({ length: AT_ONCE }, work));
      } finally {
        // Where one failed, the others ask for nothing more.
        queue.length = 0;
      }
      return looks.filter((each) => each !== undefined);
    },
  };
}

/** Looks at one domain alone. */
export const lookAtDomain = (plan: LookPlan, ports: LookPorts, signal: AbortSignal): Promise<DomainLook> =>
  createLooker(ports).look(plan, signal);

async function lookWith(plan: LookPlan, asking: LookQuestions): Promise<DomainLook> {
  const [caa, seen] = await Promise.all([lookForCaa(plan, asking), gather(plan, asking)]);
  const evidence: Evidence = { ...seen, caa };
  const { cname, file, levels } = evidence;
  return {
    domain: plan.domain,
    at: asking.ports.now(),
    ...(cname !== undefined && { cname: cnameLook(levels, cname) }),
    ...(file !== undefined && { file: fileLook(file) }),
    caa,
    findings: validationFindings(evidence),
    asked: asking.asked,
  };
}

function lookForCaa(plan: LookPlan, asking: LookQuestions): Promise<CaaLook> {
  const zoneServers = async (name: string): Promise<readonly NameServer[]> => {
    const [place] = await findZones([name], asking);
    return place?.zone?.servers ?? [];
  };
  return lookAtCaa(plan, { dns: asking.portsForCaa.dns, zoneServers }, asking.signal);
}

/** Asks for the record and the file, and where something is missing, for what explains it. */
async function gather(plan: LookPlan, asking: LookQuestions): Promise<Omit<Evidence, "caa">> {
  const { domain, token, method } = plan;
  const host = asciiDomain(domain) ?? domain;
  const names = levelsOf(domain);
  const ends = [...new Set([names[0], names.at(-1)])].filter((name) => name !== undefined);
  const mail = method === "email" ? { mail: await lookAtMail(ends, asking) } : {};
  const isText = token === undefined ? plan.purpose === "tls" && method === undefined : method === "other";
  const base = { plan, host, texts: isText ? await lookAtPortalTexts(ends, asking) : [], ...mail };
  if (token === undefined) return { ...base, levels: [] };
  const isHost = names.length > 0 || isIpAddress(host);
  const [levels, file] = await Promise.all([
    findZones(names, asking).then((places) => lookAtLevels(places, token, plan, asking)),
    isHost && !isWildcard(domain) && mayUseFile(plan) ? lookAtValidationFile(host, token, plan, asking) : undefined,
  ]);
  const found = file === undefined ? {} : { file };
  if (levels.length === 0)
    return { ...base, levels, ...(await withFileMistakes({ ...base, levels, ...found }, asking)) };
  const cname = cnameStanding(levels);
  const isEnough = !mayUseCname(plan) || (cname.standing === "in-place" && cname.state === "right");
  if (isEnough || (method === undefined && file?.standing === "in-place" && cname.state === "none")) {
    return { ...base, levels, cname, ...(await withFileMistakes({ ...base, levels, cname, ...found }, asking)) };
  }
  const [mistakes, texts] = await Promise.all([
    lookForMistakes(levels, token, plan, asking),
    lookAtPortalTexts(ends, asking),
  ]);
  const seen = { ...base, levels, mistakes, texts, cname: cnameStanding(levels, mistakes), ...found };
  return { ...seen, ...(await withFileMistakes(seen, asking)) };
}

/** A file that is missing is looked for elsewhere, unless the order is for a record, or has one. */
async function withFileMistakes(
  seen: Omit<Evidence, "caa">,
  asking: LookQuestions,
): Promise<Pick<Evidence, "file"> | Record<string, never>> {
  const { file, plan, cname } = seen;
  if (file === undefined || plan.token === undefined) return {};
  const isMeant = plan.method !== undefined || !(cname?.standing === "in-place" || triedCname(seen));
  if (file.standing === "in-place" || !isMeant) return { file };
  return { file: { ...file, mistakes: await lookForFileMistakes(file, plan.token, plan, asking) } };
}
