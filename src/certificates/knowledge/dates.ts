/** The end of the times that are believed: whatever is dated later is damaged, or made up. */
const LATEST = Date.UTC(2100, 0, 1);

/** Whether a time, in epoch ms, is one that a file or a clock may honestly have: from 1970 to 2099. */
export const isHonestTime = (time: number): boolean => time >= 0 && time < LATEST;

/** The day of such a time, "2026-04-19" (UTC). */
export const utcDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Whether a text is what {@link utcDay} gives: 30 February is not. */
export function isUtcDay(text: string): boolean {
  const time = text.length === 10 ? Date.parse(text) : Number.NaN;
  return isHonestTime(time) && utcDay(time) === text;
}
