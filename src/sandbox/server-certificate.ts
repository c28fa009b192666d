import { keyIdentifier, newSerialNumber, signCertificate } from "./certificate";
import * as extensions from "./extensions";
import { newKeyPair } from "./keys";
import { distinguishedName } from "./names";
import { pem } from "./containers";

/** The certificate of the sandbox's TLS port, and the one that its callers must trust for it. */
export interface ServerCertificate {
  readonly certPem: string;
  readonly keyPem: string;
  readonly caPem: string;
}

/** ms. Windows stay open for weeks, and the sandbox in them. */
const LIFETIME = 90 * 86_400_000;

/**
 * A TLS certificate for loopback from a CA created only for it. The CA's key is dropped when this returns, and it does
 * not belong to the hierarchies that orders are issued from: trusting it means trusting only this server.
 * @param dnsNames further names, besides localhost, that resolve to this machine
 * @param now epoch ms of the real clock, since TLS clients use that one
 */
export async function makeServerCertificate(dnsNames: readonly string[], now: number): Promise<ServerCertificate> {
  const [authorityKeys, keys] = await Promise.all([newKeyPair("p-256"), newKeyPair("p-256")]);
  const name = distinguishedName([
    ["organizationName", "Certificate Collector Sandbox"],
    ["commonName", "Sandbox Server CA"],
  ]);
  const issuer = { name, keys: authorityKeys };
  const keyId = keyIdentifier(authorityKeys);
  const term = { notBefore: now - 86_400_000, notAfter: now + LIFETIME };
  const authority = signCertificate({
    subject: name,
    keys: authorityKeys,
    ...term,
    issuer,
    serialNumber: newSerialNumber(),
    extensions: [
      extensions.subjectKeyIdentifier(keyId),
      extensions.keyUsage(extensions.KeyUsageBit.keyCertSign | extensions.KeyUsageBit.cRLSign),
      extensions.basicConstraints({ cA: true, pathLenConstraint: 0 }),
    ],
  });
  const server = signCertificate({
    subject: distinguishedName([["commonName", "localhost"]]),
    keys,
    ...term,
    issuer,
    serialNumber: newSerialNumber(),
    extensions: [
      extensions.authorityKeyIdentifier(keyId),
      extensions.subjectKeyIdentifier(keyIdentifier(keys)),
      extensions.keyUsage(extensions.KeyUsageBit.digitalSignature),
      extensions.basicConstraints({ cA: false }),
      extensions.extendedKeyUsage(["1.3.6.1.5.5.7.3.1"]),
      extensions.subjectAlternativeName({
        dnsNames: ["localhost", ...dnsNames],
        ipAddresses: [Uint8Array.of(127, 0, 0, 1)],
      }),
    ],
  });
  return {
    certPem: pem(server),
    keyPem: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    caPem: pem(authority),
  };
}
