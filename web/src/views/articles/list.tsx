import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { ArticleBrief } from '../../api/tutor';
import { languageName, t } from '../../i18n';
import { isMissing } from '../../api/request';
import { chosen } from '../../state/learner';
import { addressOf } from '../../state/passages';
import { Ipa } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { useLoaded } from '../../ui/use_loaded';
import { TutorTabs } from '../tutor/tabs';
import { grouped, primary, type Group } from './grouping';

function Entry({ article }: { article: ArticleBrief }) {
  const [tag] = article.languages;
  return (
    <li>
      <a href={addressOf(article.id)}>
        {article.kind === 'language' && tag ? languageName(tag) : <span lang="en" dir="ltr">{article.title}</span>}
      </a>
      {article.kind === 'sound' && <> <Ipa>/{article.sounds[0]?.ipa}/</Ipa></>}
    </li>
  );
}

function Entries({ group, articles }: { group: Group; articles: readonly ArticleBrief[] }) {
  const language = chosen.value?.first_language ?? '';
  return (
    <section class="card articles" aria-labelledby={`articles-${group}`}>
      <h2 id={`articles-${group}`}>{t(`articles_${group}`)}</h2>
      {group === 'for_you' && <p class="quiet">{t('articles_for_you_why', { language: languageName(primary(language)) })}</p>}
      <ul>{articles.map((article) => <Entry key={article.id} article={article} />)}</ul>
    </section>
  );
}

/** All that can be read, by what it is about, and found by a word. */
export function ArticleList() {
  const loaded = useLoaded(api.articles, []);
  const [search, setSearch] = useState('');
  const groups = loaded.state === 'there' ? grouped(loaded.value, search, chosen.value?.first_language ?? '') : [];
  const missing = loaded.state === 'failed' && isMissing(loaded.failure);
  return (
    <section class="page stack">
      <TutorTabs />
      <h1>{t('nav_articles')}</h1>
      <p class="lead">{t('articles_lead')}</p>
      {loaded.state === 'failed' && <p class="notice">{missing ? t('tutor_none') : t('failed', { why: loaded.failure.message })}</p>}
      {loaded.state === 'there' && (
        <>
          <label class="search-field">
            <Icon name="search" />
            <span class="hidden">{t('articles_search')}</span>
            <input type="search" placeholder={t('articles_search')} value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
          </label>
          <p class="hidden" role="status">{search && t('articles_found', { count: new Set(groups.flatMap(([, list]) => list)).size })}</p>
          {groups.length === 0 && <p class="quiet">{t('articles_nothing')}</p>}
          {groups.map(([group, articles]) => <Entries key={group} group={group} articles={articles} />)}
        </>
      )}
    </section>
  );
}
