import { phrase, plural } from "../../words/phrase";
import { QC_NAMES, type QcInformation, type QcStatement } from "../extensions/qc-statements";
import { generalNameRow } from "./name-rows";
import type { DraftRow, DraftValue } from "./draft";
import { hexValue, oidValue, row, textValue, uriValue } from "./row";

/** A statement of a qualified certificate, with its value. */
export function qcRows({ oid: identifier, info }: QcStatement): readonly DraftRow[] {
  const statement = oidValue(identifier, QC_NAMES.get(identifier));
  return [row(phrase("Statement"), info === undefined ? statement : [statement, ...informationValues(info)])];
}

function informationValues(info: QcInformation): readonly DraftValue[] {
  switch (info.type) {
    case "limit":
      return [textValue(`${info.amount} × 10^${info.exponent} ${info.currency}`)];
    case "retention":
      return [textValue(plural(info.years, "{0} year", "{0} years"))];
    case "disclosures":
      return info.statements.flatMap(({ url, language }) => [
        uriValue(url),
        textValue(phrase("language {0}", language)),
      ]);
    case "purposes":
      return info.oids.map((purpose) => oidValue(purpose, QC_NAMES.get(purpose)));
    case "legislation":
      return info.countries.map(textValue);
    case "semantics":
      return [
        ...(info.oid === undefined ? [] : [oidValue(info.oid, QC_NAMES.get(info.oid))]),
        ...info.authorities.flatMap((name) => generalNameRow(name).values),
      ];
    case "paymentServices":
      return [
        ...info.roles.map((role) => oidValue(role.oid, QC_NAMES.get(role.oid) ?? role.name)),
        textValue(`${info.authorityName} (${info.authorityId})`),
      ];
    case "unknown":
      return [hexValue(info.hex)];
  }
}
