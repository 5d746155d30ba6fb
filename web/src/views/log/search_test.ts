import { describe, expect, it } from 'vitest';
import { addressOf, filtersSet, queryOf, searchOf } from './search';

const empty = searchOf(new URLSearchParams(), 'ana');

describe('a search of the log', () => {
  it('asks for the learner and the newest where nothing else is wanted', () => {
    expect(empty).toMatchObject({ learner: 'ana', order: 'newest', search: '', starred: false });
    expect(addressOf(empty, 'ana')).toBe('#/log');
    expect(filtersSet(empty)).toBe(0);
  });

  it('stands in the address and comes back from it', () => {
    const wanted = { ...empty, learner: '', search: 'th think', lesson: 'everyday', starred: true, below: '70', from: '2026-11-01', to: '2026-11-02', order: 'worst' as const };
    const address = addressOf(wanted, 'ana');
    expect(searchOf(new URLSearchParams(address.split('?')[1]), 'ana')).toEqual(wanted);
    expect(filtersSet(wanted)).toBe(5);
  });

  it('takes nothing from an address that is no search', () => {
    const odd = searchOf(new URLSearchParams('order=random&below=abc'), 'ana');
    expect(odd).toEqual(empty);
  });

  it('counts the last day to its end', () => {
    const query = queryOf({ ...empty, from: '2026-11-01', to: '2026-11-02' });
    expect(query.to_ms! - query.from_ms!).toBe(2 * 86_400_000);
    expect(new Date(query.from_ms!).getHours()).toBe(0);
  });

  it('leaves a blank at the end, which says that the word is whole', () => {
    expect(queryOf({ ...empty, search: '  the ' }).search).toBe('the ');
  });
});
