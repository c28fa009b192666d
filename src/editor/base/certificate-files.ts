/**
 * The endings of the files that "Open With…" shows as certificates. The manifest repeats them; a test compares both.
 * Does not import the editor's API, so that tests can load it.
 */
export const CERTIFICATE_ENDINGS = [
  ...["pem", "crt", "cer", "cert", "p7b", "p7c", "p7s", "p7m", "spc", "csr", "req", "p10", "crl", "pub", "key"],
  ...["p8", "pk8", "ca-bundle", "ppk", "eml", "mobileconfig", "zip"],
] as const;

/** The endings of files that a click shows as certificates, since no text is in them. */
export const BINARY_ENDINGS = ["der", "p12", "pfx", "jks", "jceks"] as const;

/** The ending of a file, in lower case and without the dot; empty if it has none. @param path of a URI */
function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.slice(name.lastIndexOf(".") + 1 || name.length).toLowerCase();
}

/** Whether a file's name says that it is binary and holds certificates. */
export function isBinaryName(path: string): boolean {
  return BINARY_ENDINGS.some((each) => each === endingOf(path));
}

/** Whether a file's name says that it holds certificates, requests, lists or keys. An archive holds anything. */
export function isCertificateName(path: string): boolean {
  const ending = endingOf(path);
  return ending !== "zip" && (isBinaryName(path) || CERTIFICATE_ENDINGS.some((each) => each === ending));
}

/** Endings of certificates and requests, and of the private keys beside them. */
const CERTIFICATES = ["crt", "pem", "cer", "cert", "der", "csr"];
const PARTS = /[._-](?:chained|fullchain|chain|cert)$/;

/**
 * The names under which people and programs keep the other half of a file: the private key of a certificate or
 * request, or the certificates of a key. `server.key` for `server.crt`; `site.key` for `site.chained.crt`;
 * `site-key.pem` for `site-cert.pem`; `privkey.pem` for Certbot's `cert.pem` and `fullchain.pem`.
 */
export function namesBeside(name: string): {
  readonly keys: readonly string[];
  readonly certificates: readonly string[];
} {
  const ending = endingOf(name);
  const stem = ending === "" ? name : name.slice(0, -ending.length - 1);
  const base = stem.replace(PARTS, "");
  const keys = [`${stem}.key`, `${base}.key`, `${base}-key.pem`, ...(isCertbot(stem) ? ["privkey.pem"] : [])];
  const keyless = stem.replace(/-key$/, "");
  const certificates = [
    ...CERTIFICATES.map((each) => `${stem}.${each}`),
    `${stem}.chained.crt`,
    ...(keyless === stem ? [] : [`${keyless}-cert.pem`]),
    ...(stem === "privkey" ? ["cert.pem", "fullchain.pem"] : []),
  ];
  const others = (names: readonly string[]) => [...new Set(names)].filter((each) => each !== name);
  return { keys: others(keys), certificates: others(certificates) };
}

const isCertbot = (stem: string): boolean => stem === "cert" || stem === "fullchain";
