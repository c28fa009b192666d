import type { Mask, SecretMask } from "../../api/masking";
import { pause } from "../../certificates/pause";

/** Secrets that are added to the mask before other waiting work may run: a list of orders brings a code for each. */
const SLICE = 500;

/** A text from elsewhere, with what is done to it once it is masked. */
export type Foreign = string | { readonly text: string; readonly finish?: (masked: string) => string };

/**
 * The secrets that this window has handled: typed, read from the keyring or sent. The mask is loaded with the first
 * text.
 */
export class KnownSecrets {
  private readonly secrets = new Set<string>();
  /** Secrets that the mask does not have yet. */
  private fresh: string[] = [];
  private masks: SecretMask | undefined;

  readonly add = (secret: string): void => {
    if (this.secrets.has(secret)) return;
    this.secrets.add(secret);
    this.fresh.push(secret);
  };

  /** For the reading thread, which has its own mask. */
  get all(): readonly string[] {
    return [...this.secrets];
  }

  /** A mask for what a server says about one order. */
  async maskOfOthers(): Promise<Mask> {
    const [masks, { maskOfOthers }] = await Promise.all([this.load(), import("../../api/masking")]);
    return maskOfOthers(masks);
  }

  /**
   * A line of the log.
   * @param own our own words, which everybody knows: masking a part of them would reveal the secret
   * @param foreign text from libraries, servers and files, unchanged: a secret that was cut or changed on the way is
   *   not found
   */
  async line(own: string, ...foreign: readonly Foreign[]): Promise<string> {
    const [masks, { withoutData }] = await Promise.all([this.load(), import("../../api/masking")]);
    const masked = foreign
      .map((each) => (typeof each === "string" ? { text: each } : each))
      .filter(({ text }) => text !== "")
      .map(({ text, finish }) => {
        const shown = withoutData(masks.mask(text, "apart"));
        return finish === undefined ? shown : finish(shown);
      });
    return [masks.mask(own, "nowhere"), ...masked].join(" ");
  }

  /** The mask, with all secrets that were added before it was loaded. */
  private async load(): Promise<SecretMask> {
    const { SecretMask } = await import("../../api/masking");
    const masks = (this.masks ??= new SecretMask());
    while (this.fresh.length > 0) {
      for (const secret of this.fresh.splice(0, SLICE)) masks.add(secret);
      if (this.fresh.length > 0) await pause();
    }
    return masks;
  }
}
