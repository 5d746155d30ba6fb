import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { moment } from '../state/dates';
import { announce } from '../state/announce';
import { Dialog } from '../ui/dialog';
import { t } from '../i18n';
import { ago } from './moments';
import type { RolloutState, Stage } from './records';
import { w } from './words';

/** Each stage has a sign of its own, so that colours are not needed. */
const signs: Record<Stage, string> = {
  pending: '·', offered: '→', downloading: '↓', staged: '▪', shadowing: '◐',
  succeeded: '✓', skipped: '–', lost: '?', failed: '×', rolled_back: '↺',
};

export function StageBlock({ stage }: { stage: Stage }) {
  return <span class={`block stage-${stage}`} aria-hidden="true">{signs[stage]}</span>;
}

export function StateMark({ state }: { state: RolloutState }) {
  return <span class={`state state-${state}`}>{w(`state_${state}`)}</span>;
}

/** When it was, as long ago; the moment itself beside it for who points there. */
export function Ago({ at }: { at: number }) {
  return at > 0 ? <time dateTime={new Date(at * 1000).toISOString()} title={moment(at * 1000)}>{ago(at)}</time> : <>{w('never')}</>;
}

/** A figure as a bar, beside its text. */
export function Bar({ share, tone = '' }: { share: number; tone?: string }) {
  return <span class={`meter ${tone}`} aria-hidden="true"><span style={{ inlineSize: `${Math.max(share > 0 ? 1 : 0, share * 100)}%` }} /></span>;
}

export function Failure({ failure }: { failure: Error | string | null }) {
  if (!failure) return null;
  return <p class="notice bad" role="alert">{t('failed', { why: typeof failure === 'string' ? failure : failure.message })}</p>;
}

/** Asks before it does, and says what was wrong. */
export function Confirm({ title, text, button, onClose, act, children }: {
  title: string;
  text: string;
  button: string;
  onClose: () => void;
  act: () => Promise<unknown>;
  children?: ComponentChildren;
}) {
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const yes = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await act();
      announce(`${title}: ✓`);
      onClose();
    } catch (error) {
      setFailure((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="confirm" onSubmit={(event) => void yes(event)}>
        <p>{text}</p>
        {children}
        <Failure failure={failure} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy}>{button}</button>
          <button type="button" class="button" data-first onClick={onClose}>{t('cancel')}</button>
        </div>
      </form>
    </Dialog>
  );
}

/** A secret that is shown once. */
export function Secret({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce(w('copied'));
  };
  return (
    <p class="secret">
      <code>{text}</code>
      {'clipboard' in navigator && <button type="button" class="button small" onClick={() => void copy()}>{copied ? w('copied') : w('copy')}</button>}
    </p>
  );
}
