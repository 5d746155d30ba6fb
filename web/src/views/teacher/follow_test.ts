import { beforeEach, describe, expect, it } from 'vitest';
import type { RoomMessage } from '../../api/room';
import { Follow } from './follow';

type Told = RoomMessage | { type: 'lost' };

function finished(sentence: number, total: number, settled: boolean): Told {
  const words = [{ shown: 'think', band: 'hard_to_understand', error: 'none' }, { shown: 'so', band: 'clear', error: 'none' }];
  const event = { event: 'sentence_finished', sentence, settled, analysis: { text: { original: 'I think so.' }, scores: { total }, words } };
  return { type: 'event', seq: 1, event } as unknown as Told;
}

describe('following a reading', () => {
  let tell: (message: Told) => void;
  let sent: object[];
  let there: boolean;
  let follow: Follow;

  beforeEach(() => {
    sent = [];
    there = true;
    follow = new Follow('Ms Kim', (hear) => {
      tell = hear;
      return { send: (order) => { if (there) sent.push(order); return there; }, close: () => {} };
    });
    tell({ type: 'desks', desks: [{ desk: 'd1', learner: 'l1', name: 'Ana', reading: null, watched_by: [] }] });
    follow.watch('d1');
    tell({ type: 'watching', desk: 'd1', learner: 'l1', name: 'Ana' });
  });

  it('asks for one desk, and for none when it is pressed again', () => {
    follow.watch('d1');
    follow.watch('');
    expect(sent).toEqual([{ type: 'watch', desk: 'd1' }, { type: 'watch', desk: '' }]);
    expect(follow.desk.value).toBe('');
  });

  it('lists each sentence once, the newest first, with what to work on', () => {
    tell({ type: 'reading', text: 'I think so.', lesson: '', item: '' });
    tell(finished(0, 70, false));
    tell(finished(0, 72, true));
    tell({ type: 'kept', take: 't1', sentence: 0, number: 1 });
    tell({ type: 'read' });
    tell({ type: 'reading', text: 'I think so.', lesson: '', item: '' });
    tell(finished(0, 80, true));
    expect(follow.heard.value.map(({ total, take, hard }) => [total, take, hard])).toEqual([[80, '', ['think']], [72, 't1', ['think']]]);
  });

  it('goes on with the same desk after a lost connection', () => {
    tell({ type: 'lost' });
    expect(follow.lost.value).toBe(true);
    tell({ type: 'desks', desks: [] });
    expect(follow.lost.value).toBe(false);
    expect(sent.at(-1)).toEqual({ type: 'watch', desk: 'd1' });
    tell({ type: 'error', code: 'not_found', message: 'nobody sits at this desk any more' });
    expect(follow.desk.value).toBe('');
  });

  it('says so where nothing could be said', () => {
    expect(follow.say('Slower.', 2)).toBe(true);
    expect(sent.at(-1)).toEqual({ type: 'say', text: 'Slower.', word: 2 });
    there = false;
    expect(follow.say('Slower.', null)).toBe(false);
  });

  it('closes the panel when the learner has left', () => {
    tell({ type: 'left', desk: 'd1' });
    expect(follow.desk.value).toBe('');
  });
});
