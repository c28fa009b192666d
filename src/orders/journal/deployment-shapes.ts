import { integer, list, memberOf, oneOf, optional, record, text, textLike, time } from "../../shape/shape";
import {
  MAX_SERVED_ADDRESSES,
  MAX_ORDER_SERVERS,
  MAX_TASK_NAME,
  SERVER_PROTOCOLS,
  type ServedAddress,
  type ServerPlace,
} from "../model/deployment";
import { lineText } from "./line-shapes";

// The parts of lines about what follows saving.

export const sha256 = textLike(/^[0-9a-f]{64}$/, 64);
export const taskName = text(MAX_TASK_NAME);

export const serverPlace = record<ServerPlace>({
  host: textLike(/^[\w.:-]{1,253}$/, 253),
  port: integer(1, 65_535),
  protocol: oneOf(...SERVER_PROTOCOLS),
});

export const serverPlaces = list(serverPlace, MAX_ORDER_SERVERS);

export const servedAddresses = list(
  record<ServedAddress>({
    address: text(64),
    state: memberOf<ServedAddress["state"]>({ this: true, other: true, unreachable: true }),
    leaf: optional(sha256),
    notAfter: optional(time),
    message: optional(lineText),
  }),
  MAX_SERVED_ADDRESSES,
);
