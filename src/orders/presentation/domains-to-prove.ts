import type { StepState } from "../../api/result";
import type { DomainMethod } from "../../api/services/service-result";
import type { Order } from "../model/order";
import { caWord } from "../model/ca-words";
import { lastStanding } from "../model/said";
import { isOver, stepsSaid } from "./steps";

/** A domain of an order whose control the CA wants to see proved, or has seen. */
export interface DomainToProve {
  /** As ordered; may begin with `*.`. */
  readonly domain: string;
  /** How it is to be proved, where the CA's services said it. */
  readonly method?: DomainMethod;
  /** What the CA says of it, refined by its services; absent if it does not say. */
  readonly state?: StepState;
  /** The CA's word for the state. */
  readonly word?: string;
}

/** The most domains of an order that are looked at; the CA's products have at most 250. */
const MAX_PROVED = 250;

/** Characters of the longest name (RFC 1035 section 2.3.4), with `*.` before it. */
const MAX_NAME = 255;

/**
 * The domains of an order, each once, in the CA's order; empty once the certificate is there to be collected, and where
 * the CA did not name any. Of a mailbox, its domain. Pure.
 */
export function domainsToProve(order: Order): readonly DomainToProve[] {
  const standing = lastStanding(order)?.outcome.kind;
  if (isOver(order) || standing === "available" || standing === "issued") return [];
  const steps = new Map(stepsSaid(order).map(({ id, state }) => [id.toLowerCase(), state]));
  const ordered = new Map((order.validation?.domains ?? []).map((each) => [each.domain.toLowerCase(), each]));
  const words = new Map(order.detail?.detail.domains?.map(({ domain, status }) => [domain.toLowerCase(), status]));
  const names = namesOf(order);
  return names.map((domain) => {
    const { method, status, state: noted } = ordered.get(domain) ?? {};
    const ofOnly = names.length === 1 ? steps.get("dcvstatus") : undefined;
    const state = steps.get(`domain:${domain}`) ?? noted ?? ofOnly;
    const word = words.get(domain) ?? status;
    return {
      domain,
      ...(method !== undefined && { method }),
      ...(state !== undefined && { state }),
      ...(word !== undefined && word !== "" && { word }),
    };
  });
}

/** The names in an order, in lower case: the CA's list goes before what services and reports say. */
function namesOf(order: Order): readonly string[] {
  const { detail, validation, reported } = order;
  const all = [
    ...(detail?.detail.fqdn === undefined ? [] : [detail.detail.fqdn]),
    ...(detail?.detail.domains ?? []).map(({ domain }) => domain),
    ...(validation?.domains ?? []).map(({ domain }) => domain),
  ];
  const named = all.length > 0 ? all : (reported?.row?.domains ?? []);
  const domains = named.map((name) => name.slice(name.lastIndexOf("@") + 1).toLowerCase());
  return [...new Set(domains)].filter((name) => name !== "" && name.length <= MAX_NAME).slice(0, MAX_PROVED);
}

/**
 * Whether the CA gave up because of CAA, after which it does not look again by itself: PRE-SIGN FAILED, for a reason
 * that names CAA, or while CAA is not settled, or for a reason that is not said. Pure.
 */
export function isStoppedByCaa(order: Order): boolean {
  const said = caWord(order.detail?.detail);
  if (said?.word !== "pre-sign-failed") return false;
  const [, reason = ""] = said.text.split(":");
  const isOpen = stepsSaid(order).some(
    ({ id, state }) => id === "caaStatus" && state !== "done" && state !== "not-needed",
  );
  return /\bcaa\b/i.test(said.text) || isOpen || reason.trim() === "";
}
