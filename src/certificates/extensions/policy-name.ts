/** CA/Browser Forum's S/MIME policies: 2.23.140.1.5.X.Y (S/MIME Baseline Requirements section 7.1.6.1). */
const SMIME_TYPES = ["mailbox-validated", "organization-validated", "sponsor-validated", "individual-validated"];
const SMIME_GENERATIONS = ["legacy", "multipurpose", "strict"];

/**
 * Names of certificate policies by OID: CA/Browser Forum's register, ETSI EN 319 411, Mark Certificate Requirements,
 * Sectigo's CPS.
 */
export const POLICY_NAMES: ReadonlyMap<string, string> = new Map([
  ["2.5.29.32.0", "any policy"],
  ["2.23.140.1.1", "extended validation (EV)"],
  ["2.23.140.1.2.1", "domain validated (DV)"],
  ["2.23.140.1.2.2", "organization validated (OV)"],
  ["2.23.140.1.2.3", "individual validated (IV)"],
  ["2.23.140.1.3", "extended validation code signing"],
  ["2.23.140.1.4.1", "code signing"],
  ["2.23.140.1.4.2", "time stamping"],
  ...SMIME_TYPES.flatMap((type, x) =>
    SMIME_GENERATIONS.map((generation, y): [string, string] => [
      `2.23.140.1.5.${x + 1}.${y + 1}`,
      `S/MIME ${type}, ${generation}`,
    ]),
  ),
  ["1.3.6.1.4.1.6449.1.2.2.7", "Sectigo domain validated TLS"],
  ["1.3.6.1.4.1.6449.1.2.1.3.4", "Sectigo organization validated TLS"],
  ["1.3.6.1.4.1.6449.1.2.1.5.1", "Sectigo extended validation TLS"],
  ["1.3.6.1.4.1.53087.1.1", "mark certificate"],
  ["0.4.0.2042.1.1", "ETSI NCP"],
  ["0.4.0.2042.1.2", "ETSI NCP+"],
  ["0.4.0.2042.1.3", "ETSI LCP"],
  ["0.4.0.2042.1.4", "ETSI EVCP"],
  ["0.4.0.2042.1.6", "ETSI DVCP"],
  ["0.4.0.2042.1.7", "ETSI OVCP"],
  ["0.4.0.194112.1.0", "ETSI QCP-n (EU qualified, natural person)"],
  ["0.4.0.194112.1.1", "ETSI QCP-l (EU qualified, legal person)"],
  ["0.4.0.194112.1.2", "ETSI QCP-n-qscd (EU qualified, natural person, key on a QSCD)"],
  ["0.4.0.194112.1.3", "ETSI QCP-l-qscd (EU qualified, legal person, key on a QSCD)"],
  ["0.4.0.194112.1.4", "ETSI QEVCP-w (EU qualified website, EV)"],
  ["0.4.0.194112.1.5", "ETSI QNCP-w (EU qualified website)"],
]);
