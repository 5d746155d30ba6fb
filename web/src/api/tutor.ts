/** What the tutor knows and answers: docs/formats/knowledge.md, practice.md, ask.md. */
export type ArticleKind = 'sound' | 'contrast' | 'language' | 'prosody';
export interface Sound {
  arpabet: string;
  ipa: string;
}
export interface ArticleBrief {
  /** "contrast/s-th". */
  id: string;
  kind: ArticleKind;
  title: string;
  sounds: Sound[];
  /** First languages for which it is usual. */
  languages: string[];
}
export interface ArticleSection {
  /** "contrast/s-th#when-th-is-said-as-s". */
  passage: string;
  heading: string;
  items: string[];
}
export interface Article extends ArticleBrief {
  /** How much a listener loses with it; null: it is no contrast. */
  load: 'low' | 'medium' | 'high' | null;
  passage: string;
  paragraphs: string[];
  sections: ArticleSection[];
  /** Words that differ in the two sounds alone, in their order. */
  pairs: [string, string][];
  words: string[];
  sources: { key: string; text: string }[];
}

export interface DueSound {
  arpabet: string;
  ipa: string | null;
  due_day: number;
  due: boolean;
  /** 0–1: how likely it goes well today. */
  retrievability: number;
  last_mean: number;
}
export interface DrillItem {
  kind: 'word' | 'pair' | 'sentence';
  text: string;
  words: { text: string; ipa: string | null }[];
  place: 'initial' | 'medial' | 'final' | 'cluster' | null;
  lesson: string | null;
  item: string | null;
  times: number;
  /** 0–1: how likely it goes right today. */
  chance: number;
}
export interface Drill {
  sound: Sound;
  against: Sound | null;
  skill: number;
  target: number;
  expected: number;
  tip: { tip: string; text: string; article: string | null } | null;
  items: DrillItem[];
}
export interface Practised {
  today: number;
  sounds: DueSound[];
  drill: Drill;
}

export interface AnswerPart {
  passage: string;
  title: string;
  heading: string;
  lines: string[];
}
export interface TutorAnswer {
  question: string;
  answered: boolean;
  /** What the learner's own readings say, in English. */
  record: string[];
  answer: AnswerPart[];
  /** What a language model wrote out of these passages, and was checked against them. */
  composed?: { text: string; passages: string[]; model: string };
  /** Why what it wrote was thrown away. */
  rejected?: string;
}
