import { api } from '../../api/client';
import { t } from '../../i18n';
import { access } from '../../state/device';
import { useLoaded } from '../../ui/use_loaded';
import { LanguageChoice, KeysChoice, MotionChoice, StrictnessChoice, ThemeChoice } from './choices';
import { MicrophoneChoice } from './microphone_choice';
import { ModelChoice } from './model_choice';
import { Privacy } from './privacy';
import { TeacherChoice } from './teacher_choice';

function About() {
  const version = useLoaded(() => api.version(), []);
  if (version.state !== 'there') return null;
  const { version: program, model, live_model: live, language } = version.value;
  const facts = [
    ['about_version', program], ['about_model', model], ['about_live', live], ['about_language', language],
  ] as const;
  return (
    <section>
      <h2>{t('set_about')}</h2>
      <dl class="facts">
        {facts.map(([key, value]) => [<dt key={`${key}-name`}>{t(key)}</dt>, <dd key={key}>{value}</dd>])}
      </dl>
    </section>
  );
}

export default function Settings() {
  return (
    <section class="page settings">
      <h1>{t('settings_title')}</h1>
      <StrictnessChoice />
      <MicrophoneChoice />
      <LanguageChoice />
      <ThemeChoice />
      <MotionChoice />
      <KeysChoice />
      {access.value.learner === null && <ModelChoice />}
      {access.value.learner === null && <TeacherChoice />}
      <Privacy />
      <About />
    </section>
  );
}
