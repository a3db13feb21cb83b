/**
 * Traceloop as its documentation says: `initialize()`, then `@task()` on a method (`@workflow`, `@agent` and `@tool` are
 * the same function with another word). Nothing is sent, and no client library is patched.
 */
import { initialize, task } from '@traceloop/node-server-sdk';

export const neighbour = {
  title: 'traceloop',
  annotatedBy: '`@task()`',
  package: '@traceloop/node-server-sdk',
  dialects: ['legacy'],
  start() {
    const processor = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} };
    initialize({
      appName: 'peers',
      processor,
      instrumentModules: {},
      traceloopSyncEnabled: false,
      silenceInitializationMessage: true,
    });
  },
  lacks: {
    awaitsCallback: 'no option for callbacks',
    annotatedClass: 'no annotation of classes',
    readsResult: 'no function of the result',
  },
};

export const annotated = task({});

/** Its configuration may be a function of `this` and the arguments. */
export const readsArguments = task(() => {
  throw new Error('the function of the arguments failed');
});
