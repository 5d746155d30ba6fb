import { t } from '../i18n';
import { addressOf } from '../state/passages';

/** From a tip to the article that it is out of. */
export function ReadMore({ article }: { article: string | null | undefined }) {
  return article ? <a class="read-more" href={addressOf(article)}>{t('read_more')}</a> : null;
}
