/** The place of an error: the first line of its stack in the user's own code. */
import { placeOf } from '../../lib/terminal/place.js';

describe('placeOf', () => {
  it.each([
    ['a function', '    at parse (/home/me/shop/lib/parsing/parser.ts:42:11)', '…/lib/parsing/parser.ts:42:11'],
    ['a URL', '    at async file:///home/me/shop/lib/parser.ts:42:11', '…/shop/lib/parser.ts:42:11'],
    ['a name with spaces', 'at Object.<anonymous> (/home/me/my shop/a b.ts:1:2)', '…/me/my shop/a b.ts:1:2'],
    ['Windows', '    at parse (C:\\Users\\me\\shop\\parser.ts:42:11)', '…/me/shop/parser.ts:42:11'],
    ['a short path', '    at parse (lib/parser.ts:42:11)', 'lib/parser.ts:42:11'],
    ['other engines', 'parse@/home/me/shop/parser.js:42:11', '…/me/shop/parser.js:42:11'],
    ['brackets in a path', 'at page (/home/me/app/(shop)/page.ts:1:2)', '…/app/(shop)/page.ts:1:2'],
    ['evaluated text', 'at eval (eval at f (/home/me/shop/f.ts:1:2), <anonymous>:3:4)', undefined],
  ])('reads %s', (_what, line, place) => {
    expect(placeOf(`Error: no\n${line}`)).toBe(place);
  });

  const node = '    at node:internal/modules/run_main:81:12';
  const dependency = '    at pg (/home/me/shop/node_modules/pg/lib/client.js:526:17)';
  const own = '    at save (/home/me/shop/lib/store.ts:7:3)';

  it('passes over Node and, where it can, over packages', () => {
    expect(placeOf(['Error: no', node, dependency, own].join('\n'))).toBe('…/shop/lib/store.ts:7:3');
    expect(placeOf(['Error: no', node, dependency].join('\n'))).toBe('…/pg/lib/client.js:526:17');
    expect(placeOf(['Error: no', node].join('\n'))).toBeUndefined();
  });

  it('is not taken in by a message that looks like a stack', () => {
    expect(placeOf('Error: mail me@home.org:1:2 or not\n    at <anonymous>:1:2\n    at f (native)')).toBeUndefined();
  });

  it.each([undefined, null, 42, '', 'Error', 'Error: no\n    at'])('has nothing to say of %j', (stack) => {
    expect(placeOf(stack)).toBeUndefined();
  });

  it('reads no more than its bounds', () => {
    expect(placeOf(`Error\n${'    at x (native)\n'.repeat(200)}${own}`)).toBeUndefined();
    expect(placeOf(`Error\n    at ${'('.repeat(100_000)}`)).toBeUndefined();
  });
});
