import type { OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import { showWarning } from "../base/messages";
import type { Collector } from "../window/collector";
import { isCodeGone } from "../window/forgotten-codes";
import type { Program } from "../window/program";
import { chooseOrders } from "./choices";
import { offerUndo } from "./offer-undo";
import { localize } from "../base/localize";

/** Stops tracking orders. Their history and certificates stay on disk; tracking an order again brings them back. */
export async function stopTracking({ collector }: Program, argument: unknown): Promise<{ stopped: number }> {
  const question = localize("Choose orders to stop tracking");
  const ids = await chooseOrders(collector, new Arguments(argument), question);
  const [first] = ids.flatMap((id) => collector.book.get(id) ?? []);
  if (first === undefined) return { stopped: 0 };
  await collector.book.record(ids.map((id) => ({ type: "forgotten", id })));
  const done =
    ids.length === 1
      ? localize("{0} is no longer tracked.", titleOf(first, localize))
      : localize("{0} orders are no longer tracked.", ids.length);
  void offerUndo(collector, done, () => restore(collector, ids));
  return { stopped: ids.length };
}

/** An order whose collection code is gone by now would come back as one that cannot be checked: it stays away. */
async function restore({ book }: Collector, ids: readonly OrderId[]): Promise<void> {
  const gone = new Set(
    [...book.forgottenWithCode()].filter((each) => isCodeGone(each, Date.now())).map(({ id }) => id),
  );
  const back = ids.filter((id) => !gone.has(id));
  await book.record(back.map((id) => ({ type: "restored", id })));
  const late = ids.length - back.length;
  if (late === 0) return;
  void showWarning(
    late === 1
      ? localize("The collection code of 1 order was deleted, so it does not come back. Track it again.")
      : localize("The collection codes of {0} orders were deleted, so they do not come back. Track them again.", late),
  );
}
