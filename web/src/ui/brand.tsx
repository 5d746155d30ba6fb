import { language, languageChoice, languages, t, type Language } from '../i18n';

export function Mark() {
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
