import { integer, memberOf, oneOf, optional, record, textLike, time } from "../../shape/shape";
import { SERVER_PROTOCOLS, type ServedAddress, type ServerPlace } from "../model/deployment";
import { items, lineText } from "./line-shapes";
import { saidMessageFields } from "./phrase-shape";

// The parts of lines about what follows saving. What is not a server is left out by `order-view.ts`.

export const sha256 = textLike(/^[0-9a-f]{64}$/, 64);

export const serverPlace = record<ServerPlace>({
  host: lineText,
  port: integer(1, 65_535),
  protocol: oneOf(...SERVER_PROTOCOLS),
});

export const serverPlaces = items(serverPlace);

export const servedAddresses = items(
  record<ServedAddress>({
    address: lineText,
    state: memberOf<ServedAddress["state"]>({ this: true, other: true, unreachable: true }),
    leaf: optional(sha256),
    notAfter: optional(time),
    message: optional(lineText),
    said: saidMessageFields.said,
  }),
);
