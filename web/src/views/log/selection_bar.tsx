import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { ExportFormat, Take } from '../../api/records';
import { t, type Key } from '../../i18n';
import { link } from '../../state/router';
import { Icon } from '../../ui/icon';
import { saveFile } from '../../ui/save_file';

interface SelectionBarProps {
  takes: readonly Take[];
  chosen: readonly Take[];
  choose: (ids: string[]) => void;
  remove: () => void;
}

const files: [ExportFormat, string, Key][] = [['archive.zip', 'euphone.zip', 'log_export_zip'], ['takes.csv', 'takes.csv', 'log_export_csv']];

function Export({ chosen }: { chosen: readonly Take[] }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const fetchFile = async (format: ExportFormat, name: string): Promise<void> => {
    setBusy(true);
    setFailure('');
    try {
      saveFile(await api.exportTakes(chosen.map((take) => take.id), format), name);
    } catch (error) {
      setFailure((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {files.map(([format, name, label]) => (
        <button key={format} type="button" class="button small" disabled={busy} onClick={() => void fetchFile(format, name)}><Icon name="download" />{t(label)}</button>
      ))}
      {failure && <span role="alert" class="small">{t('failed', { why: failure })}</span>}
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
