import { MutableDisposable } from "../../orders/mutable-disposable";
import { DAY, HOUR } from "../../orders/model/policy";
import type { Clock, Disposable } from "../../orders/ports";

/** Tells once that the day in UTC is another one, within an hour: a computer may have slept for days. */
export function onNextDay(clock: Clock, tell: () => void): Disposable {
  const today = (): number => Math.floor(clock.now() / DAY);
  const since = today();
  const waiting = new MutableDisposable();
  const wait = (): void => {
    waiting.value = clock.after(HOUR, () => {
      if (today() === since) wait();
      else tell();
    });
  };
  wait();
  return waiting;
}
