import { describe, expect, it } from 'vitest';
import type { TutorAnswer } from '../../api/tutor';
import { converse, type Send } from './conversation';
import { suggestions } from './suggestions';

const found: TutorAnswer = {
  question: 'q', answered: true, record: [], answer: [{ passage: 'contrast/s-th#about', title: 'S and TH', heading: '', lines: ['Both …'] }],
};
const written: TutorAnswer = { ...found, composed: { text: 'Tongue out.', passages: ['contrast/s-th#about'], model: 'small' } };

/** Answers as told, and keeps what was asked. */
function sender(...answers: (TutorAnswer | Error)[]): { send: Send; asked: [string, boolean][] } {
  const asked: [string, boolean][] = [];
  return {
    asked,
    send: async (question, compose) => {
      asked.push([question, compose]);
      const answer = answers.shift();
      if (!answer || answer instanceof Error) throw answer ?? new Error('nobody is there');
      return answer;
    },
  };
}

const settle = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0); });

describe('a conversation', () => {
  it('tells what was found at once, and what a model wrote after that', async () => {
    const { send, asked } = sender(found, written);
    const told: TutorAnswer[] = [];
    const talk = converse(send, (answer) => told.push(answer));
    talk.ask('  th or s?\n');
    expect(talk.asked.value).toMatchObject([{ question: 'th or s?', state: 'waiting' }]);
    await settle();
    expect(asked).toEqual([['th or s?', false], ['th or s?', true]]);
    expect(told).toEqual([found, written]);
    expect(talk.asked.value[0]).toMatchObject({ state: 'there', answer: written, composing: false });
  });

  it('asks a program without a model once only', async () => {
    const { send, asked } = sender(found, found, found);
    const talk = converse(send, () => {});
    talk.ask('one');
    await settle();
    talk.ask('two');
    await settle();
    expect(asked.map(([question, compose]) => `${question} ${compose}`)).toEqual(['one false', 'one true', 'two false']);
    expect(talk.asked.value.map((one) => one.question)).toEqual(['two', 'one']);
  });

  it('has nothing composed of nothing, and asks no empty question', async () => {
    const { send, asked } = sender({ ...found, answered: false, answer: [] });
    const talk = converse(send, () => {});
    talk.ask('   ');
    talk.ask('what is the weather?');
    await settle();
    expect(asked).toHaveLength(1);
  });

  it('keeps a question that failed, to be asked again', async () => {
    const { send } = sender(new Error('away'), { ...found, rejected: 'it said what no passage says' });
    const talk = converse(send, () => {});
    talk.ask('one');
    await settle();
    expect(talk.asked.value[0]).toMatchObject({ state: 'failed', failure: { message: 'away' } });
    talk.again(talk.asked.value[0]!.id);
    expect(talk.asked.value[0]!.state).toBe('waiting');
    await settle();
    expect(talk.asked.value).toMatchObject([{ state: 'there', answer: { rejected: 'it said what no passage says' } }]);
  });

  it('shows what was found where the model fails', async () => {
    const { send } = sender(found, new Error('timeout'));
    const talk = converse(send, () => {});
    talk.ask('one');
    await settle();
    expect(talk.asked.value[0]).toMatchObject({ state: 'there', answer: found, composing: false });
  });

  it('stops waiting when asked to: the question is gone, an answer that is there stays', async () => {
    let heard: AbortSignal | null = null;
    const talk = converse((_question, compose, signal) => {
      heard = signal;
      return compose ? new Promise(() => {}) : Promise.resolve(found);
    }, () => {});
    talk.ask('one');
    talk.stop(talk.asked.value[0]!.id);
    expect(talk.asked.value).toEqual([]);
    talk.ask('two');
    await settle();
    expect(talk.asked.value[0]!.composing).toBe(true);
    talk.stop(talk.asked.value[0]!.id);
    expect(heard!.aborted).toBe(true);
    expect(talk.asked.value[0]).toMatchObject({ composing: false, answer: found });
  });
});

describe('suggested questions', () => {
  const confusion = (expected: string, said: string, count: number) => ({ expected, said, count, last_day: 1 });

  it('begin with what the record shows', () => {
    const asked = suggestions({ confusions: [confusion('Z', '', 1), confusion('TH', 'S', 9), confusion('IH', 'IY', 4)], practice: [] }, 'ko', 4);
    expect(asked).toEqual([
      'My "th" in "think" sounds like "s". What can I do?',
      'My "i" in "sit" sounds like "ee" in "see". What can I do?',
      'I speak Korean. What will be hard for me in English?',
      'Which part of a long word should be strong?',
    ]);
  });

  it('are there for somebody of whom nothing is known', () => {
    expect(suggestions(null, '')).toHaveLength(3);
    expect(suggestions({ confusions: [confusion('D', '', 2)], practice: [] }, '')[0]).toBe('I leave out the "d". What can I do?');
  });
});
