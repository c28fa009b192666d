/** How an extension is called, and what it is for. */
export interface ExtensionText {
  readonly title: string;
  readonly explanation: string;
}

const entry = (title: string, explanation: string): ExtensionText => ({ title, explanation });

/** By OID. Sources are the specifications that the readers in `extensions/` name. */
export const EXTENSION_TEXTS: ReadonlyMap<string, ExtensionText> = new Map([
  [
    "2.5.29.9",
    entry("Subject Directory Attributes", "Further facts about the holder, as a directory would have them."),
  ],
  [
    "2.5.29.14",
    entry(
      "Subject Key Identifier",
      "Names the key of this certificate, so that certificates issued by it can point to it.",
    ),
  ],
  ["2.5.29.15", entry("Key Usage", "What the key may be used for at all.")],
  [
    "2.5.29.16",
    entry(
      "Private Key Usage Period",
      "When the private key may be used for signing, where that is shorter than the validity.",
    ),
  ],
  [
    "2.5.29.17",
    entry(
      "Subject Alternative Name",
      "The names that this certificate is valid for. Programs compare these, not the common name.",
    ),
  ],
  ["2.5.29.18", entry("Issuer Alternative Name", "Further names of the issuer.")],
  ["2.5.29.19", entry("Basic Constraints", "Whether the holder is a CA, and how many CAs may follow below it.")],
  ["2.5.29.20", entry("CRL Number", "Counts the revocation lists of this issuer.")],
  ["2.5.29.21", entry("Reason Code", "Why the certificate was revoked.")],
  ["2.5.29.23", entry("Hold Instruction Code", "What to do with a certificate that is on hold.")],
  [
    "2.5.29.24",
    entry(
      "Invalidity Date",
      "Since when the certificate should not be trusted any more, which may be before its revocation.",
    ),
  ],
  ["2.5.29.27", entry("Delta CRL Indicator", "This list has only the changes since the list of that number.")],
  ["2.5.29.28", entry("Issuing Distribution Point", "Which certificates this revocation list speaks of.")],
  [
    "2.5.29.29",
    entry("Certificate Issuer", "Who issued the revoked certificate, where that is not the issuer of the list."),
  ],
  [
    "2.5.29.30",
    entry("Name Constraints", "The names that certificates below this CA may have, and those they may not have."),
  ],
  ["2.5.29.31", entry("CRL Distribution Points", "Where the issuer publishes the list of revoked certificates.")],
  [
    "2.5.29.32",
    entry(
      "Certificate Policies",
      "The rules under which the certificate was issued; they tell how its holder was checked.",
    ),
  ],
  ["2.5.29.33", entry("Policy Mappings", "Which policies of the holder count as policies of the issuer.")],
  ["2.5.29.35", entry("Authority Key Identifier", "Points to the key of the issuer.")],
  [
    "2.5.29.36",
    entry("Policy Constraints", "From which certificate below on a policy is required, or mapping forbidden."),
  ],
  ["2.5.29.37", entry("Extended Key Usage", "The purposes that the certificate may be used for.")],
  ["2.5.29.46", entry("Freshest CRL", "Where the issuer publishes changes to its revocation list.")],
  ["2.5.29.54", entry("Inhibit anyPolicy", 'From which certificate below on "any policy" does not count.')],
  [
    "2.5.29.56",
    entry(
      "No Revocation Available",
      "The issuer publishes nothing on revocation of this certificate, which is usual for short-lived ones.",
    ),
  ],
  ["2.5.29.60", entry("Expired Certificates on CRL", "Since when expired certificates stay on this list.")],
  [
    "1.3.6.1.5.5.7.1.1",
    entry(
      "Authority Information Access",
      "Where to find the issuer's certificate, and where to ask whether this one is revoked.",
    ),
  ],
  [
    "1.3.6.1.5.5.7.1.3",
    entry(
      "Qualified Certificate Statements",
      "What the certificate is under the law on electronic signatures (eIDAS in the EU).",
    ),
  ],
  [
    "1.3.6.1.5.5.7.1.11",
    entry("Subject Information Access", "Where to find more on the holder, for a CA the certificates that it issued."),
  ],
  [
    "1.3.6.1.5.5.7.1.12",
    entry("Logotype", "A picture of the holder. In a mark certificate it is the mark that was verified."),
  ],
  [
    "1.3.6.1.5.5.7.1.24",
    entry(
      "TLS Feature",
      'What a server with this certificate must support; "must-staple" means that it must send a fresh OCSP answer itself.',
    ),
  ],
  [
    "1.3.6.1.5.5.7.48.1.5",
    entry("OCSP No Check", "The certificate of an OCSP server, which need not itself be looked up for revocation."),
  ],
  [
    "1.3.6.1.4.1.11129.2.4.2",
    entry(
      "Signed Certificate Timestamps",
      "Promises of public logs to list this certificate (Certificate Transparency). Browsers ask for two or three.",
    ),
  ],
  [
    "1.3.6.1.4.1.11129.2.4.3",
    entry(
      "Precertificate Poison",
      "This is a precertificate, made for the logs of Certificate Transparency; it is not a certificate to use.",
    ),
  ],
  ["2.23.140.3.1", entry("CA/Browser Forum Organization Identifier", "The holder's entry in a public register.")],
  [
    "0.4.0.194121.2.1",
    entry("Validity Assured (Short Term)", "The certificate lives so shortly that revocation is not needed."),
  ],
  ["1.2.840.113549.1.9.15", entry("S/MIME Capabilities", "The encryption that the holder's mail program understands.")],
  [
    "1.3.6.1.4.1.311.20.2",
    entry(
      "Certificate Template Name",
      "The template of Active Directory Certificate Services that the certificate was made by.",
    ),
  ],
  ["1.3.6.1.4.1.311.21.1", entry("CA Version", "How often the CA renewed its certificate and its key.")],
  ["1.3.6.1.4.1.311.21.2", entry("Previous CA Certificate Hash", "The CA's certificate before this one.")],
  ["1.3.6.1.4.1.311.21.4", entry("Next CRL Publish", "When the next list is to be published.")],
  [
    "1.3.6.1.4.1.311.21.7",
    entry(
      "Certificate Template",
      "The template of Active Directory Certificate Services that the certificate was made by.",
    ),
  ],
  ["1.3.6.1.4.1.311.21.10", entry("Application Policies", "Microsoft's form of the extended key usage.")],
  [
    "1.3.6.1.4.1.311.25.2",
    entry("Security Identifier", "The Active Directory account that the certificate stands for."),
  ],
  ["2.16.840.1.113730.1.1", entry("Netscape Certificate Type", "The forerunner of the key usages; ignored today.")],
  [
    "2.16.840.1.113730.1.2",
    entry("Netscape Base URL", "The address that the other Netscape addresses are relative to; ignored today."),
  ],
  ["2.16.840.1.113730.1.3", entry("Netscape Revocation URL", "Where revocation could be asked for; ignored today.")],
  [
    "2.16.840.1.113730.1.4",
    entry("Netscape CA Revocation URL", "Where revocation of the CA could be asked for; ignored today."),
  ],
  ["2.16.840.1.113730.1.7", entry("Netscape Renewal URL", "Where the certificate could be renewed; ignored today.")],
  ["2.16.840.1.113730.1.8", entry("Netscape CA Policy URL", "The CA's policy; ignored today.")],
  [
    "2.16.840.1.113730.1.12",
    entry("Netscape SSL Server Name", "The server's name before alternative names existed; ignored today."),
  ],
  ["2.16.840.1.113730.1.13", entry("Netscape Comment", "A remark of whoever issued the certificate.")],
  // Shown by their bytes: too rare to be worth a reader.
  ["1.3.6.1.5.5.7.1.2", entry("Biometric Information", "Hashes of biometric data of the holder.")],
  ["1.3.6.1.5.5.7.1.7", entry("IP Address Blocks", "Internet addresses that the holder may announce (RFC 3779).")],
  ["1.3.6.1.5.5.7.1.8", entry("Autonomous System Numbers", "Autonomous systems of the holder (RFC 3779).")],
  [
    "1.3.6.1.5.5.7.1.14",
    entry("Proxy Certificate Information", "The certificate was issued by a person rather than a CA (RFC 3820)."),
  ],
  ["1.3.6.1.5.5.7.1.26", entry("TNAuthList", "Telephone numbers that the holder may use (RFC 8226).")],
  ["1.3.6.1.4.1.11129.2.1.22", entry("CanSignHttpExchanges", "The certificate may sign HTTP exchanges.")],
  ["1.3.6.1.4.1.44363.44", entry("Delegation Usage", "The holder may sign delegated credentials (RFC 9345).")],
  ["1.3.6.1.4.1.53087.4.1", entry("Mark Certificate Pilot", "The mark certificate was issued in the pilot of BIMI.")],
  [
    "1.2.840.113533.7.65.0",
    entry("Entrust Version Information", "The version of the program that issued the certificate."),
  ],
  ["1.2.840.113583.1.1.9.1", entry("Adobe Time-stamp", "Where to get a time-stamp for a signed document.")],
  [
    "1.2.840.113583.1.1.9.2",
    entry("Adobe Archive Revocation Information", "Whether revocation facts are to be kept in a signed document."),
  ],
  [
    "2.23.140.1.31",
    entry("Tor Service Descriptor", "Hashes of the onion service's key (TLS Baseline Requirements appendix B)."),
  ],
]);
