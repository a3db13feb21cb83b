/**
 * What share of successful traces is kept now. It is made in `lib/provider/sampling/` and handed to the recorder, which asks for every
 * local root, and tells what came of it. Traces kept for another reason than success (an error, slowness, a rule) are no matter of it.
 */

/** `site` is an object that stands for the place a local root comes from; it is held weakly. */
export interface SuccessRates {
  /** The share, 0 to 1, for a trace whose local root starts now at this site. Called for every local root: as cheap as can be. */
  at(site: object): number;
  /** A trace of this site that only success keeps is complete, with so many spans: whether the limits have room for it. Charges them if so. */
  admits(site: object, spans: number): boolean;
  /** A trace of this site in the base share is complete, kept or not: the demand that limits are measured against. */
  offered(site: object, spans: number): void;
}
