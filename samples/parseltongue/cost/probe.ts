// Methods that do nothing, annotated like those that do something: what a call of one takes is what its annotations cost.

import { Counted, call, Timed, Traced } from 'spandrel';
import type { SourceFile } from '../tree/source-tree.js';

const language = call.arg(0, 'language');

export class Probe {
  /** As FileParser.parse: a span with attributes, a histogram and a counter around a promise. */
  @Traced({
    name: 'parseltongue.probe.full',
    attributes: { 'file.path': call.arg(0, 'path'), 'parse.language': language, 'parse.nodes.count': call.result('length') },
  })
  @Timed('parseltongue.probe.latency', { unit: 's', buckets: [0.001, 0.01, 0.1, 1], attributes: { language } })
  @Counted('parseltongue.probe.total', { attributes: { language, outcome: call.outcome() } })
  async full(file: SourceFile): Promise<string> {
    return file.path;
  }

  /** As FileParser.traverse: a span with an attribute of the result. */
  @Traced({ name: 'parseltongue.probe.span', attributes: { 'ast.symbols.count': call.result('length') } })
  span(file: SourceFile): string {
    return file.path;
  }

  /** As Dependents.of: a histogram alone. */
  @Timed('parseltongue.probe.duration', { unit: 's', buckets: [0.001, 0.01, 0.1, 1] })
  metric(file: SourceFile): string {
    return file.path;
  }
}
