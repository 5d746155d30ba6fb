import { effect, signal, type Signal } from '@preact/signals';

function read<T>(name: string, initial: T): T {
  try {
    const text = localStorage.getItem(name);
    return text === null ? initial : (JSON.parse(text) as T);
  } catch {
    return initial;
  }
}

/** A value that outlives the page where the browser lets it. */
export function stored<T>(name: string, initial: T): Signal<T> {
  const key = `euphone.${name}`;
  const value = signal<T>(read(key, initial));
  effect(() => {
    const text = JSON.stringify(value.value);
    try {
      localStorage.setItem(key, text);
    } catch {
      /* Private windows may refuse; the value then lasts as long as the page. */
    }
  });
  return value;
}

/** Forgets all that this page has kept in the browser. */
export function forgetStored(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith('euphone.')) localStorage.removeItem(key);
  }
}
