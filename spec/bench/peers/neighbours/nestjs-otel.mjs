/**
 * nestjs-otel as its README says: `@Span()` on a method, `@Traceable()` on a class, attributes by a function of the
 * arguments, and by `onResult`.
 */
import { Span, Traceable } from 'nestjs-otel';
import { plainProvider } from './plain-provider.mjs';

export const neighbour = {
  title: 'nestjs-otel',
  annotatedBy: '`@Span()`, `@Traceable()`',
  package: 'nestjs-otel',
  dialects: ['legacy'],
  start: plainProvider,
  lacks: { awaitsCallback: 'no option for callbacks' },
};

export const annotated = Span();

export const annotatedClass = Traceable();

export const readsArguments = Span(() => {
  throw new Error('the function of the arguments failed');
});

export const readsResult = Span({
  onResult() {
    throw new Error('the function of the result failed');
  },
});
