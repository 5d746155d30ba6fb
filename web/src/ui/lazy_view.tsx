import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';

/** A view that is fetched first. Nothing is shown for a moment, so that a quick one does not flicker. */
export function LazyView({ load }: { load: () => Promise<{ default: ComponentType }> }) {
  const [view, setView] = useState<ComponentType | null>(null);
  const [slow, setSlow] = useState(false);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 400);
    load().then(
      (loaded) => setView(() => loaded.default),
      (error: Error) => setFailure(error.message),
    );
    return () => clearTimeout(timer);
  }, []);
  const Loaded = view;
  if (Loaded) return <Loaded />;
  if (failure) return <p class="page notice">{t('failed', { why: failure })}</p>;
  return <p class="page quiet" aria-busy="true">{slow ? t('loading') : ''}</p>;
}
