/**
 * The CA's services beside the collect endpoints that this program calls, by the CA's own names. What is not here is
 * not called: whatever orders, replaces, revokes or costs money.
 */
export const SERVICE_NAMES = [
  "WebHostReport",
  "GetMDCDomainDetails",
  "getPostPaymentStatus",
  "GetDetailedOrderStatus",
  "GetDCVDetailsMC",
  "ResendDCVEmail",
  "RetryCAACheck",
] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];
