import { afterEach, expect, it, vi } from 'vitest';

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });

const { api } = await import('../api/client');
const { haveSeen, inbox, loadInbox } = await import('./inbox');
const { chosen } = await import('./learner');

const comment = (id: string) => ({ id, author: '', made_ms: 0, text: 'Good.', has_recording: false, seen: false, take: 't', take_text: 'Think.', take_has_recording: true });
const ana = { id: 'ana', name: 'Ana', first_language: '' };

afterEach(() => {
  chosen.value = null;
  vi.restoreAllMocks();
});

it('has what its learner has not seen', async () => {
  const comments = vi.spyOn(api, 'comments').mockResolvedValue([comment('a')]);
  chosen.value = ana;
  await loadInbox();
  expect(comments).toHaveBeenCalledWith('ana', true);
  expect(inbox.value.map(({ id }) => id)).toEqual(['a']);
  chosen.value = null;
  await loadInbox();
  expect(inbox.value).toEqual([]);
});

it('never shows one learner what was said to another, however late the answer comes', async () => {
  let answer = (_: ReturnType<typeof comment>[]): void => {};
  vi.spyOn(api, 'comments').mockReturnValue(new Promise((resolve) => { answer = resolve; }));
  chosen.value = ana;
  const loading = loadInbox();
  chosen.value = { ...ana, id: 'bea' };
  answer([comment('for-ana')]);
  await loading;
  expect(inbox.value).toEqual([]);
});

it('loses what was seen at once, and tells the program', async () => {
  const seen = vi.spyOn(api, 'seen').mockRejectedValue(new Error('away'));
  inbox.value = [comment('a'), comment('b')];
  await haveSeen(['a']);
  expect(inbox.value.map(({ id }) => id)).toEqual(['b']);
  expect(seen.mock.calls).toEqual([['a']]);
});
