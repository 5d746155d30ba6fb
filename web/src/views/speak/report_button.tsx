import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { announce, urgent } from '../../state/announce';
import { reportMistake, takeBackReport, type Report } from '../../state/reports';
import { keysOn } from '../../state/settings';
import { Icon } from '../../ui/icon';
import { focusOf, totalOf, type Attempt } from './attempt';
import { focusSentence } from './focus_card';

/** One press notes that the machine was wrong; another takes it back. */
export function ReportButton({ attempt }: { attempt: Attempt }) {
  const [made, setMade] = useState<{ attempt: number; report: Report } | null>(null);
  const mine = made?.attempt === attempt.number ? made.report : null;
  const press = async (): Promise<void> => {
    const result = focusOf(attempt)?.result ?? attempt.sentences[0];
    if (!result) return;
    try {
      if (mine) {
        setMade(null);
        await takeBackReport(mine);
        return;
      }
      const report = {
        when_ms: Date.now(), text: result.analysis.text.original, said: focusSentence(attempt), total: totalOf(attempt),
        model: result.analysis.model, take: result.take,
      };
      setMade({ attempt: attempt.number, report });
      announce(t('machine_wrong_done'));
      await reportMistake(report);
    } catch (failure) {
      urgent.value = t('failed', { why: (failure as Error).message });
    }
  };
  return (
    <p class="report">
      {mine && <span>{t('machine_wrong_done')}</span>}
      <button type="button" class="button plain small" data-shortcut="x" aria-keyshortcuts="x" onClick={() => void press()}>
        <Icon name="flag" />
        {t(mine ? 'machine_wrong_undo' : 'machine_wrong')}
        {!mine && keysOn.value && <kbd>X</kbd>}
      </button>
    </p>
  );
}
