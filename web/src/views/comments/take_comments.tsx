import { useState } from 'preact/hooks';
import type { Comment } from '../../api/classroom';
import { t } from '../../i18n';
import { access } from '../../state/device';
import { CommentForm } from './comment_form';
import { CommentList } from './comment_list';

interface Props {
  take: string;
  comments: readonly Comment[];
  byLearner: boolean;
}

/** What was said of a take, and a place to say more. */
export function TakeComments({ take, comments, byLearner }: Props) {
  const [added, setAdded] = useState<readonly Comment[]>([]);
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const known = new Set(comments.map((comment) => comment.id));
  const all = [...comments, ...added.filter((comment) => !known.has(comment.id))].filter((comment) => !removed.has(comment.id));
  const form = <CommentForm take={take} added={(comment) => setAdded([...added, comment])} />;
  return (
    <>
      {all.length > 0 && <CommentList comments={all} byLearner={byLearner} removed={(id) => setRemoved(new Set([...removed, id]))} />}
      {access.value.learner !== null ? null : byLearner ? <details class="comment-open"><summary>{t('comment_open')}</summary>{form}</details> : form}
    </>
  );
}
