import type { StatusStep, StepState } from "../../api/result";
import type { CaStep, OrderedDomain } from "../../api/services/service-result";
import type { Order } from "../model/order";
import { lastStanding } from "../model/said";
import type { ValidationNote } from "../model/validation";
import type { OrderStep } from "./order-step";

/**
 * The steps that the collect endpoint says, refined by what the services said. The collect endpoint is the record:
 * what it calls done stays done, an answer after the services' keeps its own states, and a change after theirs ends
 * what they alone named. Pure.
 * @param said the collect endpoint's steps
 */
export function refinedSteps(order: Order, note: ValidationNote, said: readonly StatusStep[]): readonly OrderStep[] {
  // What was said before a certificate came is about that one.
  if (note.at < (order.certificates[0]?.at ?? 0)) return said;
  const isLatest = note.at >= (lastStanding(order)?.at ?? 0);
  const known = new Known(note, said, isLatest);
  const refined = said.map((step) => known.refined(step));
  return note.at < (order.detail?.at ?? 0) ? refined : [...refined, ...known.further()];
}

/** Steps that both name, by the services' keys in lower case: the collect endpoint's id and title. */
const SAME: ReadonlyMap<string, readonly [id: string, title: string]> = new Map(
  (
    [
      ["csrStatus", "Certificate signing request", ["csrstatus"]],
      ["dcvStatus", "Domain control validation", ["dcvstatus", "domainstatus", "domaincontrolstatus"]],
      ["brandValStatus", "Brand validation", ["brandvalstatus"]],
      ["freeDVUPStatus", "Free DV upgrade", ["freedvupstatus"]],
      ["maStatus", "Enterprise Authentication for Instant Issuance", ["mastatus"]],
      [
        "organizationValidationStatus",
        "Organization validation",
        ["organizationstatus", "organizationvalidationstatus"],
      ],
      ["ovCallbackStatus", "Verification call", ["callbackstatus", "ovcallbackstatus"]],
      [
        "evClickThroughStatus",
        "Subscriber agreement (click-through)",
        ["agreementstatus", "evclickthroughstatus", "clickthroughstatus"],
      ],
      ["caaStatus", "CAA check", ["caacheckstatus", "caastatus"]],
    ] as const
  ).flatMap(([id, title, keys]) => keys.map((key) => [key, [id, title]] as const)),
);

/** What a step of a service is called whichever service names it. @param id the service's key */
export function commonStep(id: string): string {
  return SAME.get(id.toLowerCase())?.[0] ?? id.toLowerCase();
}

const DOMAIN = "domain:";

/** Domains whose ordered method is known come first. */
export function knownFirst(domains: readonly OrderedDomain[]): OrderedDomain[] {
  const isNamed = ({ method }: OrderedDomain): boolean => method !== undefined && method !== "other";
  return [...domains.filter(isNamed), ...domains.filter((each) => !isNamed(each))];
}

/** What the services said of one order, by step and by domain. */
class Known {
  private readonly steps: ReadonlyMap<string, CaStep>;
  private readonly domains: ReadonlyMap<string, OrderedDomain>;
  private readonly said: ReadonlyMap<string, StatusStep>;

  constructor(
    private readonly note: ValidationNote,
    said: readonly StatusStep[],
    private readonly isLatest: boolean,
  ) {
    this.steps = new Map(
      [...note.steps].reverse().map((step) => [SAME.get(step.id.toLowerCase())?.[0] ?? step.id, step]),
    );
    this.domains = new Map(note.domains.map((each) => [each.domain.toLowerCase(), each]));
    this.said = new Map(said.map((step) => [step.id.toLowerCase(), step]));
  }

