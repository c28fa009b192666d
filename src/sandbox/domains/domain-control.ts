import type { OrderTurn } from "../order-state";
import type { DomainValidation, OrderScript, Stage, Validation } from "../script";
import { awaiting, preSignFailed } from "../ssl-orders";
import type { RecordsLookup } from "./records-lookup";
import type { RequestProof } from "./request-proof";

/** When and for what the CA looks. */
interface ControlFacts {
  readonly lookup: RecordsLookup;
  readonly proof: RequestProof;
  /** Epoch ms. */
  readonly now: number;
  /** ms of one step. */
  readonly step: number;
}

const ISSUED: Stage = { kind: "issued", what: "issued, ready to collect", certificate: 0 };

/**
 * What becomes of an order by the records that the CA finds: some domains are proved, or all, and then CAA is looked up
 * and the certificate issued, a step each.
 */
export function controlTurns(script: OrderScript, stage: Stage, facts: ControlFacts): readonly OrderTurn[] {
  const validation = stage.kind === "pending" ? stage.validation : undefined;
  if (validation?.domains === undefined || validation.steps.dcvStatus === 1) return [];
  const { lookup, proof, now, step } = facts;
  const domains = validation.domains.map(([domain, state], place): DomainValidation => {
    const method = script.methods?.[place] ?? script.methods?.at(-1) ?? "EMAIL";
    return [domain, state === "VALIDATED" || lookup.proves(domain, method, proof) ? "VALIDATED" : state];
  });
  const open = domains.filter(([, state]) => state !== "VALIDATED");
  if (open.length > 0) {
    const isNew = domains.some(([, state], place) => state !== validation.domains?.[place]?.[1]);
    const what = `waits for ${open.map(([domain]) => domain).join(", ")}`;
    return isNew ? [{ at: now, stage: { kind: "pending", what, validation: { ...validation, domains } } }] : [];
  }
  const proved = awaiting({ dcvStatus: 1 }, { domains, caaStatus: "Awaiting Completion" });
  const looking: Stage = { kind: "pending", what: "domain control is proved, CAA is looked up", validation: proved };
  const after = caaTurn(script, looking, lookup);
  if (after.kind !== "issued")
    return [
      { at: now, stage: looking },
      { at: now + step, stage: after },
    ];
  const issuing: Validation = { ...proved, caaStatus: "Authorized" };
  return [
    { at: now, stage: looking },
    { at: now + step, stage: { kind: "pending", what: "the certificate is being issued", validation: issuing } },
    { at: now + 2 * step, stage: after },
  ];
}

/** Where a CAA check leads: to the certificate, or to a stop. @param failed the stage before it */
export function caaTurn(script: OrderScript, failed: Stage, lookup: RecordsLookup): Stage {
  if (script.caaFailsAgain) return failed;
  if (script.looksUp === undefined) return ISSUED;
  const names = script.certificates[0]?.profile.dnsNames ?? [];
  const outcomes = names.map((name) => lookup.caa(name));
  const worst = outcomes.find((outcome) => outcome === "forbidden") ?? outcomes.find((each) => each === "failed");
  if (worst === undefined) return ISSUED;
  const validation = failed.kind === "pending" ? failed.validation : undefined;
  return {
    kind: "pending",
    what: worst === "failed" ? "CAA is not answered (PRE-SIGN FAILED)" : "CAA forbids the CA (PRE-SIGN FAILED)",
    validation: preSignFailed(validation ?? awaiting({ dcvStatus: 1 }), worst === "failed" ? "Timeout" : undefined),
  };
}
