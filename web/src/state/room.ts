import { effect, signal } from '@preact/signals';
import { Room, type Advice } from '../api/room';
import { announce } from './announce';
import { pairingNeeded } from './device';
import { chosen, welcomed } from './learner';
import { stored } from './stored';
import { t } from '../i18n';

/** Others may follow what is read on this page. Only who has said so can be watched. */
export const letWatch = stored<boolean>('let_watch', false);
/** Where this page sits in the room; empty: nowhere. */
export const desk = signal('');
export const watchedBy = signal<string[]>([]);
/** What people have said to the learner and was not put away yet, the oldest first. */
export const said = signal<Advice[]>([]);

const mostSaid = 3;

export function putAway(advice: Advice): void {
  said.value = said.value.filter((one) => one !== advice);
}

function leave(): void {
  desk.value = '';
  watchedBy.value = [];
}

/** Sits down in the room for as long as the learner lets others watch. */
export function startRoom(): void {
  effect(() => {
    if (!letWatch.value || !welcomed.value || pairingNeeded.value) return undefined;
    const room = new Room({ type: 'join', learner: chosen.value?.id ?? '', name: chosen.value?.name ?? '' }, (message) => {
      if (message.type === 'joined') desk.value = message.desk;
      else if (message.type === 'watched') watchedBy.value = message.by;
      else if (message.type === 'lost') leave();
      else if (message.type === 'advice') {
        const { from, text, word, said_ms } = message;
        said.value = [...said.value, { from, text, word, said_ms }].slice(-mostSaid);
        announce(t('advice_spoken', { name: from || t('a_teacher'), text }));
      }
    });
    return () => {
      room.close();
      leave();
    };
  });
}
