import type { Progress } from '../../api/records';
import { guideTo, isVowel } from '../../i18n/sound_guide';

/** Questions that everybody may have. They are English in every language of the page, for the tutor reads English. */
const general = [
  'Which part of a long word should be strong?',
  'Why does "can" sound so short?',
  'How should my voice move at the end of a question?',
];

/** The "th" in "think"; the key word tells vowels apart, whose letters do not. */
function named(sound: string): string {
  const { letters, key } = guideTo(sound);
  return key === '' ? `"${letters}"` : `"${letters}" in "${key}"`;
}

function aboutConfusion({ expected, said }: Progress['confusions'][number]): string {
  if (said === '') return `I leave out the "${guideTo(expected).letters}". What can I do?`;
  const heard = isVowel(said) || isVowel(expected) ? named(said) : `"${guideTo(said).letters}"`;
  return `My ${named(expected)} sounds like ${heard}. What can I do?`;
}

/** What one could ask: first what this learner's own record shows, then what is usual for the first language, then the rest. */
export function suggestions(progress: Pick<Progress, 'confusions' | 'practice'> | null, firstLanguage: string, most = 5): string[] {
  const confusions = [...(progress?.confusions ?? [])].sort((one, other) => other.count - one.count);
  const weak = (progress?.practice ?? []).filter((one) => one.kind === 'sound' && one.last_mean < 70);
  const own = [
    ...confusions.slice(0, 2).map(aboutConfusion),
    ...weak.slice(0, 2).map(({ what }) => `How do I make the ${named(what)}?`),
  ].slice(0, 3);
  const language = firstLanguage.toLowerCase().split('-')[0] ?? '';
  const name = language === '' ? '' : (new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? '');
  const usual = name === '' || language === 'en' ? [] : [`I speak ${name}. What will be hard for me in English?`];
  return [...own, ...usual, ...general].slice(0, most);
}
