import type { Asn1Node } from "../asn1/asn1-node";
import type { Phrase } from "../../words/phrase";
import type { Finding } from "../finding";
import type { DetailsObject, DetailsRow, DetailsSection, Image, Sentence, Summary, Text, Value } from "./page";

// The page before anybody says it: what is a text there is here one of ours that has no language yet, where it is ours.

/** A text of ours that is not said yet, or one of somebody else. */
export type Sayable = Phrase | string;

/** A text of ours that is not said yet, or one as the page draws it. */
export type DraftText = Phrase | Text;

export type DraftImage =
  | Extract<Image, { readonly safe: true }>
  | (Omit<Extract<Image, { readonly safe: false }>, "reason"> & { readonly reason: Sayable });

export type DraftValue =
  | Extract<Value, { readonly kind: "time" | "day" | "hex" | "uri" }>
  | { readonly kind: "tree"; readonly nodes: readonly Asn1Node[]; readonly hex: string }
  | { readonly kind: "text"; readonly text: DraftText }
  | { readonly kind: "oid"; readonly oid: string; readonly name?: Sayable }
  | { readonly kind: "image"; readonly image: DraftImage }
  | { readonly kind: "rows"; readonly rows: readonly DraftRow[] };

export interface DraftRow extends Pick<DetailsRow, "oid"> {
  readonly label: Sayable;
  /** Several are a list. Never empty. */
  readonly values: readonly DraftValue[];
  readonly explanation?: Sayable;
}

export interface DraftSection extends Pick<DetailsSection, "id" | "oid" | "critical"> {
  readonly title: Sayable;
  readonly rows: readonly DraftRow[];
  readonly explanation?: Sayable;
}

export interface DraftObject extends Pick<DetailsObject, "id" | "damaged"> {
  readonly kind: Sayable;
  readonly heading: DraftText;
  readonly place: Sayable;
  readonly findings: readonly Finding[];
  readonly sections: readonly DraftSection[];
}

export interface DraftSentence extends Pick<Sentence, "tone"> {
  /** The name of the certificate that it is about, if that is not the leaf. */
  readonly about?: DraftText;
  readonly text: DraftText;
}

export interface DraftSummary extends Omit<Summary, "headline" | "sentences"> {
  readonly headline: DraftText;
  readonly sentences: readonly DraftSentence[];
}
