import { useEffect } from 'preact/hooks';
import { keysOn } from '../../state/settings';

/**
 * The letter that a key stands for: the one written on it where it writes Latin ones, whatever its place (German, French); else, where it writes
 * Hangul or Cyrillic, the one in its place on a Latin keyboard. Empty: it is no letter.
 */
export function letterOf({ key, code }: { key: string; code: string }): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const latin = key.length !== 1 || key.charCodeAt(0) < 0x250;
  return latin ? '' : (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? '');
}

const takesKeys = 'input, textarea, select, button, a, summary, [role=application], [contenteditable]';

/**
 * The space bar presses the big button, letters press what carries them as `data-shortcut`. Neither does so while a control has the focus
 * that takes the key itself, and letters can be switched off.
 */
export function useShortcuts(speak: () => void): void {
  useEffect(() => {
    const key = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const target = event.target as Element;
      if (event.key === ' ' && !target.closest(takesKeys)) {
        event.preventDefault();
        speak();
        return;
      }
      const letter = letterOf(event);
      if (!keysOn.value || !letter || target.closest('input, textarea, select, [contenteditable]')) return;
      document.querySelector<HTMLButtonElement>(`main [data-shortcut="${letter}"]:not(:disabled)`)?.click();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, [speak]);
}
