import type { StepState } from "../../api/result";
import { integer, list, memberOf, text, type Shape } from "../../shape/shape";
import type { OrderId } from "../model/order";
import { MAX_ORDER_ID_LENGTH } from "../model/order-id";
import { MAX_LINE_ITEMS, MAX_LINE_TEXT } from "./line-bounds";

// What lines of several types have.

export const count = integer(0, Number.MAX_SAFE_INTEGER);
export const code = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
export const lineText = text(MAX_LINE_TEXT);
export const id: Shape<OrderId> = text(MAX_ORDER_ID_LENGTH, 1);
export const items = <T>(shape: Shape<T>): Shape<readonly T[]> => list(shape, MAX_LINE_ITEMS);
export const stepState = memberOf<StepState>({ done: true, you: true, ca: true, rejected: true, "not-needed": true });
