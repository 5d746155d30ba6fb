import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/request';

export interface Polled<T> {
  value: T | null;
  /** Why the last try gave nothing; `value` is then what was there before. */
  failure: Error | null;
  reload: () => void;
}

/** Whether the hub answers. */
export const hubAway = signal(false);

/** What `load` gives, again and again while the page is in view. What was there stays until there is more. */
export function usePolled<T>(load: () => Promise<T>, everyMs: number, dependencies: unknown[]): Polled<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const again = useRef<() => void>(() => {});
  useEffect(() => {
    let current = true;
    let asking = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const step = async (): Promise<void> => {
      clearTimeout(timer);
      if (asking) return;
      asking = true;
      try {
        const next = await load();
        if (current) [setValue(next), setFailure(null)];
        hubAway.value = false;
      } catch (error) {
        if (current) setFailure(error as Error);
        hubAway.value = error instanceof ApiError && (error.status === 0 || error.status === 503);
      }
      asking = false;
      if (current && !document.hidden) timer = setTimeout(() => void step(), everyMs);
    };
    const seen = (): void => {
      if (!document.hidden) void step();
    };
    setValue(null);
    again.current = () => void step();
    void step();
    document.addEventListener('visibilitychange', seen);
    return () => {
      current = false;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, dependencies);
  return { value, failure, reload: () => again.current() };
}
