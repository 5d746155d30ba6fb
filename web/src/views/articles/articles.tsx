import { route } from '../../state/router';
import { ArticlePage } from './article';
import { ArticleList } from './list';
import '../../style/records.css';
import '../../style/tutor.css';

/** #/articles, #/articles/KIND/NAME; ?part=… is what was cited. */
export default function Articles() {
  const [, kind, name] = route.value.parts;
  return kind && name ? <ArticlePage key={`${kind}/${name}`} id={`${kind}/${name}`} /> : <ArticleList />;
}
