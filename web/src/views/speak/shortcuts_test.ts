import { expect, it } from 'vitest';
import { letterOf } from './shortcuts';

it('takes the letter that a key writes, whatever its place', () => {
  expect(letterOf({ key: 'z', code: 'KeyY' })).toBe('z');
  expect(letterOf({ key: 'H', code: 'KeyH' })).toBe('h');
});

it('takes the place of a key that writes no Latin letters', () => {
  expect(letterOf({ key: 'ㅗ', code: 'KeyH' })).toBe('h');
  expect(letterOf({ key: 'ч', code: 'KeyX' })).toBe('x');
});

it('takes no other key for a letter', () => {
  for (const [key, code] of [['ö', 'Semicolon'], ['ß', 'Minus'], ['Enter', 'Enter'], ['1', 'Digit1'], ['é', 'Digit2'], ['ㅔ', 'BracketLeft']] as const) {
    expect(letterOf({ key, code })).toBe('');
  }
});
