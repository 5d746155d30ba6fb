import { signal } from '@preact/signals';
import type { Access } from '../api/records';

/** Whether the program answers. Unknown counts as yes until a request has failed. */
export const deviceAway = signal(false);
/** The program is open to the network and does not know this browser yet. */
export const pairingNeeded = signal(false);
/** What this browser may do; everything until the program has said otherwise. */
export const access = signal<Access>({ pairing: false, learner: null });

let timer: ReturnType<typeof setTimeout> | undefined;

export function deviceAnswered(): void {
  clearTimeout(timer);
  timer = undefined;
  deviceAway.value = false;
}

/** Says so, and asks again every three seconds until it answers. */
export function deviceIsAway(): void {
  deviceAway.value = true;
  timer ??= setTimeout(function again() {
    fetch('/api/v1/health', { cache: 'no-store' }).then(
      (answer) => {
        if (answer.ok) deviceAnswered();
        else timer = setTimeout(again, 3000);
      },
      () => {
        timer = setTimeout(again, 3000);
      },
    );
  }, 3000);
}
