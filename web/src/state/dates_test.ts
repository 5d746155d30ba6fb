import { expect, it } from 'vitest';
import { duration, relativeDay, startOfDate, today } from './dates';
import { readable } from './notation';

it('counts days by the clock of the device', () => {
  const late = new Date(2026, 10, 27, 23, 59);
  const early = new Date(2026, 10, 27, 0, 1);
  expect(today(late)).toBe(today(early));
  expect(today(new Date(2026, 10, 28, 0, 1))).toBe(today(late) + 1);
});

it('reads dates of a form, and nothing else', () => {
  expect(new Date(startOfDate('2026-03-01')!).getDate()).toBe(1);
  expect(startOfDate('')).toBeUndefined();
  expect(startOfDate('tomorrow')).toBeUndefined();
});

it('tells days and times in words', () => {
  expect(relativeDay(0)).toBe('today');
  expect(relativeDay(-1)).toBe('yesterday');
  expect(relativeDay(21)).toBe('in 3 weeks');
  expect(duration(20_000)).toBe('20 seconds');
  expect(duration(240_000)).toBe('4 minutes');
});

it('shows texts without the pronunciations that were given for the machine', () => {
  expect(readable('They {record|R AH0 K AO1 R D} a {record|R EH1 K ER0 D}.')).toBe('They record a record.');
  expect(readable('Plain \\{braces\\} stay.')).toBe('Plain {braces} stay.');
});
