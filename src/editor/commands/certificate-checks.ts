import { checkRevocation } from "./check-revocation";
import { compareWithHost } from "./compare-with-host";
import { findIssuers } from "./find-issuers";
import { openInCrtSh } from "./open-in-crt-sh";

/** The commands that tell others of a certificate than the CA's endpoints. */
export const CERTIFICATE_CHECKS = { checkRevocation, compareWithHost, findIssuers, openInCrtSh };
