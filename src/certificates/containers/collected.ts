import { amount, phrase, type Phrase } from "../../words/phrase";
import type {
  Contents,
  Damage,
  DamageCode,
  Format,
  FoundItem,
  FoundObject,
  FoundPrivateKey,
  FoundUnreadable,
  UnwrapStep,
} from "./contents";
import { type OtherForm, otherFormText } from "./other-forms";
import type { SourcePlace } from "./place";
import { withoutKey } from "./public-parts";

/** Objects of one input; Debian's bundle of all roots has 142. */
const MAX_OBJECTS = 10_000;
/** Damage that is listed; the rest is left out. Each place is looked up in the text, so this bounds the work. */
const MAX_DAMAGE = 100;

/** A private key as it is in a file. Code that receives it must not show it. */
export interface PrivateKeyMaterial {
  /** The key as it is there: an encoding, the body of a PEM block, or something that contains one of them. */
  readonly bytes: Buffer;
  /** Of the PEM block around it (RFC 1421 section 4.4). */
  readonly headers: ReadonlyMap<string, string>;
  readonly found: FoundPrivateKey | FoundObject;
}

/** Receives the keys that are found, for code that opens one. Readers for the page do not have it. */
export type KeySink = (key: PrivateKeyMaterial) => void;

const NO_HEADERS: ReadonlyMap<string, string> = new Map();

/** What was read from one input so far. */
export class Collected {
  private readonly objects: (FoundObject | FoundPrivateKey | FoundUnreadable)[] = [];
  private readonly damage: Damage[] = [];
  private format: Format | undefined;
  /** The first object beyond the limit. */
  private overflow: FoundItem | undefined;

  constructor(private readonly keys?: KeySink) {}

  contents(): Contents {
    const { format, objects, damage, overflow } = this;
    if (overflow !== undefined) {
      const message = phrase("There are more than {0} objects; the rest is left out", amount(MAX_OBJECTS));
      damage.push({ code: "too-many", offset: overflow.offset, message, path: overflow.path });
    }
    return format === undefined ? { objects, damage } : { format, objects, damage };
  }

  /** Objects and places of damage so far. */
  get size(): number {
    return this.objects.length + this.damage.length;
  }

  /** Records the container of the input, unless it is already known. */
  isIn(format: Format): void {
    this.format ??= format;
  }

  /** A step into a container. */
  enter(place: SourcePlace, step: UnwrapStep): SourcePlace {
    this.isIn(step.format);
    return { ...place, path: [...place.path, step] };
  }

  /** @param byte where, in what is read at `place` */
  report(code: DamageCode, byte: number, message: Phrase, place: SourcePlace): void {
    const { damage } = this;
    if (damage.length < MAX_DAMAGE) damage.push({ code, offset: place.locate(byte), message, path: place.path });
  }

  /**
   * Reports a form that is not read. One that cannot contain certificates is not reported if there are other objects.
   */
  name(form: OtherForm, byte: number, place: SourcePlace): void {
    const isBeside = !form.mayHold && place.path.some(({ format }) => format === "zip" || format === "mail");
    this.report(isBeside ? "other-file" : "other-form", byte, otherFormText(form), place);
  }

  /**
   * @param material of a private key, or of something that may turn out to contain one
   * @param headers of the PEM block around it
   */
  add(found: FoundObject | FoundPrivateKey | FoundUnreadable, material?: Buffer, headers = NO_HEADERS): void {
    const object = withoutKey(found);
    if (this.objects.length >= MAX_OBJECTS) {
      this.overflow ??= object;
      return;
    }
    this.objects.push(object);
    if (this.keys === undefined || (object.kind !== "privateKey" && object.kind !== "pfx")) return;
    const bytes = material ?? (found.kind === "unreadable" ? found.bytes : "der" in found ? found.der : undefined);
    if (bytes !== undefined) this.keys({ bytes: Buffer.from(bytes), headers, found: object });
  }
}
