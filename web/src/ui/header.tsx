import { link } from '../state/router';
import { LanguageSwitch, Mark } from './brand';
import { LearnerMenu } from './learner_menu';

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
