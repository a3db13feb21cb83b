/**
 * The work that all subjects do, with nothing around it: what is left when telemetry is taken away.
 */
export async function start() {}

export class Point {
  constructor(x) {
    this.x = x;
    this.y = 1;
  }

  norm() {
    return this.x + this.y;
  }

  moved(by) {
    return this.x + by;
  }
}

export class Work {
  total = 0;

  sync(n) {
    return (this.total = (this.total + n) | 0);
  }

  async async(n) {
    return (this.total = (this.total + n) | 0);
  }

  metrics(n, _language) {
    return (this.total = (this.total + n) | 0);
  }

  all(n, _language) {
    return (this.total = (this.total + n) | 0);
  }

  args(n, _language, _strict) {
    return (this.total = (this.total + n) | 0);
  }

  throws(n) {
    this.total = (this.total + n) | 0;
    throw new RangeError('out of range');
  }

  deep(left) {
    return left === 0 ? (this.total = (this.total + 1) | 0) : this.deep(left - 1) + 1;
  }

  async concurrent(n, turn) {
    await turn;
    return (this.total = (this.total + n) | 0);
  }

  *generator(steps) {
    for (let at = 0; at < steps; at += 1) yield (this.total = (this.total + at) | 0);
  }

  made(n) {
    return new Point(n);
  }
}
