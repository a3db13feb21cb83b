/**
 * The same work with openinference's `@observe()`: standard decorators. It writes arguments and result as JSON into
 * attributes unless told otherwise; that is taken off wherever the column does not ask for it.
 */
import { observe } from '@arizeai/openinference-core';

export { startSdk as start } from '../sdk.mjs';

const nothing = () => ({});
const plain = { processInput: nothing, processOutput: nothing };

export class Point {
  constructor(x) {
    this.x = x;
    this.y = 1;
  }

  @observe(plain)
  norm() {
    return this.x + this.y;
  }

  @observe(plain)
  moved(by) {
    return this.x + by;
  }
}

export class Work {
  total = 0;

  @observe(plain)
  sync(n) {
    return (this.total = (this.total + n) | 0);
  }

  @observe(plain)
  async async(n) {
    return (this.total = (this.total + n) | 0);
  }

  @observe({ ...plain, processInput: (n, language, strict) => ({ n, language, strict }) })
  args(n, _language, _strict) {
    return (this.total = (this.total + n) | 0);
  }

  @observe(plain)
  throws(n) {
    this.total = (this.total + n) | 0;
    throw new RangeError('out of range');
  }

  @observe(plain)
  deep(left) {
    return left === 0 ? (this.total = (this.total + 1) | 0) : this.deep(left - 1) + 1;
  }

  @observe(plain)
  async concurrent(n, turn) {
    await turn;
    return (this.total = (this.total + n) | 0);
  }

  made(n) {
    return new Point(n);
  }
}
