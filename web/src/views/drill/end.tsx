import { useEffect, useRef } from 'preact/hooks';
import { listed, rich, t } from '../../i18n';
import { soundText } from '../../i18n/feedback';
import { announce } from '../../state/announce';
import { readable } from '../../state/notation';
import { link } from '../../state/router';
import { English } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { summaryOf } from './outcome';
import { goTo, items, outcomes, round } from './round';

function Texts({ title, texts, good = false }: { title: string; texts: readonly string[]; good?: boolean }) {
  if (texts.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul class={good ? 'drill-texts good' : 'drill-texts'}>
        {texts.map((text) => <li key={text}>{good && <Icon name="check" />}<English>{readable(text)}</English></li>)}
      </ul>
    </section>
  );
}

/** What went well, first; what got better; what comes again. No number that could be a mark. */
export function End({ again }: { again: () => void }) {
  const title = useRef<HTMLHeadingElement>(null);
  const summary = summaryOf(items.value, outcomes.value);
  const { well, better, later, tried } = summary;
  const said = t(tried === 0 ? 'drill_end_none' : well.length > 0 ? 'drill_end_well' : 'drill_end_later', { count: well.length, all: tried });
  useEffect(() => {
    title.current?.focus();
    announce([said, better.length > 0 ? `${t('drill_better')}: ${listed(better.map(readable))}` : ''].join(' '));
  }, []);
  return (
    <div class="card drill-end">
      <h2 ref={title} tabIndex={-1}>{t('drill_end')}</h2>
      <p class="lead">{said}</p>
      <Texts title={t('drill_better')} texts={better} good />
      <Texts title={t('drill_well')} texts={well.filter((text) => !better.includes(text))} good />
      <Texts title={t('drill_later')} texts={later} />
      {later.length > 0 && <p class="quiet">{rich('drill_later_means', { sound: soundText(round.value!.drill.sound.arpabet) })}</p>}
      <div class="row">
        <button type="button" class="button primary" onClick={again}><Icon name="repeat" />{t('drill_again')}</button>
        {tried < items.value.length && <button type="button" class="button" onClick={() => goTo(outcomes.value.findIndex((one) => one.length === 0))}>{t('drill_back')}</button>}
        <a class="button" href={link('progress')}><Icon name="curve" />{t('nav_progress')}</a>
      </div>
    </div>
  );
}
