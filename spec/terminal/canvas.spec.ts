/** How wide to draw, and whether in colour: the user's word, the terminal, the environment, in this order. */
import { canvasFor } from '../../lib/terminal/canvas.js';

const terminal = { isTTY: true, columns: 132 };
const pipe = {};

describe('width', () => {
  const widthFor = (...given: Parameters<typeof canvasFor>): number => canvasFor(...given).width;

  it('is what is wanted, else the terminal, else COLUMNS, else 100', () => {
    expect(widthFor(terminal, { COLUMNS: '90' }, { width: 70 })).toBe(70);
    expect(widthFor(terminal, { COLUMNS: '90' })).toBe(132);
    expect(widthFor(pipe, { COLUMNS: '90' })).toBe(90);
    expect(widthFor(pipe, {})).toBe(100);
  });

  it('does not take the columns of a stream that is no terminal', () => {
    expect(widthFor({ isTTY: false, columns: 132 }, {})).toBe(100);
  });

  it.each(['', '0', '-5', 'wide', 'NaN', 'Infinity', '1e9'])('does not believe COLUMNS=%j', (columns) => {
    expect(widthFor(pipe, { COLUMNS: columns })).toBe(100);
  });

  it('passes over a terminal of no columns and a width that is none', () => {
    expect(widthFor({ isTTY: true, columns: 0 }, { COLUMNS: '90' })).toBe(90);
    expect(widthFor(terminal, {}, { width: Number.NaN })).toBe(132);
  });

  it('is whole, and at least 40', () => {
    expect(widthFor(pipe, {}, { width: 12 })).toBe(40);
    expect(widthFor(pipe, {}, { width: 80.9 })).toBe(80);
    expect(widthFor({ isTTY: true, columns: 20 }, {})).toBe(40);
  });
});

describe('colour', () => {
  const colourFor = (...given: Parameters<typeof canvasFor>): boolean => canvasFor(...given).colour;

  it('is on in a terminal and off in a pipe', () => {
    expect(colourFor(terminal, {})).toBe(true);
    expect(colourFor(pipe, {})).toBe(false);
  });

  it('is off with any NO_COLOR that is not empty', () => {
    expect(colourFor(terminal, { NO_COLOR: '0' })).toBe(false);
    expect(colourFor(terminal, { NO_COLOR: '' })).toBe(true);
    expect(colourFor(terminal, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
  });

  it('is what FORCE_COLOR says', () => {
    expect(colourFor(pipe, { FORCE_COLOR: '1' })).toBe(true);
    expect(colourFor(pipe, { FORCE_COLOR: 'true', TERM: 'dumb' })).toBe(true);
    expect(colourFor(pipe, { FORCE_COLOR: '' })).toBe(false);
    expect(colourFor(terminal, { FORCE_COLOR: '' })).toBe(true);
    expect(colourFor(terminal, { FORCE_COLOR: '0' })).toBe(false);
    expect(colourFor(terminal, { FORCE_COLOR: 'false' })).toBe(false);
  });

  it('is off in a dumb terminal', () => {
    expect(colourFor(terminal, { TERM: 'dumb' })).toBe(false);
    expect(colourFor(terminal, { TERM: 'xterm' })).toBe(true);
  });

  it('is what is wanted before all', () => {
    expect(colourFor(pipe, { NO_COLOR: '1' }, { colour: true })).toBe(true);
    expect(colourFor(terminal, { FORCE_COLOR: '1' }, { colour: false })).toBe(false);
  });
});
