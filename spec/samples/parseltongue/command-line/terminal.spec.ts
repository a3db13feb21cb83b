// The progress line: drawn over itself on a terminal and gone before anything else is written, a few lines in a pipe.

import { Progress } from '../../../../samples/parseltongue/command-line/progress.js';
import { Terminal } from '../../../../samples/parseltongue/command-line/terminal.js';

function screen(
  isTTY: boolean,
  columns = 40,
): { isTTY: boolean; columns: number; text: string; write(text: string): void } {
  return {
    isTTY,
    columns,
    text: '',
    write(text) {
      this.text += text;
    },
  };
}

test('on a terminal the line gives way to what is written', () => {
  const both = screen(true);
  const terminal = new Terminal(both, both);
  terminal.progress(1, 2, () => 'half');
  terminal.write('found\n');
  terminal.progress(2, 2, () => 'all');
  terminal.clear();
  terminal.clear();
  expect(both.text).toBe('\r\u001b[Khalf\r\u001b[Kfound\n\r\u001b[Kall\r\u001b[K');
});

test('on a terminal the line is not drawn for every file, and never wider than the terminal', () => {
  const status = screen(true, 10);
  const terminal = new Terminal(screen(true), status);
  for (let done = 1; done <= 1_000; done++) terminal.progress(done, 2_000, () => 'a line that is too long');
  expect(status.text).toBe('\r\u001b[Ka line th');
});

test('in a pipe there are a few plain lines', () => {
  const status = screen(false);
  const terminal = new Terminal(screen(false), status);
  for (let done = 1; done <= 10; done++) terminal.progress(done, 10, () => `${done} of 10`);
  terminal.write('x');
  expect(status.text).toBe('3 of 10\n5 of 10\n8 of 10\n10 of 10\n');
});

test('the line says files, rate, time left and project', () => {
  const line = new Progress().describe({ done: 500, total: 2_000, project: '@x/y' });
  expect(line).toMatch(/^ {2}500 of 2,000 files {2}25 % {3} *[\d,]+ files\/s {3}(almost done|\d+ s left) +@x\/y$/);
  expect(new Progress().describe({ done: 2, total: 2, project: 'p' })).toMatch(
    /^2 of 2 files 100 % {3}.* files\/s {3}in 0\.0 s +p$/,
  );
});
