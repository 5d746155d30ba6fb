import { signal, type ReadonlySignal } from '@preact/signals';
import type { TutorAnswer } from '../../api/tutor';

export interface Asked {
  id: number;
  question: string;
  state: 'waiting' | 'there' | 'failed';
  answer: TutorAnswer | null;
  /** A language model still writes; what was found is there already. */
  composing: boolean;
  failure: Error | null;
}

export type Send = (question: string, compose: boolean, signal: AbortSignal) => Promise<TutorAnswer>;

export interface Conversation {
  /** The newest first. */
  asked: ReadonlySignal<readonly Asked[]>;
  ask(question: string): void;
  again(id: number): void;
  /** Waits no longer: for an answer, or for what a model writes. */
  stop(id: number): void;
  clear(): void;
}

const most = 50;

/**
 * What was asked in this visit. What is known is told at once; a language model, where the program has one, is asked after that, so that
 * nobody waits for it. A program that has none is not asked twice.
 */
export function converse(send: Send, told: (answer: TutorAnswer) => void): Conversation {
  const asked = signal<readonly Asked[]>([]);
  const running = new Map<number, AbortController>();
  let count = 0;
  let hasModel = true;

  function change(id: number, values: Partial<Asked>): void {
    asked.value = asked.value.map((one) => (one.id === id ? { ...one, ...values } : one));
  }

  async function compose(id: number, question: string, signal: AbortSignal): Promise<void> {
    change(id, { composing: true });
    try {
      const answer = await send(question, true, signal);
      hasModel = answer.composed !== undefined || answer.rejected !== undefined;
      change(id, { answer, composing: false });
      if (answer.composed) told(answer);
    } catch {
      // What was found stands there; nothing is missing but its summary.
      change(id, { composing: false });
    }
  }

  async function run(id: number, question: string): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    change(id, { state: 'waiting', failure: null });
    try {
      const answer = await send(question, false, controller.signal);
      change(id, { state: 'there', answer });
      told(answer);
      if (hasModel && answer.answered && !answer.composed && !answer.rejected) await compose(id, question, controller.signal);
    } catch (failure) {
      if (!controller.signal.aborted) change(id, { state: 'failed', failure: failure as Error });
    } finally {
      if (running.get(id) === controller) running.delete(id);
    }
  }

  return {
    asked,
    ask(question) {
      const text = question.trim();
      if (text === '') return;
      const id = (count += 1);
      asked.value = [{ id, question: text, state: 'waiting' as const, answer: null, composing: false, failure: null }, ...asked.value].slice(0, most);
      void run(id, text);
    },
    again(id) {
      const one = asked.value.find((other) => other.id === id);
      if (one) void run(id, one.question);
    },
    stop(id) {
      running.get(id)?.abort();
      const one = asked.value.find((other) => other.id === id);
      if (one?.state === 'waiting') asked.value = asked.value.filter((other) => other.id !== id);
      else change(id, { composing: false });
    },
    clear() {
      for (const controller of running.values()) controller.abort();
      asked.value = [];
    },
  };
}
