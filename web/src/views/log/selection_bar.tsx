import { api } from '../../api/client';
import type { Take } from '../../api/records';
import { t } from '../../i18n';
import { link } from '../../state/router';
import { Icon } from '../../ui/icon';

/** As many as an address can name. */
const mostExported = 100;

interface SelectionBarProps {
  takes: readonly Take[];
  chosen: readonly Take[];
  choose: (ids: string[]) => void;
  remove: () => void;
}

function Export({ chosen }: { chosen: readonly Take[] }) {
  const owners = new Set(chosen.map((take) => take.learner));
  if (chosen.length > mostExported) return <span class="quiet small">{t('log_export_most', { count: mostExported })}</span>;
  const owner = owners.size === 1 ? chosen[0]!.learner : '';
  const ids = chosen.map((take) => take.id);
  return (
    <>
      <a class="button small" download href={api.exportAddress(owner, 'archive.zip', ids)}><Icon name="download" />{t('log_export_zip')}</a>
      <a class="button small" download href={api.exportAddress(owner, 'takes.csv', ids)}><Icon name="download" />{t('log_export_csv')}</a>
    </>
  );
}

/** What can be done with the takes that are chosen. */
export function SelectionBar({ takes, chosen, choose, remove }: SelectionBarProps) {
  const all = chosen.length === takes.length;
  const older = [...chosen].sort((one, other) => one.said_ms - other.said_ms);
  return (
    <div class={`selection${chosen.length > 0 ? ' active' : ''}`}>
      <label class="check">
        <input type="checkbox" checked={all} ref={(box) => { if (box) box.indeterminate = !all && chosen.length > 0; }}
          onChange={() => choose(all ? [] : takes.map((take) => take.id))} />
        {chosen.length > 0 ? t('log_chosen', { count: chosen.length }) : t('log_choose_all')}
      </label>
      {chosen.length > 0 && (
        <div class="row">
          {chosen.length === 2 && <a class="button small" href={link('log', older[0]!.id, older[1]!.id)}>{t('log_compare')}</a>}
          <Export chosen={chosen} />
          <button type="button" class="button small" onClick={remove}><Icon name="trash" />{t('delete')}</button>
        </div>
      )}
    </div>
  );
}
