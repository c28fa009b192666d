import { readAsn1Tree } from "./asn1-tree";
import { isCa, isSelfIssued, orderChain, type Chain, type ChainMember } from "./chain";
import type { CtLogList } from "./ct-logs";
import type { Contents, Found, Step } from "./containers/contents";
import { certificateSections } from "./details/certificate-sections";
import type { DetailsObject, DetailsPage, Section, TreeNode } from "./details/page";
import { hex, row, text } from "./details/row";
import { displayName, summarizeChain } from "./details/summary";
import type { Finding } from "./finding";
import { segments } from "./names/suspicious-text";

export interface DescribeOptions {
  /** Epoch ms, for what the summary says about validity. */
  readonly now: number;
  /** What the checks found out, by SHA-256 of the certificate in lower-case hex. */
  readonly findings?: ReadonlyMap<string, readonly Finding[]>;
  /** Names the logs of certificate transparency: see `loadCtLogs`. */
  readonly logs?: CtLogList;
}

/**
 * The details page of what was read from a file or an answer: see {@link DetailsPage}. Never throws; what cannot be decoded
 * is shown as far as it can be.
 */
export function describe(contents: Contents, options: DescribeOptions): DetailsPage {
  const certificates = new Map<Uint8Array, Found>();
  for (const object of contents.objects) if (object.kind === "certificate") certificates.set(object.der, object);
  const chain = orderChain([...certificates.keys()]);
  const members = [...chain.path, ...chain.otherLeaves, ...chain.unrelated];
  const findingsOf = (member: ChainMember | undefined) =>
    (member === undefined ? undefined : options.findings?.get(member.certificate.fingerprints.sha256)) ?? [];
  const objects = [
    ...members.map((member) =>
      certificateObject(member, certificates.get(member.der), findingsOf(member), options.logs),
    ),
    ...chain.unreadable.map(({ der, message }) =>
      otherObject("Damaged certificate", certificates.get(der), [bytesSection(der, message)]),
    ),
    ...contents.objects.filter(({ kind }) => kind !== "certificate").map(describeOther),
  ];
  return {
    title:
      chain.path[0] === undefined
        ? segments(objects[0]?.kind ?? "Nothing found")
        : displayName(chain.path[0].certificate),
    summary: summarizeChain(chain, findingsOf(chain.path[0]), options.now),
    tree: treeOf(members, chain),
    objects: objects.map((object, index) => (object.id === "" ? { ...object, id: String(index) } : object)),
    damage: contents.damage.map(({ offset, message, path }) => ({ offset, message, place: placeText(path) })),
  };
}

function certificateObject(
  { certificate }: ChainMember,
  found: Found | undefined,
  findings: readonly Finding[],
  logs: CtLogList | undefined,
): DetailsObject {
  const kind = isCa(certificate) ? (isSelfIssued(certificate) ? "Root certificate" : "CA certificate") : "Certificate";
  return {
    id: certificate.fingerprints.sha256,
    kind,
    heading: displayName(certificate),
    place: placeText(found?.path ?? []),
    findings,
    sections: certificateSections(certificate, logs),
  };
}

/** An object that is no readable certificate; its id is its place in the list. */
function otherObject(kind: string, found: Found | undefined, sections: readonly Section[]): DetailsObject {
  return { id: "", kind, heading: segments(kind), place: placeText(found?.path ?? []), findings: [], sections };
}

function describeOther(object: Contents["objects"][number]): DetailsObject {
  switch (object.kind) {
    case "privateKey": {
      const note = object.encrypted ? "It is encrypted." : "It is not encrypted: keep this file to yourself.";
      const rows = [row("Content", text(`A private key, which is not shown. ${note}`))];
      return otherObject("Private key", object, [{ id: "privateKey", title: "Private Key", rows }]);
    }
    case "unreadable":
      return otherObject("Unreadable", object, [bytesSection(object.bytes, "This is no object that is known.")]);
    default:
      return otherObject(object.structure, object, [bytesSection(object.der)]);
  }
}

/** Bytes of which no more is known than their ASN.1. */
function bytesSection(bytes: Uint8Array, problem?: string): Section {
  const content = Buffer.from(bytes).toString("hex");
  return {
    id: "structure",
    title: "Structure",
    rows: [
      ...(problem === undefined ? [] : [row("Problem", text(problem))]),
      row("Structure", { kind: "tree", nodes: readAsn1Tree(bytes), hex: content }),
      row("Bytes", hex(content)),
    ],
  };
}

/** Each certificate below its issuer. */
function treeOf(members: readonly ChainMember[], chain: Chain): readonly TreeNode[] {
  const below = new Map<ChainMember | undefined, ChainMember[]>();
  for (const member of members) {
    const issuer = chain.issuers.get(member);
    const siblings = below.get(issuer);
    if (siblings === undefined) below.set(issuer, [member]);
    else siblings.push(member);
  }
  const nodes = (issuer: ChainMember | undefined): TreeNode[] =>
    (below.get(issuer) ?? []).map((member) => ({
      object: member.certificate.fingerprints.sha256,
      label: displayName(member.certificate),
      children: nodes(member),
    }));
  return nodes(undefined);
}

/** Where something stood, for a person: "ZIP entry www.crt, PEM block CERTIFICATE, PKCS #7". */
function placeText(path: readonly Step[]): string {
  return path.map(stepText).join(", ");
}

function stepText(step: Step): string {
  switch (step.format) {
    case "pem":
      return `PEM block ${step.label}`;
    case "base64":
      return "base64";
    case "der":
      return "DER";
    case "netscape":
      return "Netscape certificate sequence";
    case "pkcs12":
      return "PKCS #12";
    case "pkcs7":
      return step.signers === 0 ? "PKCS #7" : "signed PKCS #7";
    case "cmmf":
      return step.structure === "unknown" ? "a structure that is not known" : `CMMF (${step.structure})`;
    case "zip":
      return `ZIP entry ${step.entry}`;
  }
}
