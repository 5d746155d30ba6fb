import { useState } from 'preact/hooks';
import { languageName, t } from '../../i18n';
import { addLearner, chosen, welcomed } from '../../state/learner';
import { go } from '../../state/router';
import { firstLanguages } from './first_languages';

/** The first visit, and each further learner's: two questions, both can be skipped. */
export function Welcome() {
  const [name, setName] = useState('');
  const [spoken, setSpoken] = useState('');
  const finish = async (event: Event): Promise<void> => {
    event.preventDefault();
    await addLearner(name.trim(), spoken);
    welcomed.value = true;
    go('speak');
  };
  const skip = (): void => {
    chosen.value ??= null;
    welcomed.value = true;
  };
  const sorted = firstLanguages
    .map((tag) => ({ tag, name: languageName(tag) }))
    .sort((one, other) => one.name.localeCompare(other.name));
  return (
    <section class="page narrow welcome">
      <h1>{t('welcome_title')}</h1>
      <p class="lead">{t('welcome_lead')}</p>
      <form class="form" onSubmit={(event) => void finish(event)}>
        <label>
          {t('first_language')}
          <small id="why-language">{t('first_language_why')}</small>
          <select aria-describedby="why-language" value={spoken} onChange={(event) => setSpoken(event.currentTarget.value)}>
            <option value="">{t('first_language_none')}</option>
            {sorted.map((one) => <option key={one.tag} value={one.tag}>{one.name}</option>)}
          </select>
        </label>
        <label>
          {t('your_name')}
          <small id="why-name">{t('your_name_why')}</small>
          <input
            aria-describedby="why-name" autocomplete="given-name" maxLength={60} value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <div class="row">
          <button class="button primary large" type="submit">{t('start')}</button>
          <button class="button large" type="button" onClick={skip}>{t('skip')}</button>
        </div>
      </form>
    </section>
  );
}
