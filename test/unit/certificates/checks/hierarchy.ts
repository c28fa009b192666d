import type { ChainMember } from "../../../../src/certificates/x509/issuing";
import { decodeCertificate } from "../../../../src/certificates/x509/certificate";
import { MS_PER_DAY } from "../../../../src/certificates/x509/lifetime";
import { keyIdentifier, newSerialNumber, signCertificate } from "../../../../src/sandbox/certificate";
import * as extensions from "../../../../src/sandbox/extensions";
import { newKeyPair, type KeyPair } from "../../../../src/sandbox/keys";
import { distinguishedName } from "../../../../src/sandbox/names";
import { NOW } from "./variations";

/**
 * One holder of a key: a CA or an end entity. Certificates for it are made one by one, so that it can be cross-signed.
 */
export interface Holder {
  readonly name: string;
  readonly keys: KeyPair;
}

export async function holder(name: string): Promise<Holder> {
  return { name, keys: await newKeyPair("p-256") };
}

export interface Contents {
  /** Default: a CA without a limit. */
  readonly ca?: boolean;
  readonly pathLength?: number;
  readonly usages?: number;
  readonly purposes?: readonly string[];
  readonly dnsNames?: readonly string[];
  /** Epoch ms; default: a year around {@link NOW}. */
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly more?: readonly Uint8Array[];
}

const nameOf = ({ name }: Holder) => distinguishedName([["commonName", name]]);

/** A certificate for `subject` by `issuer`, written by the sandbox's encoder. */
export function issue(subject: Holder, issuer: Holder, contents: Contents = {}): ChainMember {
  const {
    ca = true,
    pathLength,
    usages = extensions.KeyUsageBit.keyCertSign | extensions.KeyUsageBit.cRLSign,
  } = contents;
  const limit = pathLength === undefined ? {} : { pathLenConstraint: pathLength };
  const der = signCertificate({
    subject: nameOf(subject),
    keys: subject.keys,
    issuer: { name: nameOf(issuer), keys: issuer.keys },
    notBefore: contents.notBefore ?? NOW - 180 * MS_PER_DAY,
    notAfter: contents.notAfter ?? NOW + 180 * MS_PER_DAY,
    serialNumber: newSerialNumber(),
    extensions: [
      extensions.basicConstraints({ cA: ca, ...limit }),
      extensions.keyUsage(ca ? usages : extensions.KeyUsageBit.digitalSignature),
      extensions.subjectKeyIdentifier(keyIdentifier(subject.keys)),
      extensions.authorityKeyIdentifier(keyIdentifier(issuer.keys)),
      ...(contents.purposes === undefined ? [] : [extensions.extendedKeyUsage(contents.purposes)]),
      ...(contents.dnsNames === undefined
        ? []
        : [extensions.subjectAlternativeName({ dnsNames: [...contents.dnsNames] })]),
      ...(contents.more ?? []),
    ],
  });
  return { der, certificate: decodeCertificate(der) };
}

/** A leaf for www.example.test, its CA and the root, and who holds their keys. */
export interface ThreeLevels {
  readonly holders: { readonly root: Holder; readonly ca: Holder; readonly leaf: Holder };
  readonly root: ChainMember;
  readonly ca: ChainMember;
  readonly leaf: ChainMember;
}

export async function threeLevels(contents: Contents = {}): Promise<ThreeLevels> {
  const [root, ca, leaf] = await Promise.all([holder("Root"), holder("CA"), holder("www.example.test")]);
  return {
    holders: { root, ca, leaf },
    root: issue(root, root, { notAfter: NOW + 3650 * MS_PER_DAY }),
    ca: issue(ca, root, { notAfter: NOW + 1825 * MS_PER_DAY }),
    leaf: issue(leaf, ca, { ca: false, dnsNames: ["www.example.test"], ...contents }),
  };
}
