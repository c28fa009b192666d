import { QC_NAMES, type QcInformation, type QcStatement } from "../extensions/qc-statements";
import { generalNameRow } from "./name-rows";
import type { Row, Value } from "./page";
import { hex, oid, row, text, uri } from "./row";

/** A statement of a qualified certificate, with what it says. */
export function qcRows({ oid: identifier, info }: QcStatement): readonly Row[] {
  const statement = oid(identifier, QC_NAMES.get(identifier));
  return [row("Statement", info === undefined ? statement : [statement, ...informationValues(info)])];
}

function informationValues(info: QcInformation): readonly Value[] {
  switch (info.type) {
    case "limit":
      return [text(`${info.amount} × 10^${info.exponent} ${info.currency}`)];
    case "retention":
      return [text(`${info.years} years`)];
    case "disclosures":
      return info.statements.flatMap(({ url, language }) => [uri(url), text(`language ${language}`)]);
    case "purposes":
      return info.oids.map((purpose) => oid(purpose, QC_NAMES.get(purpose)));
    case "legislation":
      return info.countries.map(text);
    case "semantics":
      return [
        ...(info.oid === undefined ? [] : [oid(info.oid, QC_NAMES.get(info.oid))]),
        ...info.authorities.flatMap((name) => generalNameRow(name).values),
      ];
    case "paymentServices":
      return [
        ...info.roles.map((role) => oid(role.oid, QC_NAMES.get(role.oid) ?? role.name)),
        text(`${info.authorityName} (${info.authorityId})`),
      ];
    case "unknown":
      return [hex(info.hex)];
  }
}
