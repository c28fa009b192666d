import type { OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";
import type { ValidationSubject } from "../../validation/subject";

/** What is known of the records of orders and of certificate requests in files. */
export interface RecordSubjects {
  /** `undefined` where an order waits for nothing that is to be published. */
  subject(order: OrderId): ValidationSubject | undefined;
  /** `undefined` where a file has no certificate request. @param file its URI */
  fileSubject(file: string): Promise<ValidationSubject | undefined>;
  /** Fires with what changed: "order:" and its id, or "file:" and its URI. */
  onDidChange(listener: (changed: string) => void): Disposable;
}
