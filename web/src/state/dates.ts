import { language } from '../i18n';

export const dayMs = 86_400_000;

/** Days since 1970 by this device's clock. */
export function today(now = new Date()): number {
  return Math.floor((now.getTime() - now.getTimezoneOffset() * 60_000) / dayMs);
}

/** Date and time of a moment. */
export function moment(ms: number): string {
  return new Intl.DateTimeFormat(language.value, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

/** "3 days ago", "today", "in 2 weeks". */
export function relativeDay(days: number): string {
  const format = new Intl.RelativeTimeFormat(language.value, { numeric: 'auto' });
  return Math.abs(days) < 14 ? format.format(days, 'day') : format.format(Math.round(days / 7), 'week');
}

/** Day and month only, for axes. */
export function shortDay(day: number): string {
  return new Intl.DateTimeFormat(language.value, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(day * dayMs);
}

/** First moment of a day that a date field names ("2026-11-27"), by this device's clock. */
export function startOfDate(date: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  return parts ? new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])).getTime() : undefined;
}

export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const unit = minutes >= 1 ? 'minute' : 'second';
  return new Intl.NumberFormat(language.value, { style: 'unit', unit, unitDisplay: 'long' }).format(
    unit === 'minute' ? minutes : Math.round(ms / 1000),
  );
}
