/** The question of a list, and where it stands. */
export interface FramedQuestion {
  readonly title: string;
  /** Grey, in the empty field. */
  readonly placeholder: string;
  /** Whether the question is a warning, which must not stand in grey alone. */
  readonly isWarning?: boolean;
}

/** Characters that fit into the empty field of a list. */
const MAX_PLACEHOLDER = 72;
/** As above, where the count of selected choices covers the end of the field. */
const MAX_BESIDE_COUNT = 30;

/**
 * A question that the field would cut, or that is a warning, stands above it: the title takes more, in as many lines
 * as it needs.
 * @param hasCount whether the list has check boxes, and so a count in its field
 * @param filter what the field says instead
 */
export function framedQuestion<T extends FramedQuestion>(question: T, hasCount: boolean, filter: string): T {
  const { title, placeholder, isWarning = false } = question;
  const fits = placeholder.length <= (hasCount ? MAX_BESIDE_COUNT : MAX_PLACEHOLDER);
  return fits && !isWarning ? question : { ...question, title: `${title}: ${placeholder}`, placeholder: filter };
}
