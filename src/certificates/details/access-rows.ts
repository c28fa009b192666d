import type {
  DistributionPoint,
  DistributionPointName,
  IssuingDistributionPoint,
} from "../extensions/distribution-points";
import { ACCESS_METHODS, type AccessDescription } from "../extensions/information-access";
import { generalNameRow, nameRows } from "./name-rows";
import type { DraftRow } from "./draft";
import { optionalRow, row, textValue } from "./row";
import { allOf, phrase, type Phrase } from "../../words/phrase";

/** Where to find the issuer's certificate, its OCSP server and the like. */
export function accessRows(descriptions: readonly AccessDescription[]): readonly DraftRow[] {
  return descriptions.map(({ method, location }) => {
    const { values } = generalNameRow(location);
    return row(ACCESS_METHODS.get(method) ?? method, values, { oid: method });
  });
}

/** Where revocation lists are. A point that is only an address is one row. */
export function pointRows(points: readonly DistributionPoint[]): readonly DraftRow[] {
  return points.flatMap((point) => {
    const rows = [
      ...pointNameRows(point),
      ...optionalRow(point.reasons, (reasons) => row(phrase("Reasons"), textValue(phrase("{0}", allOf(reasons))))),
      ...(point.cRLIssuer ?? []).map((name) => row(phrase("Issuer of the list"), generalNameRow(name).values)),
    ];
    return rows.length === 1 ? rows : [row(phrase("Distribution point"), { kind: "rows", rows })];
  });
}

const KINDS: Readonly<Record<NonNullable<IssuingDistributionPoint["onlyContains"]>, Phrase>> = {
  userCerts: phrase("end-entity certificates"),
  caCerts: phrase("CA certificates"),
  attributeCerts: phrase("attribute certificates"),
};

export function issuingPointRows(point: IssuingDistributionPoint): readonly DraftRow[] {
  return [
    ...pointNameRows(point),
    ...optionalRow(point.onlyContains, (kind) => row(phrase("Contains only"), textValue(KINDS[kind]))),
    ...optionalRow(point.onlySomeReasons, (reasons) =>
      row(phrase("Only for the reasons"), textValue(phrase("{0}", allOf(reasons)))),
    ),
    row(phrase("Lists certificates of other issuers"), textValue(point.indirectCRL ? phrase("yes") : phrase("no"))),
  ];
}

function pointNameRows(point: DistributionPointName): readonly DraftRow[] {
  return [
    ...(point.fullName ?? []).map(generalNameRow),
    ...(point.nameRelativeToCRLIssuer === undefined ? [] : nameRows(point.nameRelativeToCRLIssuer)),
  ];
}
