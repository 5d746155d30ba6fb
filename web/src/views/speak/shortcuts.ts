import { useEffect } from 'preact/hooks';
import { keysOn } from '../../state/settings';

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
      if (!keysOn.value || target.closest('input, textarea, select, [contenteditable]') || !/^[a-z]$/i.test(event.key)) return;
      document.querySelector<HTMLButtonElement>(`main [data-shortcut="${event.key.toLowerCase()}"]:not(:disabled)`)?.click();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, [speak]);
}
