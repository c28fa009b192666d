import type { Logo, LogotypeDetails } from "../extensions/logotype";
import { segments } from "../names/suspicious-text";
import { readPicture, type Picture, type PictureBudget } from "../pictures/picture";
import { amount, phrase, plural, type Phrase } from "../../words/phrase";
import type { DraftImage, DraftRow } from "./draft";
import { hexValue, optionalRow, row, textValue, uriValue } from "./row";

/** data: addresses are shown as the picture in them. */
const isData = (address: string) => /^data:/i.test(address);

const ROLES = {
  community: phrase("Logo of the community"),
  issuer: phrase("Logo of the issuer"),
  subject: phrase("Logo of the subject"),
};

/** The pictures of a logo, or their addresses. @param pictures the budget for them */
export function logotypeRows(logo: Logo, pictures: PictureBudget): readonly DraftRow[] {
  const role = typeof logo.role === "string" ? ROLES[logo.role] : phrase("Logo ({0})", logo.role.oid);
  return [
    ...logo.images.map((image) => row(role, { kind: "rows", rows: imageRows(image, pictures) })),
    ...logo.audio.map((audio) => row(phrase("{0}, as sound", role), { kind: "rows", rows: [...addressRows(audio)] })),
    ...optionalRow(logo.reference, ({ uris }) => row(phrase("{0}, elsewhere", role), uris.map(uriValue))),
  ];
}

function imageRows(details: LogotypeDetails, pictures: PictureBudget): readonly DraftRow[] {
  const picture = readPicture(details, pictures);
  return [
    ...(picture === undefined ? [] : pictureRows(picture)),
    ...addressRows(details),
    ...details.hashes.map(({ algorithm, value }) => row(phrase("Hash ({0})", algorithm), hexValue(value))),
  ];
}

function addressRows({ mediaType, uris }: LogotypeDetails): readonly DraftRow[] {
  const addresses = uris.filter((address) => !isData(address));
  return [
    row(phrase("Media type"), textValue(mediaType)),
    ...(addresses.length === 0 ? [] : [row(phrase("Addresses"), addresses.map(uriValue))]),
  ];
}

const HASH_WORDS: Readonly<Record<Picture["hash"], Phrase>> = {
  right: phrase("The picture matches the hash in the certificate."),
  wrong: phrase("The picture does not match the hash in the certificate."),
  unknown: phrase("The hash could not be checked."),
};

function pictureRows(picture: Picture): readonly DraftRow[] {
  const { shown } = picture;
  const image: DraftImage = shown.safe
    ? { safe: true, mediaType: shown.mediaType, base64: shown.base64, description: segments(shown.title) }
    : { safe: false, mediaType: picture.mediaType, reason: shown.reason };
  return [
    row(phrase("Picture"), { kind: "image", image }),
    row(phrase("Hash check"), textValue(HASH_WORDS[picture.hash])),
    row(phrase("Size"), textValue(phrase("{0} bytes", amount(picture.size)))),
    ...(shown.safe && shown.removed > 0
      ? [
          row(
            phrase("Left out"),
            textValue(
              plural(
                shown.removed,
                "{0} part that a mark's picture may not have",
                "{0} parts that a mark's picture may not have",
              ),
            ),
          ),
        ]
      : []),
  ];
}
