import { useEffect, useState } from 'preact/hooks';
import type { InboxComment } from '../../api/classroom';
import { api } from '../../api/client';
import { rich, t } from '../../i18n';
import { readable } from '../../state/notation';
import { link } from '../../state/router';
import { English } from '../../ui/english';
import { PlayTake } from '../../ui/play_take';
import { CommentEntry, useSeen } from './comment_list';

/** What the learner has not seen yet, with her own recording beside the model; it is seen once it stands here. */
export function InboxCard({ learner }: { learner: string }) {
  const [comments, setComments] = useState<readonly InboxComment[]>([]);
  useEffect(() => {
    let current = true;
    api.comments(learner, true).then((found) => current && setComments(found), () => { /* They wait for the next time. */ });
    return () => { current = false; };
  }, [learner]);
  useSeen(comments, true);
  if (comments.length === 0) return null;
  return (
    <section class="card inbox" aria-labelledby="inbox-title">
      <h2 id="inbox-title">{t('comments_title')}</h2>
      <ul class="comments">
        {comments.map((comment) => (
          <CommentEntry key={comment.id} comment={comment}>
            <PlayTake take={{ id: comment.take, text: comment.take_text, has_recording: comment.take_has_recording }} label={t('comment_own')} />
            <a href={link('log', comment.take)}>{rich('comment_on', { text: <English>{readable(comment.take_text)}</English> })}</a>
          </CommentEntry>
        ))}
      </ul>
    </section>
  );
}
