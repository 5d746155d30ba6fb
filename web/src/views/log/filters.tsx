import { useEffect, useState } from 'preact/hooks';
import type { LessonBrief } from '../../api/records';
import { t, type Key } from '../../i18n';
import { learners } from '../../state/learner';
import { Icon } from '../../ui/icon';
import { filtersSet, orders, type LogSearch, type Order } from './search';

interface FiltersProps {
  search: LogSearch;
  lessons: readonly LessonBrief[];
  change: (change: Partial<LogSearch>) => void;
}

function WordsField({ search, change }: Pick<FiltersProps, 'search' | 'change'>) {
  const [words, setWords] = useState(search.search);
  useEffect(() => setWords(search.search), [search.search]);
  useEffect(() => {
    if (words === search.search) return;
    const timer = setTimeout(() => change({ search: words }), 150);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <label class="search-field">
      <span class="hidden">{t('log_search')}</span>
      <Icon name="search" />
      <input type="search" placeholder={t('log_search')} value={words} onInput={(event) => setWords(event.currentTarget.value)} />
    </label>
  );
}

function More({ search, lessons, change }: FiltersProps) {
  return (
    <div class="filters">
      <label>
        {t('lesson')}
        <select value={search.lesson} onChange={(event) => change({ lesson: event.currentTarget.value })}>
          <option value="">{t('log_any_lesson')}</option>
          {lessons.map((lesson) => <option key={lesson.name} value={lesson.name}>{lesson.title}</option>)}
        </select>
      </label>
      <label>
        {t('log_below')}
        <select value={search.below} onChange={(event) => change({ below: event.currentTarget.value })}>
          <option value="">{t('log_any_score')}</option>
          {['50', '60', '70', '80', '90'].map((points) => <option key={points} value={points}>{points}</option>)}
        </select>
      </label>
      <label>
        {t('log_from')}
        <input type="date" value={search.from} max={search.to || undefined} onChange={(event) => change({ from: event.currentTarget.value })} />
      </label>
      <label>
        {t('log_to')}
        <input type="date" value={search.to} min={search.from || undefined} onChange={(event) => change({ to: event.currentTarget.value })} />
      </label>
      <label class="check">
        <input type="checkbox" checked={search.starred} onChange={(event) => change({ starred: event.currentTarget.checked })} />
        {t('log_starred')}
      </label>
    </div>
  );
}

export function Filters(props: FiltersProps) {
  const { search, change } = props;
  const set = filtersSet(search);
  const [open, setOpen] = useState(set > 0);
  return (
    <form class="log-form" role="search" onSubmit={(event) => event.preventDefault()}>
      <div class="log-bar">
        <WordsField search={search} change={change} />
        <label>
          <span class="hidden">{t('learner_menu')}</span>
          <select value={search.learner} onChange={(event) => change({ learner: event.currentTarget.value })}>
            <option value="">{t('log_everybody')}</option>
            {learners.value.map((learner) => <option key={learner.id} value={learner.id}>{learner.name || t('someone')}</option>)}
          </select>
        </label>
        <label>
          <span class="hidden">{t('log_order')}</span>
          <select value={search.order} onChange={(event) => change({ order: event.currentTarget.value as Order })}>
            {orders.map((order) => <option key={order} value={order}>{t(`log_order_${order}` as Key)}</option>)}
          </select>
        </label>
        <button class="button" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name="sliders" />
          {t('log_filters')}
          {set > 0 && <span class="count">{set}</span>}
        </button>
      </div>
      {open && <More {...props} />}
    </form>
  );
}
