import { en, type Catalogue } from './en';

export const catalogue: Catalogue = { ...en };
export const hints: Record<string, string> = {};
