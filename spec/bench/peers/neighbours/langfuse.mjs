/**
 * Langfuse has `observe(fn)`, and no decorator. The decorator here is only the place where it is called: what takes the
 * method's place is what `observe` gives. For what outlasts the call its README has `endOnExit: false`, and the user's
 * own code ends the span; `endsByHand` is a subject's stand-in for that code.
 */
import { observe } from '@langfuse/tracing';
import { trace } from '@opentelemetry/api';
import { plainProvider } from './plain-provider.mjs';

const onlyFunctions = 'wraps functions, no decorator';

export const neighbour = {
  title: 'langfuse',
  annotatedBy: '`observe(fn)`',
  package: '@langfuse/tracing',
  dialects: ['legacy'],
  start: plainProvider,
  lacks: {
    awaitsCallback: 'no option for callbacks',
    annotatedClass: onlyFunctions,
    readsArguments: 'no function of the arguments',
    readsResult: 'no function of the result',
    declarations: onlyFunctions,
  },
  /** How the user's own code can end the span. */
  endsByHand: 'by hand with `endOnExit: false`',
  /** An error is told in an attribute of its own. */
  marksErrors: ({ attributes }) => attributes['langfuse.observation.level'] === 'ERROR',
};

export function annotated(_target, key, descriptor) {
  return { ...descriptor, value: observe(descriptor.value, { name: String(key) }) };
}

/** A function that is given the end of its own span, and is to call it when its work is over. */
export const endsByHand = (make) =>
  observe(
    () => {
      const span = trace.getActiveSpan();
      return make(() => span.end());
    },
    { name: 'give', endOnExit: false },
  );
