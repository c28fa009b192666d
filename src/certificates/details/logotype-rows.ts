import type { Logo, LogotypeDetails } from "../extensions/logotype";
import { segments } from "../names/suspicious-text";
import { readPicture, type Picture, type PictureBudget } from "../pictures/picture";
import type { Image, DetailsRow } from "./page";
import { hexValue, optionalRow, row, textValue, uriValue } from "./row";

/** data: addresses are shown as the picture in them. */
const isData = (address: string) => /^data:/i.test(address);

/** The pictures of a logo, or their addresses. @param pictures the budget for them */
export function logotypeRows(logo: Logo, pictures: PictureBudget): readonly DetailsRow[] {
  const role = typeof logo.role === "string" ? `Logo of the ${logo.role}` : `Logo (${logo.role.oid})`;
  return [
    ...logo.images.map((image) => row(role, { kind: "rows", rows: imageRows(image, pictures) })),
    ...logo.audio.map((audio) => row(`${role}, as sound`, { kind: "rows", rows: [...addressRows(audio)] })),
    ...optionalRow(logo.reference, ({ uris }) => row(`${role}, elsewhere`, uris.map(uriValue))),
  ];
}

function imageRows(details: LogotypeDetails, pictures: PictureBudget): readonly DetailsRow[] {
  const picture = readPicture(details, pictures);
  return [
    ...(picture === undefined ? [] : pictureRows(picture)),
    ...addressRows(details),
    ...details.hashes.map(({ algorithm, value }) => row(`Hash (${algorithm})`, hexValue(value))),
  ];
}

function addressRows({ mediaType, uris }: LogotypeDetails): readonly DetailsRow[] {
  const addresses = uris.filter((address) => !isData(address));
  return [
    row("Media type", textValue(mediaType)),
    ...(addresses.length === 0 ? [] : [row("Addresses", addresses.map(uriValue))]),
  ];
}

const HASH_WORDS: Readonly<Record<Picture["hash"], string>> = {
  right: "The picture matches the hash in the certificate.",
  wrong: "The picture does not match the hash in the certificate.",
  unknown: "The hash could not be checked.",
};

function pictureRows(picture: Picture): readonly DetailsRow[] {
  const { shown } = picture;
  const image: Image = shown.safe
    ? { safe: true, mediaType: shown.mediaType, base64: shown.base64, description: segments(shown.title) }
    : { safe: false, mediaType: picture.mediaType, reason: shown.reason };
  return [
    row("Picture", { kind: "image", image }),
    row("Hash check", textValue(HASH_WORDS[picture.hash])),
    row("Size", textValue(`${picture.size} bytes`)),
    ...(shown.safe && shown.removed > 0
      ? [row("Left out", textValue(`${shown.removed} parts that a mark's picture may not have`))]
      : []),
  ];
}
