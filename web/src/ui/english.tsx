import type { ComponentChildren } from 'preact';

/** A piece of English in a page of any language, so that it is spoken and hyphenated as such. */
export function English({ children, strong = false }: { children: ComponentChildren; strong?: boolean }) {
  return strong ? <strong lang="en" dir="ltr">{children}</strong> : <span lang="en" dir="ltr">{children}</span>;
}

/** A sound in IPA. */
export function Ipa({ children }: { children: ComponentChildren }) {
  return <span class="ipa" lang="en-fonipa" dir="ltr">{children}</span>;
}
