import { language } from '../i18n';
import { w } from './words';

/** "3 min. ago". `at`: seconds since 1970; 0: never. */
export function ago(at: number, nowS = Date.now() / 1000): string {
  if (at <= 0) return w('never');
  const past = Math.max(0, nowS - at);
  const format = new Intl.RelativeTimeFormat(language.value, { numeric: 'always', style: 'short' });
  if (past < 120) return format.format(-Math.round(past), 'second');
  if (past < 7200) return format.format(-Math.round(past / 60), 'minute');
  if (past < 2 * 86_400) return format.format(-Math.round(past / 3600), 'hour');
  return format.format(-Math.round(past / 86_400), 'day');
}

export function clock(ms: number): string {
  return new Intl.DateTimeFormat(language.value, { timeStyle: 'medium' }).format(ms);
}
