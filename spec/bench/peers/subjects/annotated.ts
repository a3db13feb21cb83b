/**
 * What the subjects are annotated with. This file only tells the types: when the subjects are built for a package, its
 * module in `../neighbours` takes this one's place.
 */

/** A decorator of either dialect; what it returns is between it and the compiler. */
type Annotation = (...given: unknown[]) => undefined;

/** Makes a span of each call, with the package's defaults. */
export declare const annotated: Annotation;
/** Ends with the callback in the last argument. */
export declare const awaitsCallback: Annotation;
/** Takes an attribute from the arguments, with a function of the user's that throws. */
export declare const readsArguments: Annotation;
/** Takes an attribute from the result, with a function of the user's that throws. */
export declare const readsResult: Annotation;
/** Stands on a class, and makes a span of each call of its methods. */
export declare const annotatedClass: Annotation;
