import { useEffect, useState } from 'preact/hooks';
import { deviceAway } from '../state/device';

export type Loaded<T> = { state: 'loading' } | { state: 'there'; value: T } | { state: 'failed'; failure: Error };

/** What `load` gives, anew whenever a dependency changes or the program is there again. */
export function useLoaded<T>(load: () => Promise<T>, dependencies: unknown[]): Loaded<T> & { reload: () => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    load().then(
      (value) => current && setLoaded({ state: 'there', value }),
      (failure: Error) => current && setLoaded({ state: 'failed', failure }),
    );
    return () => {
      current = false;
    };
  }, [...dependencies, round, deviceAway.value]);
  return { ...loaded, reload: () => setRound((before) => before + 1) };
}
