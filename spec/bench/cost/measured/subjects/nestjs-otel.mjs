/**
 * The same work with nestjs-otel's `@Span()`: legacy decorators.
 */
import 'reflect-metadata';
import { Span } from 'nestjs-otel';

export { startSdk as start } from '../sdk.mjs';

export class Point {
  constructor(x) {
    this.x = x;
    this.y = 1;
  }

  @Span()
  norm() {
    return this.x + this.y;
  }

  @Span()
  moved(by) {
    return this.x + by;
  }
}

export class Work {
  total = 0;

  @Span()
  sync(n) {
    return (this.total = (this.total + n) | 0);
  }

  @Span()
  async async(n) {
    return (this.total = (this.total + n) | 0);
  }

  @Span((n, language, strict) => ({ attributes: { n, language, strict } }))
  args(n, _language, _strict) {
    return (this.total = (this.total + n) | 0);
  }

  @Span()
  throws(n) {
    this.total = (this.total + n) | 0;
    throw new RangeError('out of range');
  }

  @Span()
  deep(left) {
    return left === 0 ? (this.total = (this.total + 1) | 0) : this.deep(left - 1) + 1;
  }

  @Span()
  async concurrent(n, turn) {
    await turn;
    return (this.total = (this.total + n) | 0);
  }

  made(n) {
    return new Point(n);
  }
}
