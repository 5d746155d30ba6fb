import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentType } from 'preact';
import { t } from '../i18n';
import { route } from '../state/router';
import { LanguageSwitch, Mark } from '../ui/brand';
import { Icon, type IconName } from '../ui/icon';
import { LiveRegions } from '../ui/live_regions';
import { Failure } from './parts';
import { entering, may, me, refused, signedOut, signIn } from './session';
import { hubAway } from './use_polled';
import { AuditView } from './views/audit';
import { DevicesView } from './views/devices';
import { Overview } from './views/overview';
import { RolloutsView } from './views/rollouts';
import { UsersView } from './views/users';
import { w, type Key } from './words';

interface View {
  name: string;
  title: Key;
  icon: IconName;
  /** The verb that one must be allowed. */
  verb: string;
  show: ComponentType;
}

const views: readonly View[] = [
  { name: 'overview', title: 'nav_overview', icon: 'eye', verb: 'hub.status', show: Overview },
  { name: 'devices', title: 'nav_devices', icon: 'list', verb: 'devices.list', show: DevicesView },
  { name: 'rollouts', title: 'nav_rollouts', icon: 'send', verb: 'rollouts.list', show: RolloutsView },
  { name: 'audit', title: 'nav_audit', icon: 'book', verb: 'audit.list', show: AuditView },
  { name: 'users', title: 'nav_users', icon: 'people', verb: 'users.list', show: UsersView },
];

function SignIn() {
  const [value, setValue] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    refused.value = '';
    try {
      await signIn(value.trim());
    } catch (failure) {
      refused.value = (failure as Error).message;
    }
    setBusy(false);
  };
  return (
    <section class="page narrow">
      <h1>{w('sign_in')}</h1>
      <p class="lead">{w('sign_in_how')}</p>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <label>
          {w('token')}
          <input type="password" autoComplete="off" spellcheck={false} required value={value} onInput={(event) => setValue(event.currentTarget.value)} />
        </label>
        <Failure failure={refused.value} />
        <p><button type="submit" class="button primary" disabled={busy}>{w('sign_in')}</button></p>
      </form>
    </section>
  );
}

function Header() {
  return (
    <header class="header">
      <a class="brand" href="#/overview"><Mark />{w('brand')}</a>
      <div class="header-end">
        {me.value && (
          <>
            <span class="who"><strong>{me.value.name}</strong> <small>{w(`role_${me.value.role}`)}</small></span>
            <button type="button" class="button plain small" onClick={() => signedOut()}>{w('sign_out')}</button>
          </>
        )}
        <LanguageSwitch />
      </div>
    </header>
  );
}

function Nav({ open }: { open: string }) {
  return (
    <nav class="nav" aria-label={t('main_menu')}>
      <ul>
        {views.filter((view) => may(view.verb)).map((view) => (
          <li key={view.name}>
            <a href={`#/${view.name}`} aria-current={view.name === open ? 'page' : undefined}>
              <Icon name={view.icon} />
              <span>{w(view.title)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Current({ view }: { view: View | undefined }) {
  if (entering.value) return <p class="page quiet" aria-busy="true">{t('loading')}</p>;
  if (!me.value) return <SignIn />;
  if (!view || !may(view.verb)) return <p class="page notice">{t('not_found')}</p>;
  const Shown = view.show;
  return <Shown key={view.name} />;
}

export function FleetApp() {
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const name = route.value.parts[0] ?? 'overview';
  const view = views.find((one) => one.name === name);
  const address = route.value.parts.join('/');
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    scrollTo(0, 0);
  }, [address]);
  const title = view && me.value ? w(view.title) : '';
  useEffect(() => {
    document.title = title ? `${title} · ${w('brand')}` : w('brand');
  }, [title]);
  return (
    <>
      <a class="skip-link" href="#content" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>{t('skip_to_content')}</a>
      <Header />
      <div class="away-place" role="status">{me.value && hubAway.value && <p class="away">{w('away')}</p>}</div>
      <main id="content" ref={main} tabIndex={-1}>
        <Current view={view} />
      </main>
      {me.value && <Nav open={name} />}
      <LiveRegions />
    </>
  );
}
