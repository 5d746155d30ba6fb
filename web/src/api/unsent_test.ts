import { expect, it } from 'vitest';
import { Unsent } from './unsent';

const values = (pieces: Int16Array[] | null): number[] => (pieces ?? []).flatMap((piece) => [...piece]);

it('gives back everything from a sample on, in small pieces', () => {
  const unsent = new Unsent();
  unsent.add(Int16Array.of(0, 1, 2));
  unsent.add(Int16Array.of(3, 4, 5, 6));
  expect(values(unsent.from(2, 2))).toEqual([2, 3, 4, 5, 6]);
  expect(unsent.from(2, 2)!.every((piece) => piece.length <= 2)).toBe(true);
});

it('forgets what was acknowledged, and says so when it is asked for it', () => {
  const unsent = new Unsent();
  unsent.add(Int16Array.of(0, 1, 2));
  unsent.add(Int16Array.of(3, 4));
  unsent.acknowledged(4);
  expect(unsent.kept).toBe(2);
  expect(unsent.from(2, 10)).toBeNull();
  expect(values(unsent.from(4, 10))).toEqual([4]);
  expect(unsent.from(6, 10)).toBeNull();
});
