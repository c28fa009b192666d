import type { Asn1Node } from "../asn1/asn1-node";
import type { Finding } from "../finding";
import type { Segment } from "../names/suspicious-text";

/**
 * The details page as plain data: the code that draws it does not need to know X.509. It is in the reader's language.
 * Texts from inside certificates stay as they are, in segments: draw them as text, never as markup.
 */
export interface DetailsPage {
  readonly title: Text;
  readonly summary: Summary;
  /** Issuers above the certificates that they issued. Leaves of the tree are what the page is about. */
  readonly tree: readonly TreeNode[];
  /**
   * In reading order: the leaf first, then towards the root, then everything else. Empty only if nothing was found.
   */
  readonly objects: readonly DetailsObject[];
  /** What could not be read, in the order of the input. */
  readonly damage: readonly DamageNote[];
}

export type Text = readonly Segment[];

export interface Summary {
  readonly headline: Text;
  readonly verdict: Verdict;
  /** The reasons themselves, and what matters most; the most important first. */
  readonly sentences: readonly Sentence[];
  /** Of the leaf. Epoch ms; the page shows local time and UTC, and the share of the lifetime that has passed. */
  readonly validity?: { readonly notBefore: number; readonly notAfter: number };
}

/** How a sentence is drawn. `none`: there is nothing to judge, or it is not known. */
export type Tone = "good" | "attention" | "bad" | "none";

/** What the page says first, see `verdictOf` in `verdict.ts`. */
export interface Verdict {
  readonly says: Ruling;
  /** `good` only where everything was asked and nothing was found. */
  readonly tone: Tone;
  /** How many certificates it is about, if there are several that did not issue each other. */
  readonly certificates?: number;
}

export type Ruling =
  /** `since`: epoch ms. `issuer`: not the certificate itself, but a CA certificate above it. */
  | { readonly kind: "revoked"; readonly since?: number; readonly issuer?: true }
  | { readonly kind: "unreadable" | "expired" | "not-yet" }
  | { readonly kind: "counted"; readonly errors: number; readonly warnings: number }
  /** The crypto engine knows the key or the algorithm of a signature not. */
  | { readonly kind: "unchecked" }
  /** `root` is absent where the certificate is the root itself. */
  | { readonly kind: "unknown-root"; readonly root?: Text }
  | { readonly kind: "self-signed" }
  /** `asked`: when the CA's servers answered. Epoch ms. */
  | { readonly kind: "no-problems"; readonly revocation: RevocationKnowledge; readonly asked?: number }
  /** A store that only its password opens. */
  | { readonly kind: "locked" }
  /** A request, a key, a revocation list. */
  | { readonly kind: "nothing-to-judge" }
  /** Nothing was found at all: the page has nothing but its headline and sentences. */
  | { readonly kind: "nothing-found" };

/**
 * What is known of a certificate that was not revoked, as far as anybody knows. `unknown`: asked without a result.
 * `no-service`: it does not name anybody to ask. `root`: nobody is above it who could revoke it.
 */
export type RevocationKnowledge = "not-asked" | "good" | "unknown" | "no-service" | "root";

export interface Sentence {
  readonly tone: Tone;
  readonly text: Text;
}

export interface TreeNode {
  /** {@link DetailsObject.id} */
  readonly object: string;
  readonly label: Text;
  readonly children: readonly TreeNode[];
}

export interface DetailsObject {
  /** Unique within the page and the same for the same input: a certificate's SHA-256, else a number. */
  readonly id: string;
  /** "Certificate", "Root certificate", "Certificate request", … */
  readonly kind: string;
  readonly heading: Text;
  /** Where it was: "PEM block 2 (CERTIFICATE), PKCS #7". */
  readonly place: string;
  /** Present where it could not be decoded. */
  readonly damaged?: true;
  readonly findings: readonly ShownFinding[];
  readonly sections: readonly DetailsSection[];
}

/** A finding in the reader's language. */
export interface ShownFinding extends Omit<Finding, "message" | "advice"> {
  readonly message: string;
  readonly advice?: string;
}

export interface DetailsSection {
  /** Stable and unique within the object: "subject", "validity", or an extension's name or OID. */
  readonly id: string;
  readonly title: string;
  readonly rows: readonly DetailsRow[];
  /** Of an extension. */
  readonly oid?: string;
  readonly critical?: boolean;
  /** What this part of a certificate is for, one or two sentences. */
  readonly explanation?: string;
}

export interface DetailsRow {
  readonly label: string;
  /** Several are a list. Never empty. */
  readonly values: readonly Value[];
  readonly oid?: string;
  readonly explanation?: string;
  /** What a click on the row copies. */
  readonly copy: string;
}

export type Value =
  | { readonly kind: "text"; readonly text: Text }
  /** Epoch ms. */
  | { readonly kind: "time"; readonly at: number }
  /** A day without a time of day: that of `at` (epoch ms) in UTC. */
  | { readonly kind: "day"; readonly at: number }
  /** Lower- or upper-case hex without separators. */
  | { readonly kind: "hex"; readonly hex: string }
  | { readonly kind: "oid"; readonly oid: string; readonly name?: string }
  /** An address as it is in the certificate; nothing is ever fetched from it without asking. */
  | { readonly kind: "uri"; readonly text: Text }
  | { readonly kind: "image"; readonly image: Image }
  /**
   * `hex`: the bytes that the nodes describe; the first of them is at the offset of the first node. Empty where they
   * may be those of a private key.
   */
  | { readonly kind: "tree"; readonly nodes: readonly Asn1Node<string>[]; readonly hex: string }
  /** Rows of a part of a value, for instance one distribution point of several. */
  | { readonly kind: "rows"; readonly rows: readonly DetailsRow[] };

/**
 * A picture from a certificate. Only one with `safe` may be shown, and only as an image element, never as markup of
 * the page.
 */
export type Image =
  | { readonly safe: true; readonly mediaType: string; readonly base64: string; readonly description: Text }
  | { readonly safe: false; readonly mediaType: string; readonly reason: string };

export interface DamageNote {
  /** Bytes from the start of the input, or of the ZIP entry that `place` names. */
  readonly offset: number;
  readonly place: string;
  readonly message: string;
  /** Not a fault: it says what was not read or not checked. */
  readonly harmless?: true;
}
