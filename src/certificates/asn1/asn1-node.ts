import type { Phrase } from "../../words/phrase";

/**
 * One element of an encoding, as plain data for a person who reads bytes. Offsets are bytes from the start of the
 * input. `Said`: the texts of it that are ours, said or not.
 */
export interface Asn1Node<Said = Phrase | string> {
  /** In ASN.1's words: "SEQUENCE", "[0]", "OBJECT IDENTIFIER", …; in ours for bytes that are not an element. */
  readonly type: Said;
  readonly offset: number;
  /** Bytes of tag and length. */
  readonly headerLength: number;
  /** Bytes of content. */
  readonly length: number;
  /**
   * The content of a primitive element for reading: a number, text, ISO time, dotted decimal or hex; at most 200
   * characters.
   */
  readonly value?: Said;
  /** Present where `value` does not show all. */
  readonly shortened?: true;
  readonly children?: readonly Asn1Node<Said>[];
  /** Present where the children are encoded inside a string. */
  readonly encapsulates?: true;
  /** What is wrong, or left out, from here on. */
  readonly problem?: Said;
}
