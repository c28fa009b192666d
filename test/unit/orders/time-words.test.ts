import assert from "node:assert/strict";
import { english } from "../../../src/words/localize";
import { relativeWords } from "../../../src/orders/presentation/time-words";
import { DAY, HOUR, MINUTE } from "./doubles";

const NOW = Date.UTC(2026, 6, 1, 12);
const SECOND = 1_000;

const CASES: readonly [away: number, en: string, de: string][] = [
  [0, "now", "jetzt"],
  [-SECOND + 1, "now", "jetzt"],
  [40 * SECOND, "in 40 seconds", "in 40 Sekunden"],
  [-SECOND, "1 second ago", "vor 1 Sekunde"],
  [14 * MINUTE, "in 14 minutes", "in 14 Minuten"],
  [HOUR - 1, "in 59 minutes", "in 59 Minuten"],
  [HOUR, "in 1 hour", "in 1 Stunde"],
  [-47 * HOUR, "47 hours ago", "vor 47 Stunden"],
  [2 * DAY, "in 2 days", "in 2 Tagen"],
  [-3 * DAY, "3 days ago", "vor 3 Tagen"],
  [59 * DAY, "in 59 days", "in 59 Tagen"],
  [90 * DAY, "in 2 months", "in 2 Monaten"],
  [-800 * DAY, "2 years ago", "vor 2 Jahren"],
];

describe("a distance in time", () => {
  for (const [away, en, de] of CASES) {
    it(`is said in whole units: ${en}`, () => {
      const said = ["en", "de"].map((language) => relativeWords(NOW + away, NOW, { localize: english, language }));
      assert.deepEqual(said, [en, de]);
    });
  }
});
