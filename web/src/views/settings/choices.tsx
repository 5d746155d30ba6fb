import type { Signal } from '@preact/signals';
import { languageChoice, languages, t, type Key, type Language } from '../../i18n';
import { keysOn, motion, strictness, theme, type Motion, type Strictness, type Theme } from '../../state/settings';

interface Option<T> {
  value: T;
  label: Key;
  means?: Key;
}

function Choice<T extends string>({ title, name, value, options, intro }: {
  title: Key; name: string; value: Signal<T>; options: Option<T>[]; intro?: Key;
}) {
  return (
    <fieldset>
      <legend><h2>{t(title)}</h2></legend>
      {intro && <p class="quiet">{t(intro)}</p>}
      {options.map((option) => (
        <label key={option.value} class="choice">
          <input type="radio" name={name} checked={value.value === option.value} onChange={() => { value.value = option.value; }} />
          <span class="choice-text">
            {t(option.label)}
            {option.means && <small>{t(option.means)}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function StrictnessChoice() {
  const options: Option<Strictness>[] = [
    { value: 'child', label: 'strict_child', means: 'strict_child_means' },
    { value: 'learner', label: 'strict_learner', means: 'strict_learner_means' },
    { value: 'near_native', label: 'strict_near_native', means: 'strict_near_native_means' },
  ];
  return <Choice title="set_strictness" name="strictness" value={strictness} options={options} intro="strict_explain" />;
}

export function ThemeChoice() {
  const options: Option<Theme>[] = [
    { value: 'auto', label: 'theme_auto' }, { value: 'light', label: 'theme_light' }, { value: 'dark', label: 'theme_dark' },
  ];
  return <Choice title="set_theme" name="theme" value={theme} options={options} />;
}

export function MotionChoice() {
  const options: Option<Motion>[] = [{ value: 'auto', label: 'motion_auto' }, { value: 'reduced', label: 'motion_reduced' }];
  return <Choice title="set_motion" name="motion" value={motion} options={options} />;
}

export function KeysChoice() {
  return (
    <fieldset>
      <legend><h2>{t('set_keys')}</h2></legend>
      <label class="choice">
        <input type="checkbox" checked={keysOn.value} onChange={(event) => { keysOn.value = event.currentTarget.checked; }} />
        <span class="choice-text">{t('keys_on')}<small>{t('keys_means')}</small></span>
      </label>
    </fieldset>
  );
}

export function LanguageChoice() {
  return (
    <section>
      <h2 id="language-title">{t('set_language')}</h2>
      <select aria-labelledby="language-title" value={languageChoice.value}
        onChange={(event) => { languageChoice.value = event.currentTarget.value as Language | 'auto'; }}>
        <option value="auto">{t('language_auto')}</option>
        {Object.entries(languages).map(([tag, name]) => <option key={tag} value={tag} lang={tag}>{name}</option>)}
      </select>
    </section>
  );
}
