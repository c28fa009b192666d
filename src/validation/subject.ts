import type { CaaPurpose, DomainLook, ServedOrder } from "./look";
import type { TokenToFind } from "./request-token";

/** What records are for: an order, or a certificate request without one. */
export interface ValidationSubject {
  readonly purpose: CaaPurpose;
  readonly domains: readonly SubjectDomain[];
  /** Absent until a person chose or pasted one, or one alone in the workspace fits. */
  readonly request?: ChosenRequest;
  /** The last look at each domain, in this window or kept from an earlier one; by {@link SubjectDomain.domain}. */
  readonly looks: ReadonlyMap<string, DomainLook>;
  /** Whom the last look asked, and from where: for a person. */
  readonly asked?: string;
  /** Checks are repeated in this window until then, epoch ms. */
  readonly watchedUntil?: number;
  /** The last look asked nobody: no person agreed to the servers that the settings name now. */
  readonly isNotAgreed?: true;
  /** A look is under way. */
  readonly running?: { readonly done: number; readonly total: number };
}

export interface SubjectDomain {
  /** As ordered; may begin with `*.`. */
  readonly domain: string;
  /** How control is to be shown, where the CA's services said it. */
  readonly method?: "email" | "http" | "https" | "cname" | "other";
  /** What the CA says of it; absent without an order, or if it does not say. */
  readonly state?: "done" | "you" | "ca" | "rejected" | "not-needed";
  /** The CA's word for the state. */
  readonly word?: string;
}

/** Whether the CA needs nothing more to be shown for a domain. */
export const isProved = ({ state }: SubjectDomain): boolean => state === "done" || state === "not-needed";

/** Whether a request is still to be named: there is something to be published that is made of it. */
export function needsRequest({ purpose, request, domains }: ValidationSubject): boolean {
  return purpose === "tls" && request === undefined && domains.some((domain) => !isProved(domain));
}

/** The request whose token is looked for. It is the person's choice, not known to be the order's. */
export interface ChosenRequest {
  readonly token: TokenToFind;
  readonly from: { readonly kind: "file"; readonly uri: string; readonly name: string } | { readonly kind: "pasted" };
  /** An order that was issued for the same token or key: the token serves once. */
  readonly served?: ServedOrder;
}
