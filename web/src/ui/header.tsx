import { language, languageChoice, languages, t, type Language } from '../i18n';
import { link } from '../state/router';
import { LearnerMenu } from './learner_menu';

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M5 13v6M11.5 8v16M18 11v10M24.5 13.5v5" />
    </svg>
  );
}

export function LanguageSwitch() {
  return (
    <label class="switch">
      <span class="hidden">{t('set_language')}</span>
      <select
        value={language.value}
        onChange={(event) => { languageChoice.value = event.currentTarget.value as Language; }}
      >
        {Object.entries(languages).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>{name}</option>
        ))}
      </select>
    </label>
  );
}

export function Header({ framed }: { framed: boolean }) {
  return (
    <header class="header">
      <a class="brand" href={link('speak')}>
        <Mark />
        Euphone
      </a>
      <div class="header-end">
        {framed && <LearnerMenu />}
        <LanguageSwitch />
      </div>
    </header>
  );
}
