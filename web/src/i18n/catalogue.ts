import type { en } from './en';
import type { Message } from './message';

export type Key = keyof typeof en;
/** All texts in one language. */
export type Catalogue = Record<Key, Message>;
/** The texts of one part in another language. */
export type Translated<Part> = { readonly [Name in keyof Part]: Message };
