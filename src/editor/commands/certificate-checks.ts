import { checkRevocation } from "./check-revocation";
import { compareWithHost } from "./compare-with-host";
import { findIssuers } from "./find-issuers";

/** The commands that call servers other than the CA's endpoints. */
export const CERTIFICATE_CHECKS = { checkRevocation, compareWithHost, findIssuers };
