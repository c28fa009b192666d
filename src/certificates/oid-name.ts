import { inEnglish } from "../words/localize";
import { EXTENSION_TITLES } from "./extensions/extension-titles";
import { ACCESS_METHODS } from "./extensions/information-access";
import { KEY_PURPOSES } from "./extensions/key-purpose";
import { POLICY_NAMES } from "./extensions/policy-name";
import { QC_NAMES } from "./extensions/qc-statements";
import { CAPABILITY_NAMES } from "./extensions/smime-capabilities";
import { CURVES, HASHES, KEY_ALGORITHMS, SIGNATURES } from "./keys/algorithm-names";
import { ATTRIBUTE_TYPES } from "./names/attribute-type";

/** The name of an object identifier of any kind, in English as structures have it; `undefined` if unknown. */
export function oidName(oid: string): string | undefined {
  const name =
    ATTRIBUTE_TYPES.get(oid)?.name ??
    SIGNATURES.get(oid)?.name ??
    KEY_ALGORITHMS.get(oid) ??
    CURVES.get(oid)?.name ??
    HASHES.get(oid) ??
    EXTENSION_TITLES.get(oid) ??
    KEY_PURPOSES.get(oid) ??
    ACCESS_METHODS.get(oid) ??
    POLICY_NAMES.get(oid) ??
    QC_NAMES.get(oid) ??
    CAPABILITY_NAMES.get(oid);
  return name && inEnglish(name);
}
