import { computed, signal } from '@preact/signals';

const hash = signal(typeof location === 'object' ? location.hash : '');

/** "#/speak/everyday/hello?slow=1" → {parts: ["speak", "everyday", "hello"], query}. */
export function parseRoute(text: string): { parts: string[]; query: URLSearchParams } {
  const [path = '', search = ''] = text.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { parts, query: new URLSearchParams(search) };
}

export const route = computed(() => parseRoute(hash.value));
/** Name of the view. */
export const viewName = computed(() => route.value.parts[0] ?? 'speak');

export function link(...parts: string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

export function go(...parts: string[]): void {
  location.hash = link(...parts);
}

export function startRouter(): void {
  addEventListener('hashchange', () => {
    hash.value = location.hash;
  });
}
