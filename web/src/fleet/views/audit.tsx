import { useRef, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { hub } from '../api';
import { Ago, Failure } from '../parts';
import type { Audit, AuditLine } from '../records';
import { usePolled } from '../use_polled';
import { w } from '../words';

const linesAtOnce = 100;

interface Seen extends Audit {
  checked: number;
  first_changed: number;
}

/** The last lines, and whether the chain of all of them holds. */
async function lastLines(most: number): Promise<Seen> {
  const { checked = 0, first_changed = 0 } = await hub.audit(0, 1, true);
  const audit = await hub.audit(Math.max(0, checked - most), 1000);
  return { ...audit, checked, first_changed };
}

/** The chain is walked when one asks for it; after that, what is new is fetched alone. */
async function newLines(before: Seen): Promise<Seen> {
  const { lines } = await hub.audit(before.lines.at(-1)?.number ?? 0, 1000);
  return { ...before, lines: [...before.lines, ...lines] };
}

/** What was asked for; what is long is there for who opens it. */
function Asked({ line }: { line: AuditLine }) {
  const what = JSON.stringify(line.what);
  if (what.length <= 100) return <>{line.verb} <code>{what}</code></>;
  return (
    <details class="asked">
      <summary>{line.verb}</summary>
      <code>{JSON.stringify(line.what, null, 1)}</code>
    </details>
  );
}

export function AuditView() {
  const [most, setMost] = useState(linesAtOnce);
  const seen = useRef<Seen | null>(null);
  const look = async (): Promise<Seen> => (seen.current = await (seen.current ? newLines(seen.current) : lastLines(most)));
  const { value, failure, reload } = usePolled(look, 5000, [most]);
  const anew = (then: () => void): void => {
    seen.current = null;
    then();
  };
  return (
    <section class="page wide stack">
      <h1>{w('nav_audit')}</h1>
      <p class="lead">{w('audit_how')}</p>
      <Failure failure={value ? null : failure} />
      {!value && !failure && <p class="quiet" aria-busy="true">{t('loading')}</p>}
      {value && (
        <section class="card">
          <div class="card-head">
            <p role="status" class={value.first_changed ? 'chain bad' : 'chain'}>
              <strong>{value.first_changed ? '× ' : '✓ '}</strong>
              {value.first_changed ? w('audit_bad', { line: value.first_changed }) : w('audit_good', { count: value.checked })}
            </p>
            <button type="button" class="button small" onClick={() => anew(reload)}>{w('audit_check')}</button>
          </div>
          <table class="table sound-table audit">
            <thead>
              <tr>
                <th scope="col">{w('what')}</th><th scope="col">{w('when')}</th><th scope="col">{w('who')}</th><th scope="col">{w('outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {[...value.lines].reverse().map((line) => (
                <tr key={line.number} class={value.first_changed && line.number >= value.first_changed ? 'changed' : undefined}>
                  <th scope="row"><small>{line.number}</small> <Asked line={line} /></th>
                  <td data-label={w('when')}><Ago at={line.at} /></td>
                  <td data-label={w('who')}>{line.who}</td>
                  <td data-label={w('outcome')}>{line.outcome}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {value.checked > most && most < 1000 && (
            <p class="center"><button type="button" class="button" onClick={() => anew(() => setMost(Math.min(1000, most * 3)))}>{w('older')}</button></p>
          )}
        </section>
      )}
    </section>
  );
}
