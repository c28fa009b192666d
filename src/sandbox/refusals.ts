import type { OrderRefusalCode, SandboxProduct } from "./script";

/** A negative answer: the code tables at the end of the CA's pages. */
export interface Refusal {
  readonly code: number;
  readonly message: string;
  /** The faulty argument, for -2, -3 and -4; shown only in the URL-encoded form. */
  readonly item?: string;
}

export const NOT_HTTPS: Refusal = { code: -1, message: "Request was not made over https!" };

export const NOT_POST: Refusal = { code: -17, message: "Request used GET rather than POST!" };

export const NOT_SIGNED_IN: Refusal = {
  code: -16,
  message: "Incorrect login details, account is locked, password has expired or your source IP is blocked.",
};

/** The order API's code for a call limit; its text is not on the pages of these endpoints. */
export const CALL_LIMIT: Refusal = { code: -42, message: "The limit of API calls has been reached!" };

/** RetryCAACheck's page prints it for an order that does not wait for CAA. */
export const WRONG_STATE: Refusal = { code: -296, message: "Wrong certificate state" };

export const UNRECOGNISED: Refusal = { code: -2, message: "Unrecognised argument!" };

export function missing(item: string): Refusal {
  return { code: -3, message: `The '${item}' argument is missing!`, item };
}

export function invalid(item: string): Refusal {
  return { code: -4, message: `The value of the '${item}' argument is invalid!`, item };
}

/** The text of -91 differs from page to page. */
const PERMISSION_DENIED: Readonly<Record<SandboxProduct, string>> = {
  ssl: "Permission Denied. Not allowed to use the AUTO-Apply service.",
  smime: "Permission denied! 'CollectSMIME'",
  ccc: "Permission denied! 'CollectCCC'",
  pac: "Permission Denied for wrong status",
  mc: "Permission denied! 'CollectMC'",
};

/** The answer to a call about an order in such a state. */
export function orderRefusal(code: OrderRefusalCode, product: SandboxProduct): Refusal {
  switch (code) {
    case -14:
      return { code, message: "An unknown error occurred!" };
    case -20:
      return { code, message: "The certificate request has been rejected!" };
    case -21:
      return { code, message: "The certificate has been revoked!" };
    case -22:
      return { code, message: "Still awaiting payment!" };
    case -23:
      return { code, message: "The certificate has been replaced!" };
    case -26:
      return { code, message: "The certificate is currently being issued!" };
    case -42:
      return CALL_LIMIT;
    case -90:
      return { code, message: "Permission denied for using “voucher” with ‘productID’" };
    case -91:
      return { code, message: PERMISSION_DENIED[product] };
    case -160:
      return { code, message: "Failed to collect the certificate." };
  }
}
