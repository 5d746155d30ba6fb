import { computed, signal } from '@preact/signals';
import { ApiError } from '../api/request';
import { parseRoute } from '../state/router';
import { enter, hub } from './api';
import type { Me } from './records';

const place = 'euphone.fleet.token';

/** Of who is signed in here: this tab knows it, until it is closed; empty: nobody. */
export const token = signal(read());
/** Who that is; null: nobody, or it is being asked. */
export const me = signal<Me | null>(null);
/** Whether it is still to be seen if somebody is signed in. */
export const entering = signal(true);
/** Why nobody is; empty: nobody has tried. */
export const refused = signal('');

function read(): string {
  try {
    return sessionStorage.getItem(place) ?? '';
  } catch {
    return '';
  }
}

function keep(value: string): void {
  token.value = value;
  try {
    if (value) sessionStorage.setItem(place, value);
    else sessionStorage.removeItem(place);
  } catch {
    /* The browser keeps nothing; it lasts as long as the page. */
  }
}

/** `why`: what the hub said; empty: it was wished. */
export function signedOut(why = ''): void {
  keep('');
  me.value = null;
  refused.value = why;
}

/** Fails as the hub says. */
export async function signIn(as: string): Promise<void> {
  me.value = await hub.me(as);
  keep(as);
  refused.value = '';
}

/** By the link that was printed ("#/enter/CODE"), or as who was signed in before. */
export async function startSession(): Promise<void> {
  const [view, code] = parseRoute(location.hash).parts;
  try {
    if (view === 'enter' && code) {
      // A code is used up at once, and not left where a history would keep it.
      history.replaceState(null, '', '#/overview');
      dispatchEvent(new HashChangeEvent('hashchange'));
      await signIn(await enter(code));
    } else if (token.value) {
      await signIn(token.value);
    }
  } catch (failure) {
    refused.value = (failure as Error).message;
    if (failure instanceof ApiError && failure.status !== 401) setTimeout(() => void startSession(), 3000);
  } finally {
    entering.value = false;
  }
}

addEventListener('hashchange', () => {
  // A link that is opened where the page is already.
  if (parseRoute(location.hash).parts[0] === 'enter') void startSession();
});

const allowed = computed(() => new Set(me.value?.may ?? []));

/** Whether who is signed in may; what one may not do is not offered. */
export function may(verb: string): boolean {
  return allowed.value.has(verb);
}
