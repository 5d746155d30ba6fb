import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { api } from '../../api/client';
import type { Comment } from '../../api/classroom';
import { decode } from '../../audio/sound';
import { t } from '../../i18n';
import { moment } from '../../state/dates';
import { haveSeen } from '../../state/inbox';
import { Icon } from '../../ui/icon';
import { HearButton } from '../speak/hear';
import '../../style/classroom.css';

interface EntryProps {
  comment: Comment;
  /** What it is on, and what else can be done. */
  children?: ComponentChildren;
  remove?: (() => void) | undefined;
}

/** What a human said: marked as such by its icon and in words. */
export function CommentEntry({ comment, children, remove }: EntryProps) {
  return (
    <li class="comment">
      <Icon name="people" />
      <div class="comment-main">
        <p class="comment-head">
          <strong>{comment.author || t('a_teacher')}</strong> <small>{t('advice_human')} · {moment(comment.made_ms)}</small>
          {!comment.seen && <> <span class="pill">{t('comment_unseen')}</span></>}
        </p>
        {comment.text && <p class="comment-text">{comment.text}</p>}
        <div class="row">
          {comment.has_recording && (
            <HearButton name={`comment ${comment.id}`} label={t('comment_model')} small sound={async () => decode(await api.commentAudio(comment.id))} />
          )}
          {children}
          {remove && <button type="button" class="icon-button" aria-label={t('comment_remove')} title={t('comment_remove')} onClick={remove}><Icon name="trash" /></button>}
        </div>
      </div>
    </li>
  );
}

/** The comments that the learner is looking at are seen from now on; they stay marked for as long as they stand here. */
export function useSeen(comments: readonly Comment[], byLearner: boolean): void {
  const unseen = comments.filter((comment) => !comment.seen).map((comment) => comment.id);
  useEffect(() => {
    if (byLearner && unseen.length > 0) void haveSeen(unseen);
  }, [unseen.join(), byLearner]);
}

interface ListProps {
  comments: readonly Comment[];
  /** Whether the learner whom they are for is looking. */
  byLearner: boolean;
  removed: (id: string) => void;
}

/** All that was said of one take. */
export function CommentList({ comments, byLearner, removed }: ListProps) {
  const [failure, setFailure] = useState('');
  useSeen(comments, byLearner);
  const remove = (id: string): void => {
    api.removeComment(id).then(() => removed(id), (error: Error) => setFailure(error.message));
  };
  return (
    <>
      <ul class="comments">
        {comments.map((comment) => <CommentEntry key={comment.id} comment={comment} remove={() => remove(comment.id)} />)}
      </ul>
      {failure && <p role="alert">{t('failed', { why: failure })}</p>}
    </>
  );
}