  /** A step of the collect endpoint, with what is known besides. */
  refined(step: StatusStep): OrderStep {
    if (step.state !== "you" && step.state !== "ca") return step;
    if (step.id.startsWith(DOMAIN)) {
      const domain = this.domains.get(step.id.slice(DOMAIN.length).toLowerCase());
      return domain === undefined ? step : this.worded(step, this.stateNow(step.state, domain.state), [domain]);
    }
    if (step.id === "dcvStatus") return this.ofDomains(step);
    return this.worded(step, this.stateNow(step.state, this.steps.get(step.id)?.state));
  }

  /** The steps that wait for somebody and that the services alone name. */
  further(): OrderStep[] {
    const found: OrderStep[] = [];
    const add = (id: string, title: string, more: Omit<OrderStep, "id" | "title">): void => {
      if (!this.said.has(id.toLowerCase()) && !found.some((step) => step.id === id)) found.push({ id, title, ...more });
    };
    const waiting = this.waiting().filter(({ domain }) => !this.said.has(DOMAIN + domain.toLowerCase()));
    const isValidated = this.steps.get("dcvStatus")?.state === "done";
    if (waiting.some(({ state }) => state === "you") && !isValidated) {
      add(...this.titled("dcvStatus"), { state: "you", next: "", waiting });
    }
    if (this.note.caaErrors.length > 0 && this.steps.get("caaStatus")?.state !== "done") {
      const next = "Publish a CAA record that authorizes sectigo.com, or remove the ones that forbid it.";
      add(...this.titled("caaStatus"), { state: "you", next });
    }
    for (const { id: key, title, state } of this.note.steps) {
      if (state !== "you" && state !== "ca" && state !== "rejected") continue;
      const same = SAME.get(key.toLowerCase());
      if (same === undefined) add(key, title, { state, next: "", isCas: true });
      else add(...same, this.worded({ id: same[0], title: same[1], state, next: "" }, state));
    }
    return found;
  }

  private titled(key: string): readonly [id: string, title: string] {
    return SAME.get(key.toLowerCase()) ?? [key, key];
  }

  /** The state of a step that is open at the collect endpoint: a later answer of a service may say how far it is. */
  private stateNow(open: StepState, noted: StepState | undefined): StepState {
    return this.isLatest && noted !== undefined && noted !== "not-needed" ? noted : open;
  }

  /** Domain control validation as a whole: by the domains that are left. */
  private ofDomains(step: StatusStep): OrderStep {
    const waiting = this.waiting();
    const noted = this.steps.get(step.id)?.state ?? this.stateOfDomains();
    return this.worded(step, this.stateNow(step.state, noted), waiting);
  }

  /** By the domains alone: done once all are, with the CA where none waits for the person. */
  private stateOfDomains(): StepState | undefined {
    const states = this.note.domains.map(({ state }) => state);
    if (states.length === 0 || states.includes(undefined)) return undefined;
    if (states.every((state) => state === "done" || state === "not-needed")) return "done";
    return states.includes("you") ? "you" : states.includes("rejected") ? "rejected" : "ca";
  }

  /** The domains that wait for the person, as far as is known; those whose method is known come first. */
  private waiting(): OrderedDomain[] {
    const left = this.note.domains.filter(({ domain, state, isPrevalidated }) => {
      if (isPrevalidated === true && state === undefined) return false;
      const said = this.said.get(DOMAIN + domain.toLowerCase())?.state;
      const now = said === undefined || said === "you" || said === "ca" ? this.stateNow(said ?? "you", state) : said;
      return now === "you";
    });
    return knownFirst(left);
  }

  /** @param domains that the step is about; of the others, what the step's id says */
  private worded(step: StatusStep, state: StepState, domains: readonly OrderedDomain[] = []): OrderStep {
    const { agreement } = this.note;
    if (state === "you") {
      return {
        ...step,
        state,
        ...(state !== step.state && { next: "" }),
        ...(domains.length > 0 && { waiting: domains }),
        ...(step.id === "evClickThroughStatus" && { mail: agreement ?? {} }),
      };
    }
    return state === step.state ? step : { ...step, state, next: "" };
  }
}
