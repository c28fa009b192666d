/** One early check that a person scheduled. All times are epoch ms. */
export interface EarlyCheck {
  /** When it was scheduled. */
  readonly at: number;
  /** When to check. */
  readonly due: number;
}
