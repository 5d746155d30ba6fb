import { expect, it } from 'vitest';
import { link, parseRoute } from './router';

it('reads addresses and writes them', () => {
  expect(parseRoute('').parts).toEqual([]);
  expect(parseRoute('#/speak/everyday/hello').parts).toEqual(['speak', 'everyday', 'hello']);
  expect(parseRoute('#/speak?text=I%20think.').query.get('text')).toBe('I think.');
  expect(parseRoute('#/log/%zz').parts).toEqual(['log', '%zz']);
  expect(parseRoute(link('log', 'a/b c')).parts).toEqual(['log', 'a/b c']);
});
