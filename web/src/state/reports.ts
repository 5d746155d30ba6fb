import { api } from '../api/client';
import { t } from '../i18n';
import { stored } from './stored';

/** A judgement that a learner finds wrong. */
export interface Report {
  when_ms: number;
  text: string;
  said: string;
  total: number | null;
  model: string;
  /** The take it is noted on; empty: it is noted here alone. */
  take: string;
}

export const reports = stored<Report[]>('reports', []);
const most = 500;

/** Notes it on the take where there is one, and here. */
export async function reportMistake(report: Report): Promise<void> {
  reports.value = [...reports.value.slice(1 - most), report];
  if (report.take) await api.changeTake(report.take, { note: t('machine_wrong_note') });
}

export async function takeBackReport(report: Report): Promise<void> {
  reports.value = reports.value.filter((one) => one.when_ms !== report.when_ms);
  if (report.take) await api.changeTake(report.take, { note: '' });
}
