import type { Page } from '@playwright/test';

export const url = (): string => process.env.EUPHONE_URL!;

export interface Settings {
  theme?: 'light' | 'dark';
  strictness?: 'child' | 'learner' | 'near_native';
  language?: string;
  learner?: { id: string; name: string; first_language: string };
  let_watch?: boolean;
  teacher_name?: string;
}

/** Opens a view as somebody who has been here before. */
export async function open(page: Page, hash: string, settings: Settings = {}, from = url()): Promise<void> {
  await page.addInitScript((values) => {
    const put = (name: string, value: unknown): void => {
      if (localStorage.getItem(`euphone.${name}`) === null) localStorage.setItem(`euphone.${name}`, JSON.stringify(value));
    };
    put('welcomed', true);
    put('mic_checked', true);
    for (const [name, value] of Object.entries(values)) put(name, value);
  }, settings);
  await page.goto(`${from}/${hash}`);
}

export function speakAddress(text: string): string {
  return `#/speak?text=${encodeURIComponent(text)}`;
}
