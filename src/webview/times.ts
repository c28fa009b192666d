/** Formats times: in the local time zone, and in UTC. */
export class Times {
  private readonly formatter: Intl.DateTimeFormat;
  private readonly days: Intl.DateTimeFormat;
  /** Says "GMT" or "GMT+00:00" while the time zone is as far from it as UTC is. */
  private readonly offsets: Intl.DateTimeFormat;

  /**
   * @param locale BCP 47 tag; English if the browser does not accept it
   * @param timeZone by default the browser's
   */
  constructor(locale: string, timeZone?: string) {
    const zone = timeZone === undefined ? {} : { timeZone };
    const locales = [...knownLocale(locale), "en"];
    this.formatter = new Intl.DateTimeFormat(locales, { dateStyle: "medium", timeStyle: "long", ...zone });
    this.days = new Intl.DateTimeFormat(locales, { dateStyle: "medium", timeZone: "UTC" });
    this.offsets = new Intl.DateTimeFormat("en", { timeZoneName: "longOffset", ...zone });
  }

  /** The day of a point in time in UTC, as the editor's rows say it, too. @param at epoch ms */
  day(at: number): string {
    return this.days.format(at);
  }

  /** Whether the local time is that of UTC, so that one of them says both. @param at epoch ms */
  isUtc(at: number): boolean {
    return this.offsets
      .formatToParts(at)
      .some(({ type, value }) => type === "timeZoneName" && /^GMT(?:[+-]0+(?::0+)?)?$/.test(value));
  }

  /** @param at epoch ms */
  local(at: number): string {
    return this.formatter.format(at);
  }

  /** "2026-11-20 09:27:15 UTC"; milliseconds only if there are some. @param at epoch ms */
  utc(at: number): string {
    return new Date(at)
      .toISOString()
      .replace("T", " ")
      .replace(/(\.000)?Z$/, " UTC");
  }
}

function knownLocale(locale: string): readonly string[] {
  try {
    return Intl.getCanonicalLocales(locale);
  } catch {
    return [];
  }
}
