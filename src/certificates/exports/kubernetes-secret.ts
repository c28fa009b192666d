/** Most characters of a DNS subdomain name and of one of its labels (RFC 1123 section 2.1, RFC 1035 section 2.3.4). */
const MAX_NAME = 253;
const MAX_LABEL = 63;

/** The end of a secret's name. */
const SUFFIX = "-tls";

/**
 * A name that Kubernetes accepts for a secret: a DNS subdomain name of RFC 1123, with labels of lower-case letters,
 * digits and hyphens between dots, each with a letter or digit at both ends. It is made from a host name or any other
 * text: `*.shop.example` gives `wildcard.shop.example-tls`, and a text without any allowed character gives
 * `certificate-tls`.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function secretName(text: string): string {
  const labels = text
    .toLowerCase()
    .replace(/^\*(?=\.|$)/, "wildcard")
    .split(".")
    .map((label) => labelOf(label, MAX_LABEL))
    .filter((label) => label !== "");
  const last = labelOf(labels.pop() ?? "certificate", MAX_LABEL - SUFFIX.length);
  const whole = [...labels, `${last}${SUFFIX}`];
  // A name that is too long loses its first labels, because the last ones say whose it is.
  while (whole.length > 1 && whole.join(".").length > MAX_NAME) whole.shift();
  return whole.join(".");
}

/** The characters of a text that are allowed in a label; a hyphen replaces each run of others. */
function labelOf(text: string, longest: number): string {
  const label = text.replace(/[^a-z0-9]+/g, (other) => (/^-+$/.test(other) ? other : "-"));
  return trimHyphens(trimHyphens(label).slice(0, longest));
}

function trimHyphens(label: string): string {
  let [start, end] = [0, label.length];
  while (label[start] === "-") start++;
  while (end > start && label[end - 1] === "-") end--;
  return label.slice(start, end);
}

/**
 * A manifest of a secret of the type kubernetes.io/tls, as `kubectl create secret tls --dry-run=client -o yaml` writes
 * it, with the PEM in base64.
 * @param name as {@link secretName} makes it
 */
export function tlsSecret(name: string, certificates: string, privateKey: string): string {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  return [
    "# The private key is in this file. Base64 hides nothing.",
    "apiVersion: v1",
    "kind: Secret",
    "metadata:",
    `  name: ${name}`,
    "type: kubernetes.io/tls",
    "data:",
    `  tls.crt: ${base64(certificates)}`,
    `  tls.key: ${base64(privateKey)}`,
    "",
  ].join("\n");
}
