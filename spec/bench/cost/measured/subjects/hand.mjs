/**
 * The same work with OpenTelemetry written by hand, as its documentation shows it.
 */
import { context, metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import { startSdk } from '../sdk.mjs';

export const start = startSdk;

const tracer = trace.getTracer('bench');

function failed(span, error) {
  span.recordException(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
}

export class Work {
  total = 0;
  // The API has no stand-in for meters: before the start they are asked for in vain.
  #meter = metrics.getMeter('bench');
  #calls = this.#meter.createCounter('work.calls');
  #duration = this.#meter.createHistogram('work.duration', { unit: 's' });

  sync(n) {
    return tracer.startActiveSpan('Work.sync', (span) => {
      try {
        return (this.total = (this.total + n) | 0);
      } catch (error) {
        failed(span, error);
        throw error;
      } finally {
        span.end();
      }
    });
  }

  async(n) {
    return tracer.startActiveSpan('Work.async', async (span) => {
      try {
        return (this.total = (this.total + n) | 0);
      } catch (error) {
        failed(span, error);
        throw error;
      } finally {
        span.end();
      }
    });
  }

  metrics(n, language) {
    const began = performance.now();
    let type;
    try {
      return (this.total = (this.total + n) | 0);
    } catch (error) {
      type = error.name;
      throw error;
    } finally {
      const attributes = type === undefined ? { language } : { language, 'error.type': type };
      this.#calls.add(1, attributes);
      this.#duration.record((performance.now() - began) / 1000, attributes);
    }
  }

  all(n, language) {
    return tracer.startActiveSpan('Work.all', (span) => {
      const began = performance.now();
      let type;
      try {
        return (this.total = (this.total + n) | 0);
      } catch (error) {
        type = error.name;
        failed(span, error);
        throw error;
      } finally {
        const attributes = type === undefined ? { language } : { language, 'error.type': type };
        this.#calls.add(1, attributes);
        this.#duration.record((performance.now() - began) / 1000, attributes);
        span.end();
      }
    });
  }

  args(n, language, strict) {
    return tracer.startActiveSpan('Work.args', { attributes: { n, language, strict } }, (span) => {
      try {
        return (this.total = (this.total + n) | 0);
      } catch (error) {
        failed(span, error);
        throw error;
      } finally {
        span.end();
      }
    });
  }

  throws(n) {
    return tracer.startActiveSpan('Work.throws', (span) => {
      try {
        this.total = (this.total + n) | 0;
        throw new RangeError('out of range');
      } catch (error) {
        failed(span, error);
        throw error;
      } finally {
        span.end();
      }
    });
  }

  deep(left) {
    return tracer.startActiveSpan('Work.deep', (span) => {
      try {
        return left === 0 ? (this.total = (this.total + 1) | 0) : this.deep(left - 1) + 1;
      } catch (error) {
        failed(span, error);
        throw error;
      } finally {
        span.end();
      }
    });
  }

  concurrent(n, turn) {
    return tracer.startActiveSpan('Work.concurrent', async (span) => {
      try {
        await turn;
        return (this.total = (this.total + n) | 0);
      } catch (error) {
        failed(span, error);
        throw error;
      } finally {
        span.end();
      }
    });
  }

  /** Each step runs in the span's context: `yield` cannot stand inside `context.with`. */
  *generator(steps) {
    const span = tracer.startSpan('Work.generator');
    const within = trace.setSpan(context.active(), span);
    const inner = this.#steps(steps);
    try {
      while (true) {
        const { done, value } = context.with(within, () => inner.next());
        if (done) return value;
        yield value;
      }
    } catch (error) {
      failed(span, error);
      throw error;
    } finally {
      span.end();
    }
  }

  *#steps(steps) {
    for (let at = 0; at < steps; at += 1) yield (this.total = (this.total + at) | 0);
  }
}
