/**
 * openinference as its README says: `@observe()` in the standard dialect, `processInput` and `processOutput` for
 * attributes. `@observe` is `withSpan` around the method, so what is seen holds for both.
 */
import { observe } from '@arizeai/openinference-core';
import { plainProvider } from './plain-provider.mjs';

export const neighbour = {
  title: 'openinference',
  annotatedBy: '`@observe()`',
  package: '@arizeai/openinference-core',
  dialects: ['standard'],
  start: plainProvider,
  lacks: { awaitsCallback: 'no option for callbacks', annotatedClass: 'no annotation of classes' },
};

export const annotated = observe();

export const readsArguments = observe({
  processInput() {
    throw new Error('the function of the arguments failed');
  },
});

export const readsResult = observe({
  processOutput() {
    throw new Error('the function of the result failed');
  },
});
