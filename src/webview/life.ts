/** How much of a certificate's lifetime has passed: a fraction from 0 to 1. */
export interface Life {
  readonly phase: "not-begun" | "running" | "over";
  readonly share: number;
}

/** @param now epoch ms, like both limits, which are part of the lifetime (RFC 5280 section 4.1.2.5) */
export function lifeAt({ notBefore, notAfter }: { notBefore: number; notAfter: number }, now: number): Life {
  if (now > notAfter) return { phase: "over", share: 1 };
  if (now < notBefore) return { phase: "not-begun", share: 0 };
  return { phase: "running", share: notAfter > notBefore ? (now - notBefore) / (notAfter - notBefore) : 1 };
}
