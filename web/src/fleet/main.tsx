import { effect } from '@preact/signals';
import { render } from 'preact';
import { loadLanguage } from '../i18n';
import { startRouter } from '../state/router';
import { applySettings } from '../state/settings';
import '../style/colours.css';
import '../style/base.css';
import '../style/frame.css';
import '../style/controls.css';
import '../style/records.css';
import { FleetApp } from './app';
import { startSession } from './session';
import { loadWords } from './words';
import './fleet.css';

applySettings();
startRouter();
effect(() => {
  void loadLanguage();
});
effect(() => {
  void loadWords();
});
void startSession();
render(<FleetApp />, document.getElementById('page')!);
