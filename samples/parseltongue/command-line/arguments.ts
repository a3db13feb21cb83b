// What the command line may say, and the help that explains it.

import { parseArgs, types } from 'node:util';
import { SOURCE_EXTENSIONS } from '../tree/language.js';

export interface Arguments {
  /** Undefined for the tree that comes with the clone. */
  readonly path: string | undefined;
  readonly answers: string | undefined;
  readonly otlp: string | undefined;
  /** The share of sessions without a failure whose spans are kept; undefined for the usual one. */
  readonly keep: number | undefined;
  readonly attributes: boolean;
  readonly traces: number;
  readonly maxFileBytes: number | undefined;
  readonly help: boolean;
}

export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

export const HELP = `parseltongue analyses a source tree and shows the telemetry of doing so.

  npm start                     analyse a tree that is in the clone: node_modules/@babel
  npm start -- PATH             analyse the directory or file at PATH
  npm start -- PATH --otlp URL  send the telemetry to an OTLP receiver (http/json) and do not draw it;
                                so does OTEL_EXPORTER_OTLP_ENDPOINT in the environment

  --keep SHARE         keep the spans of all sessions in which something failed, and of this share of the
                       others, 0 to 1 (default 0.1 where they are sent away, 1 where they are drawn);
                       metrics count all of them
  --traces N           draw the N slowest traces (default 3)
  --attributes         draw the attributes of each span
  --answers FILE       judge the answers in FILE against the tree; a JSON file of the form
                       { "answers": [{ "question": "…", "answer": "… \`name\` …" }] }
  --max-file-bytes N   count larger files as too large (default 16 MiB)
  --help               show this

Source files end in ${[...SOURCE_EXTENSIONS.keys()].join(' ')}

It ends with
    0  when everything was analysed; a file with syntax errors is analysed as far as it goes
    1  when a file or directory could not be analysed: unreadable, too large, binary, nested too deeply
    2  when it was told something it cannot do, such as to analyse a path that is not there
  130  when it was interrupted; 143 when it was told to terminate
`;

export function readArguments(given: readonly string[]): Arguments {
  const { values, positionals } = parsed(given);
  if (positionals.length > 1) throw new WrongUsage(`one tree at a time: ${positionals.length} paths were given`);
  if (positionals[0] === '') throw new WrongUsage('the path is empty');
  return {
    path: positionals[0],
    answers: values.answers,
    otlp: values.otlp,
    keep: share('--keep', values.keep),
    attributes: values.attributes ?? false,
    traces: wholeNumber('--traces', values.traces) ?? 3,
    maxFileBytes: wholeNumber('--max-file-bytes', values['max-file-bytes']),
    help: values.help ?? false,
  };
}

function parsed(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        answers: { type: 'string' },
        otlp: { type: 'string' },
        keep: { type: 'string' },
        attributes: { type: 'boolean' },
        traces: { type: 'string' },
        'max-file-bytes': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    const reason = types.isNativeError(cause) ? cause.message.split('. ')[0] : String(cause);
    throw new WrongUsage(`${reason}; --help shows what can be said`, { cause });
  }
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new WrongUsage(`${option} takes a whole number from 1 up, not ${JSON.stringify(text)}`);
  return Number(text);
}

function share(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const given = Number(text);
  if (!/^[\d.]+$/.test(text) || !(given <= 1)) throw new WrongUsage(`${option} takes a number from 0 to 1, not ${JSON.stringify(text)}`);
  return given;
}
