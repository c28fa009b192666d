import { newSerialNumber, signCertificate } from "../../src/sandbox/certificate";
import { pem } from "../../src/sandbox/containers";
import * as extensions from "../../src/sandbox/extensions";
import { newKeyPair, type KeyPair } from "../../src/sandbox/keys";
import { distinguishedName } from "../../src/sandbox/names";

/** What a TLS server shows, in PEM. */
export interface ServerIdentity {
  readonly cert: string;
  readonly key: string;
}

export interface ServerCertificateOptions {
  readonly dnsNames?: readonly string[];
  /** 4 octets, or 16. */
  readonly ipAddresses?: readonly Uint8Array[];
  /** Epoch ms; from a day ago to a day ahead by default. */
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** Where it says that its issuer's certificate, and its status, are found. */
  readonly services?: { readonly caIssuers: string; readonly ocsp: string };
}

/** ms. */
export const DAY = 24 * 60 * 60 * 1000;

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

/** A CA for one run of tests: made in memory, its key never written. */
export class TestAuthority {
  private constructor(
    private readonly name: Uint8Array,
    private readonly keys: KeyPair,
    /** The CA's own certificate. */
    readonly pem: string,
  ) {}

  static async create(commonName = "Test Authority"): Promise<TestAuthority> {
    const keys = await newKeyPair("p-256");
    const name = distinguishedName([["commonName", commonName]]);
    const certificate = signCertificate({
      subject: name,
      keys,
      notBefore: Date.now() - DAY,
      notAfter: Date.now() + DAY,
      issuer: { name, keys },
      serialNumber: newSerialNumber(),
      extensions: [
        extensions.basicConstraints({ cA: true }),
        extensions.keyUsage(extensions.KeyUsageBit.keyCertSign | extensions.KeyUsageBit.cRLSign),
      ],
    });
    return new TestAuthority(name, keys, pem(certificate));
  }

  async issue({
    dnsNames = ["localhost"],
    ipAddresses = [Uint8Array.of(127, 0, 0, 1)],
    notBefore = Date.now() - DAY,
    notAfter = Date.now() + DAY,
    services,
  }: ServerCertificateOptions = {}): Promise<ServerIdentity> {
    const keys = await newKeyPair("p-256");
    const certificate = signCertificate({
      subject: distinguishedName([["commonName", "Test Server"]]),
      keys,
      notBefore,
      notAfter,
      issuer: { name: this.name, keys: this.keys },
      serialNumber: newSerialNumber(),
      extensions: [
        extensions.basicConstraints({ cA: false }),
        extensions.extendedKeyUsage([SERVER_AUTH]),
        extensions.subjectAlternativeName({ dnsNames: [...dnsNames], ipAddresses: [...ipAddresses] }),
        ...(services === undefined ? [] : [extensions.authorityInformationAccess(services)]),
      ],
    });
    return { cert: pem(certificate), key: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
  }
}
