import { useEffect, useRef } from 'preact/hooks';
import { t } from './i18n';
import { pairingNeeded } from './state/device';
import { welcomed } from './state/learner';
import { viewName } from './state/router';
import { AwayBanner } from './ui/away_banner';
import { Coach } from './ui/coach';
import { Header } from './ui/header';
import { LiveRegions } from './ui/live_regions';
import { Nav } from './ui/nav';
import { findView, type View } from './views';
import { NotFound } from './views/not_found';
import { Pair } from './views/pair';
import { Welcome } from './views/welcome/welcome';
import { LazyView } from './ui/lazy_view';

function Current({ view }: { view: View | undefined }) {
  if (pairingNeeded.value) return <Pair />;
  if (!welcomed.value) return <Welcome />;
  return view ? <LazyView key={view.name} load={view.load} /> : <NotFound />;
}

/** Moves the focus to what is new after a view was changed, not on the first one. */
function useFocusOnChange(name: string, main: { current: HTMLElement | null }): void {
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    scrollTo(0, 0);
  }, [name]);
}

export function App() {
  const main = useRef<HTMLElement>(null);
  const view = findView(viewName.value);
  const name = pairingNeeded.value ? 'pair' : welcomed.value ? viewName.value : 'welcome';
  useFocusOnChange(name, main);
  const title = view && welcomed.value ? t(view.title) : '';
  useEffect(() => {
    document.title = title ? `${title} · Euphone` : 'Euphone';
  }, [title]);
  const framed = welcomed.value && !pairingNeeded.value;
  return (
    <>
      <a class="skip-link" href="#content" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>
        {t('skip_to_content')}
      </a>
      <Header framed={framed} />
      <AwayBanner />
      {framed && <Coach />}
      <main id="content" ref={main} tabIndex={-1}>
        <Current view={view} />
      </main>
      {framed && <Nav />}
      <LiveRegions />
    </>
  );
}
