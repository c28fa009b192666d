import type {
  DistributionPoint,
  DistributionPointName,
  IssuingDistributionPoint,
} from "../extensions/distribution-points";
import { ACCESS_METHODS, type AccessDescription } from "../extensions/information-access";
import { generalNameRow, nameRows } from "./name-rows";
import type { DetailsRow } from "./page";
import { optionalRow, row, textValue } from "./row";

/** Where to find the issuer's certificate, its OCSP server and the like. */
export function accessRows(descriptions: readonly AccessDescription[]): readonly DetailsRow[] {
  return descriptions.map(({ method, location }) => {
    const { values } = generalNameRow(location);
    return row(ACCESS_METHODS.get(method) ?? method, values, { oid: method });
  });
}

/** Where revocation lists are. A point that is only an address is one row. */
export function pointRows(points: readonly DistributionPoint[]): readonly DetailsRow[] {
  return points.flatMap((point) => {
    const rows = [
      ...pointNameRows(point),
      ...optionalRow(point.reasons, (reasons) => row("Reasons", textValue(reasons.join(", ")))),
      ...(point.cRLIssuer ?? []).map((name) => row("Issuer of the list", generalNameRow(name).values)),
    ];
    return rows.length === 1 ? rows : [row("Distribution point", { kind: "rows", rows })];
  });
}

export function issuingPointRows(point: IssuingDistributionPoint): readonly DetailsRow[] {
  return [
    ...pointNameRows(point),
    ...optionalRow(point.onlyContains, (kind) => row("Contains only", textValue(kind))),
    ...optionalRow(point.onlySomeReasons, (reasons) => row("Only for the reasons", textValue(reasons.join(", ")))),
    row("Lists certificates of other issuers", textValue(point.indirectCRL ? "yes" : "no")),
  ];
}

function pointNameRows(point: DistributionPointName): readonly DetailsRow[] {
  return [
    ...(point.fullName ?? []).map(generalNameRow),
    ...(point.nameRelativeToCRLIssuer === undefined ? [] : nameRows(point.nameRelativeToCRLIssuer)),
  ];
}
