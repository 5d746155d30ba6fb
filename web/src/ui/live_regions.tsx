import { polite, urgent } from '../state/announce';

export function LiveRegions() {
  return (
    <>
      <div class="hidden" role="status" aria-live="polite">{polite.value}</div>
      <div class="hidden" role="alert" aria-live="assertive">{urgent.value}</div>
    </>
  );
}
