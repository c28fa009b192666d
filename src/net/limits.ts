/** Limits of a call. */
export interface TransportLimits {
  /** ms until the headers of the answer arrive: resolving, proxy, connection and TLS included. */
  readonly headersTimeout: number;
  /** ms between two pieces of the body. */
  readonly idleTimeout: number;
  /** ms for the whole call. */
  readonly totalTimeout: number;
  /** Bytes of the body, counted after decompression, so that a small answer cannot become a large one. */
  readonly bodyBytes: number;
}

/**
 * The CA's answers have up to about 100 kB (mark certificates contain pictures), and the slowest seen take seconds.
 * The times are generous, because the CA also counts calls whose answer was given up on.
 */
export const LIMITS: TransportLimits = {
  headersTimeout: 60_000,
  idleTimeout: 30_000,
  totalTimeout: 120_000,
  bodyBytes: 4 * 1024 * 1024,
};
