import { checkRevocation } from "./check-revocation";
import { compareWithHost } from "./compare-with-host";
import { findIssuers } from "./find-issuers";

/** The commands that ask others than the CA's endpoints. */
export const CERTIFICATE_CHECKS = { checkRevocation, compareWithHost, findIssuers };
