import { extensionOf } from "../certificates/certificate";
import { isCa, orderChain } from "../certificates/chain";
import type { GeneralName } from "../certificates/names/general-name";
import type { Inspect } from "../orders/ports";

/** Names that the journal keeps of a certificate. */
const MAX_NAMES = 20;

/**
 * Orders what the CA sent and reads what the journal keeps of it. What does not belong to the leaf's path is dropped:
 * the leaf decides what was collected.
 * @throws InspectError when there is no end-entity certificate, or more than one
 */
export const inspect: Inspect = (certificates) => {
  const { path, otherLeaves, unreadable } = orderChain(certificates);
  const [leaf] = path;
  if (leaf === undefined) {
    const reason = unreadable[0]?.message ?? "the answer holds none";
    return Promise.reject(new InspectError(`The certificate cannot be read: ${reason}.`));
  }
  if (isCa(leaf.certificate)) {
    return Promise.reject(new InspectError("The answer holds CA certificates only, and not the one that was ordered."));
  }
  if (otherLeaves.some(({ certificate }) => !isCa(certificate))) {
    return Promise.reject(new InspectError("The answer holds more than one end-entity certificate."));
  }
  const { serialNumber, subject, validity } = leaf.certificate;
  const names = extensionOf(leaf.certificate, "subjectAltName")?.names ?? [];
  return Promise.resolve({
    chain: path.map(({ der }) => der),
    held: {
      serialNumber: serialNumber.hex.toUpperCase(),
      subject: subject.text,
      names: names.flatMap(nameText).slice(0, MAX_NAMES),
      ...validity,
    },
  });
};

function nameText(name: GeneralName): string[] {
  switch (name.type) {
    case "rfc822Name":
    case "dNSName":
    case "uniformResourceIdentifier":
    case "iPAddress":
      return [name.value];
    default:
      return [];
  }
}

/** The CA's certificates are none that an order can come to. */
export class InspectError extends Error {
  override readonly name = "InspectError";
  readonly code = "not-what-was-ordered";
}
