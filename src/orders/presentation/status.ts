/** What an order means for a person, in the order of the tree: what they must act on comes first. */
export const GROUPS = ["needs-you", "trouble", "ready", "waiting", "done"] as const;
export type Group = (typeof GROUPS)[number];

/**
 * The status of an order, for a row: it determines group, words and icon. `sign-in`: this window does not have the
 * secret; `step`: a validation step waits for the person; `new`, `opened`, `saved`: the certificate is here, and what a
 * person did with it; `unchecked`: the CA was never asked; `reissue`: a certificate is here that cannot be used any
 * more, and another one is awaited; `unanswered`: a call was sent and never answered; `not-issued`: the CA says that it
 * stopped; `doubtful`: what was collected may not be what was ordered.
 */
export type OrderStatus =
  | "frozen"
  | "no-account"
  | "sign-in"
  | "code-refused"
  | "code-wanted"
  | "step"
  | "awaiting-payment"
  | "new"
  | "ready-to-collect"
  | "unchecked"
  | "unanswered"
  | "pending"
  | "being-issued"
  | "reissue"
  | "failed"
  | "not-understood"
  | "refused"
  | "bug"
  | "not-issued"
  | "doubtful"
  | "revoked"
  | "replaced"
  | "opened"
  | "saved"
  | "expired";

/** The group of each. */
export const GROUP_OF: Readonly<Record<OrderStatus, Group>> = {
  frozen: "needs-you",
  "no-account": "needs-you",
  "sign-in": "needs-you",
  "code-refused": "needs-you",
  "code-wanted": "needs-you",
  step: "needs-you",
  "awaiting-payment": "needs-you",
  new: "ready",
  "ready-to-collect": "ready",
  unchecked: "waiting",
  unanswered: "waiting",
  pending: "waiting",
  "being-issued": "waiting",
  reissue: "waiting",
  failed: "trouble",
  "not-understood": "trouble",
  refused: "trouble",
  bug: "trouble",
  "not-issued": "trouble",
  doubtful: "trouble",
  revoked: "trouble",
  replaced: "trouble",
  opened: "done",
  saved: "done",
  expired: "done",
};

/** All of them. */
export const ORDER_STATUSES = Object.keys(GROUP_OF) as readonly OrderStatus[];
