import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app';
import { loadLanguage } from './i18n';
import { startInbox } from './state/inbox';
import { loadLearners } from './state/learner';
import { startRoom } from './state/room';
import { startRouter } from './state/router';
import { applySettings } from './state/settings';
import './style/index.css';

applySettings();
startRouter();
effect(() => {
  void loadLanguage();
});
void loadLearners();
startRoom();
startInbox();
render(<App />, document.getElementById('page')!);

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => {
    navigator.serviceWorker.register('/sw.js').catch(() => {
      /* Without one the page works as long as the program does. */
    });
  });
}
