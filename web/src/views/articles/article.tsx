import { useEffect, useRef } from 'preact/hooks';
import { api } from '../../api/client';
import { isMissing } from '../../api/request';
import type { Article, ArticleBrief, ArticleSection } from '../../api/tutor';
import { decode } from '../../audio/sound';
import { Mouth } from '../../draw/mouth/mouth';
import { languageName, listed, t } from '../../i18n';
import { soundText } from '../../i18n/feedback';
import { learnerId } from '../../state/learner';
import { addressOf } from '../../state/passages';
import { link, route } from '../../state/router';
import { Ipa } from '../../ui/english';
import { Icon } from '../../ui/icon';
import { Prose } from '../../ui/prose';
import { useLoaded } from '../../ui/use_loaded';
import { HearButton } from '../speak/hear';
import { related } from './grouping';

const say = (text: string, slow = false) => async () => decode(await api.reference(text, { slow }));

/** A word that says itself when it is pressed. */
function WordButton({ word }: { word: string }) {
  return <HearButton small name={`word ${word}`} label={word} lang="en" says={t('article_hear_word', { word })} sound={say(word)} />;
}

/** What was cited is marked, and brought into view. */
function Part({ section, cited }: { section: Pick<ArticleSection, 'passage' | 'heading' | 'items'>; cited: boolean }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (cited) place.current?.scrollIntoView({ block: 'center' });
  }, [cited]);
  return (
    <section ref={place} class={cited ? 'card article-part cited' : 'card article-part'} lang="en" dir="ltr">
      <h2>{section.heading}</h2>
      <ul>{section.items.map((item) => <li key={item}><Prose text={item} /></li>)}</ul>
    </section>
  );
}

function Mouths({ article }: { article: Article }) {
  if (article.kind !== 'sound' && article.kind !== 'contrast') return null;
  return (
    <div class="article-mouths">
      {article.sounds.map((sound) => (
        <div key={sound.arpabet}>
          <p class="article-sound">{soundText(sound.arpabet)} <Ipa>/{sound.ipa}/</Ipa></p>
          <Mouth arpabet={sound.arpabet} />
        </div>
      ))}
    </div>
  );
}

/** "Sink, sick. Think, thick.": a text that the view in which one speaks cuts into its sentences. */
function readAddress(lines: readonly string[]): string {
  const text = lines.map((line) => `${line.charAt(0).toUpperCase()}${line.slice(1)}.`).join(' ');
  return `${link('speak')}?text=${encodeURIComponent(text)}`;
}

function Pairs({ article }: { article: Article }) {
  if (article.pairs.length === 0) return null;
  return (
    <section class="card">
      <h2>{t('article_pairs')}</h2>
      <p class="quiet">{t('article_pairs_how')}</p>
      <ul class="pairs">
        {article.pairs.map(([one, other]) => (
          <li key={one}>
            <WordButton word={one} />
            <WordButton word={other} />
            <HearButton small name={`pair ${one}`} label={t('article_hear_both')} says={t('article_hear_pair', { one, other })} sound={say(`${one}, ${other}`)} />
          </li>
        ))}
      </ul>
      <a class="button" href={readAddress(article.pairs.map(([one, other]) => `${one}, ${other}`))}><Icon name="microphone" />{t('article_read_pairs')}</a>
    </section>
  );
}

function Words({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <section class="card">
      <h2>{t('article_words')}</h2>
      <p class="row">{words.map((word) => <WordButton key={word} word={word} />)}</p>
      <a class="button" href={readAddress(words)}><Icon name="microphone" />{t('article_read_words')}</a>
    </section>
  );
}

function Related({ article, all }: { article: Article; all: readonly ArticleBrief[] }) {
  const found = related(article, all);
  if (found.length === 0) return null;
  return (
    <section class="card articles" aria-labelledby="article-related">
      <h2 id="article-related">{t('article_related')}</h2>
      <ul>{found.map((one) => <li key={one.id}><a href={addressOf(one.id)} lang="en" dir="ltr">{one.title}</a></li>)}</ul>
    </section>
  );
}

function Sources({ article }: { article: Article }) {
  if (article.sources.length === 0) return null;
  return (
    <details class="small">
      <summary>{t('article_sources')}</summary>
      <ul lang="en" dir="ltr">{article.sources.map(({ key, text }) => <li key={key}><Prose text={text || key} /></li>)}</ul>
    </details>
  );
}

/** Exercises for the sound, where somebody is there whose they are. */
function Exercises({ article }: { article: Article }) {
  const [sound, against] = article.sounds;
  if (!learnerId.value || !sound || (article.kind !== 'sound' && article.kind !== 'contrast')) return null;
  const query = new URLSearchParams({ sound: (against ?? sound).arpabet, ...(against && { against: sound.arpabet }) });
  return <a class="button primary" href={`${link('practice')}?${query}`}><Icon name="target" />{t('article_exercises')}</a>;
}

function Whole({ article, all }: { article: Article; all: readonly ArticleBrief[] }) {
  const part = route.value.query.get('part');
  const cited = part === null ? '' : `${article.id}#${part}`;
  return (
    <>
      <header>
        <p class="kicker">{t(`article_kind_${article.kind}`)}</p>
        <h1 lang="en" dir="ltr">{article.title}</h1>
        {article.load && <p class="quiet">{t(`article_load_${article.load}`)}</p>}
        {article.kind !== 'language' && article.languages.length > 0 && (
          <p class="quiet">{t('article_languages', { languages: listed(article.languages.map(languageName)) })}</p>
        )}
      </header>
      <div class="article-head">
        <div class={cited === article.passage ? 'article-text cited' : 'article-text'} lang="en" dir="ltr">
          {article.paragraphs.map((paragraph) => <p key={paragraph}><Prose text={paragraph} /></p>)}
        </div>
        <Mouths article={article} />
      </div>
      <p class="row"><Exercises article={article} /></p>
      <div class="two">{article.sections.map((section) => <Part key={section.passage} section={section} cited={section.passage === cited} />)}</div>
      <Pairs article={article} />
      <Words words={article.words} />
      <Related article={article} all={all} />
      <Sources article={article} />
    </>
  );
}

export function ArticlePage({ id }: { id: string }) {
  const loaded = useLoaded(() => Promise.all([api.article(id), api.articles()]), [id]);
  return (
    <section class="page stack article">
      <p><a href={link('articles')} class="back"><Icon name="back" />{t('nav_articles')}</a></p>
      {loaded.state === 'loading' && <h1 class="hidden">{t('loading')}</h1>}
      {loaded.state === 'failed' && (
        <>
          <h1>{t('nav_articles')}</h1>
          <p class="notice">{isMissing(loaded.failure) ? t('article_none') : t('failed', { why: loaded.failure.message })}</p>
        </>
      )}
      {loaded.state === 'there' && <Whole article={loaded.value[0]} all={loaded.value[1]} />}
    </section>
  );
}
