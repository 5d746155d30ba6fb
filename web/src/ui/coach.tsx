import { listed, t } from '../i18n';
import { said, watchedBy, putAway } from '../state/room';
import { Icon } from './icon';

/** Who watches, and what they say: a person's words, and marked as such. */
export function Coach() {
  const names = watchedBy.value.map((name) => name || t('a_teacher'));
  return (
    <>
      <div role="status" class="watched-place">
        {names.length > 0 && <p class="watched"><Icon name="eye" />{t('watched_by', { names: listed(names) })}</p>}
      </div>
      {said.value.length > 0 && (
        <section class="said-place" aria-label={t('advice_list')}>
          <ul class="said">
            {said.value.map((advice) => (
              <li key={advice.said_ms} class="advice">
                <Icon name="people" />
                <p>
                  <strong>{advice.from || t('a_teacher')}</strong> <small>{t('advice_human')}</small>
                  <br />
                  {advice.text}
                </p>
                <button type="button" class="button plain round" aria-label={t('advice_put_away')} onClick={() => putAway(advice)}><Icon name="close" /></button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
