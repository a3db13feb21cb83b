/**
 * The same work, annotated. Written once, compiled in each dialect.
 */
import { Counted, call, Timed, Traced } from '../lib/index.js';

export { start } from '../spandrel.mjs';

export class Point {
  constructor(x) {
    this.x = x;
    this.y = 1;
  }

  @Traced()
  norm() {
    return this.x + this.y;
  }

  @Traced()
  moved(by) {
    return this.x + by;
  }
}

export class Work {
  total = 0;

  @Traced()
  sync(n) {
    return (this.total = (this.total + n) | 0);
  }

  @Traced()
  async async(n) {
    return (this.total = (this.total + n) | 0);
  }

  @Counted('work.calls', { attributes: { language: call.arg(1) } })
  @Timed('work.duration', { attributes: { language: call.arg(1) } })
  metrics(n, _language) {
    return (this.total = (this.total + n) | 0);
  }

  @Traced()
  @Counted('work.calls', { attributes: { language: call.arg(1) } })
  @Timed('work.duration', { attributes: { language: call.arg(1) } })
  all(n, _language) {
    return (this.total = (this.total + n) | 0);
  }

  @Traced({ attributes: { n: call.arg(0), language: call.arg(1), strict: call.arg(2) } })
  args(n, _language, _strict) {
    return (this.total = (this.total + n) | 0);
  }

  @Traced()
  throws(n) {
    this.total = (this.total + n) | 0;
    throw new RangeError('out of range');
  }

  @Traced()
  deep(left) {
    return left === 0 ? (this.total = (this.total + 1) | 0) : this.deep(left - 1) + 1;
  }

  @Traced()
  async concurrent(n, turn) {
    await turn;
    return (this.total = (this.total + n) | 0);
  }

  @Traced()
  *generator(steps) {
    for (let at = 0; at < steps; at += 1) yield (this.total = (this.total + at) | 0);
  }

  made(n) {
    return new Point(n);
  }
}
