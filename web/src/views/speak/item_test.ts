import { expect, it } from 'vitest';
import { sentencesOf } from './item';

it('finds the sentences of a text', () => {
  expect(sentencesOf(' I think so.  Do you?\n“Yes!” she said ')).toEqual(['I think so.', 'Do you?', '“Yes!”', 'she said']);
  expect(sentencesOf('no end')).toEqual(['no end']);
  expect(sentencesOf('It costs 3.50 today. Fine.')).toEqual(['It costs 3.50 today.', 'Fine.']);
  expect(sentencesOf('  ')).toEqual([]);
});
