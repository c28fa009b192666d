import type { CardStepState } from "./content";
import type { IconName } from "./icon";

/** How a step of a validation is marked. */
export const STEP_ICONS: Readonly<Record<CardStepState, IconName>> = {
  done: "good",
  you: "person",
  ca: "clock",
  rejected: "bad",
  "not-needed": "none",
};
