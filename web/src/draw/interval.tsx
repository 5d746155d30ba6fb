import type { Mean } from '../api/records';
import { interval } from '../state/mastery';
import { scale } from './scale';

/** A mean as a dot on a scale from 0 to 100, with what it may really be as a bar. The figures stand beside it as text. */
export function IntervalBar({ mean }: { mean: Mean }) {
  const x = scale([0, 100], [6, 154]);
  const [low, high] = interval(mean);
  return (
    <svg class="interval" viewBox="0 0 160 24" aria-hidden="true">
      <path class="interval-axis" d={`M6 12H154M${x(50)} 8v8M${x(85)} 5v14`} />
      <path class="interval-range" d={`M${x(low).toFixed(1)} 12H${x(high).toFixed(1)}`} />
      <circle class="interval-dot" cx={x(mean.value)} cy="12" r="4.5" />
    </svg>
  );
}
