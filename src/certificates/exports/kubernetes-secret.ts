/**
 * A manifest of a secret of the type kubernetes.io/tls, as `kubectl create secret tls --dry-run=client -o yaml` writes it: the PEM in base64.
 * @param name lower-case letters, digits, points and hyphens (a DNS subdomain name)
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
