/** Formats times: in the local time zone, and in UTC. */
export class Times {
  private readonly formatter: Intl.DateTimeFormat;

  /**
   * @param locale BCP 47 tag; English if the browser does not accept it
   * @param timeZone by default the browser's
   */
  constructor(locale: string, timeZone?: string) {
    const options = {
      dateStyle: "medium",
      timeStyle: "long",
      ...(timeZone === undefined ? {} : { timeZone }),
    } as const;
    this.formatter = new Intl.DateTimeFormat([...knownLocale(locale), "en"], options);
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
