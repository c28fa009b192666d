import { phrase, type Phrase } from "../../words/phrase";

/** CA/Browser Forum's S/MIME policies: 2.23.140.1.5.X.Y (S/MIME Baseline Requirements section 7.1.6.1). */
const SMIME_TYPES = ["mailbox-validated", "organization-validated", "sponsor-validated", "individual-validated"];
const SMIME_GENERATIONS = ["legacy", "multipurpose", "strict"];

/**
 * Names of certificate policies by OID: CA/Browser Forum's register, ETSI EN 319 411, Mark Certificate Requirements,
 * Sectigo's CPS.
 */
export const POLICY_NAMES: ReadonlyMap<string, Phrase | string> = new Map<string, Phrase | string>([
  ["2.5.29.32.0", "any policy"],
  ["2.23.140.1.1", phrase("extended validation (EV)")],
  ["2.23.140.1.2.1", phrase("domain validated (DV)")],
  ["2.23.140.1.2.2", phrase("organization validated (OV)")],
  ["2.23.140.1.2.3", phrase("individual validated (IV)")],
  ["2.23.140.1.3", phrase("extended validation code signing")],
  ["2.23.140.1.4.1", phrase("code signing")],
  ["2.23.140.1.4.2", phrase("time stamping")],
  ...SMIME_TYPES.flatMap((type, x) =>
    SMIME_GENERATIONS.map((generation, y): [string, string] => [
      `2.23.140.1.5.${x + 1}.${y + 1}`,
      `S/MIME ${type}, ${generation}`,
    ]),
  ),
  ["1.3.6.1.4.1.6449.1.2.2.7", phrase("Sectigo domain validated TLS")],
  ["1.3.6.1.4.1.6449.1.2.1.3.4", phrase("Sectigo organization validated TLS")],
  ["1.3.6.1.4.1.6449.1.2.1.5.1", phrase("Sectigo extended validation TLS")],
  ["1.3.6.1.4.1.53087.1.1", phrase("mark certificate")],
  ["0.4.0.2042.1.1", "ETSI NCP"],
  ["0.4.0.2042.1.2", "ETSI NCP+"],
  ["0.4.0.2042.1.3", "ETSI LCP"],
  ["0.4.0.2042.1.4", "ETSI EVCP"],
  ["0.4.0.2042.1.6", "ETSI DVCP"],
  ["0.4.0.2042.1.7", "ETSI OVCP"],
  ["0.4.0.194112.1.0", phrase("ETSI QCP-n (EU qualified, natural person)")],
  ["0.4.0.194112.1.1", phrase("ETSI QCP-l (EU qualified, legal person)")],
  ["0.4.0.194112.1.2", phrase("ETSI QCP-n-qscd (EU qualified, natural person, key on a QSCD)")],
  ["0.4.0.194112.1.3", phrase("ETSI QCP-l-qscd (EU qualified, legal person, key on a QSCD)")],
  ["0.4.0.194112.1.4", phrase("ETSI QEVCP-w (EU qualified website, EV)")],
  ["0.4.0.194112.1.5", phrase("ETSI QNCP-w (EU qualified website)")],
]);
