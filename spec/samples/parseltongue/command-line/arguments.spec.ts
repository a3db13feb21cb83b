// What the command line takes, and what it refuses in a sentence.

import { HELP, readArguments, WrongUsage } from '../../../../samples/parseltongue/command-line/arguments.js';

test('a path and every option are read', () => {
  const given = [
    'lib',
    '--answers',
    'a.json',
    '--otlp',
    'http://x',
    '--keep',
    '0.25',
    '--attributes',
    '--traces',
    '5',
    '--max-file-bytes',
    '1000',
  ];
  expect(readArguments(given)).toEqual({
    path: 'lib',
    answers: 'a.json',
    otlp: 'http://x',
    keep: 0.25,
    attributes: true,
    traces: 5,
    maxFileBytes: 1000,
    help: false,
  });
});

test('nothing need be said', () => {
  expect(readArguments([])).toMatchObject({ path: undefined, traces: 3, attributes: false, maxFileBytes: undefined });
});

test.each([
  [['a', 'b'], 'one tree at a time: 2 paths were given'],
  [[''], 'the path is empty'],
  [['--nonsense'], "Unknown option '--nonsense'; --help shows what can be said"],
  [['--traces', 'many'], '--traces takes a whole number from 1 up, not "many"'],
  [['--keep', '10%'], '--keep takes a number from 0 to 1, not "10%"'],
  [['--keep', '1.5'], '--keep takes a number from 0 to 1, not "1.5"'],
  [['--max-file-bytes', '0'], '--max-file-bytes takes a whole number from 1 up, not "0"'],
])('%j is refused', (given, message) => {
  expect(() => readArguments(given)).toThrow(WrongUsage);
  expect(() => readArguments(given)).toThrow(message);
});

test('the help names every option and every exit code', () => {
  for (const word of [
    '--answers',
    '--otlp',
    '--keep',
    '--attributes',
    '--traces',
    '--max-file-bytes',
    '.ts',
    ' 0 ',
    ' 1 ',
    ' 2 ',
    '130',
    '143',
  ]) {
    expect(HELP).toContain(word);
  }
});
