import type { ValidationDate } from "../model/reuse-dates";
import type { Locale } from "../../words/localize";
import { dateWords } from "./time-words";

/** A day that ends a validation, for a person: what, and until when at the latest, with the clause. */
export interface ValidationDateWords {
  readonly label: string;
  readonly text: string;
}

/** @see ValidationDate */
export function validationDateWords(date: ValidationDate, locale: Locale): ValidationDateWords {
  const { localize } = locale;
  const day = dateWords(date.at, locale);
  const clause = clauseWords(date, locale);
  switch (date.what) {
    case "domains":
      return {
        label: localize("Validation of the domains"),
        text: localize("can be used again until {0} at the latest ({1})", day, clause),
      };
    case "identity":
      return {
        label: localize("Validation of the organization"),
        text: localize("can be used again until {0} at the latest ({1})", day, clause),
      };
    case "email":
      return {
        label: localize("Validation by e-mail"),
        text: localize("is permitted until {0} at the latest ({1})", day, clause),
      };
    case "telephone":
      return {
        label: localize("Validation by telephone"),
        text: localize("is permitted until {0} at the latest ({1})", day, clause),
      };
  }
}

function clauseWords({ clause, days }: ValidationDate, { localize }: Locale): string {
  return days === undefined
    ? localize("Baseline Requirements {0}", clause)
    : localize("Baseline Requirements {0}: {1} days", clause, days);
}
