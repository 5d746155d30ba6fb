import type { Analysis } from './analysis';
import type { Assignment, Comment, InboxComment, NewAssignment } from './classroom';
import type { Curves } from './curves';
import { request, requestBlob, requestNothing, query, send } from './request';
import type {
  Access, ExportFormat, Judgement, Learner, Lesson, LessonBrief, Models, Progress, Take, TakeDetail, TakeSearch, Version,
} from './records';
import type { Article, ArticleBrief, Practised, TutorAnswer } from './tutor';

const base = '/api/v1';
const part = encodeURIComponent;

export const api = {
  version: () => request<Version>(`${base}/version`),
  models: () => request<Models>(`${base}/models`),
  chooseModel: (judge: string) => request<Models>(`${base}/models`, send('PATCH', { judge })),
  health: () => request<{ status: string }>(`${base}/health`),
  access: () => request<Access>(`${base}/access`),
  /** A code for a device that is to see this learner's things alone. */
  invite: (learner: string) => request<{ code: string; seconds: number }>(`${base}/invitations`, send('POST', { learner })),
  pair: (code: string) => request<{ token: string }>(`${base}/pair`, send('POST', code ? { code } : {})),

  lessons: () => request<{ lessons: LessonBrief[] }>(`${base}/lessons`).then((answer) => answer.lessons),
  lesson: (name: string) => request<Lesson>(`${base}/lessons/${part(name)}`),
  addLesson: (body: Blob | string, type: string, title?: string) =>
    request<Lesson>(`${base}/lessons${query({ title })}`, { method: 'POST', body, headers: { 'Content-Type': type } }),
  removeLesson: (name: string) => requestNothing(`${base}/lessons/${part(name)}`, send('DELETE')),

  itemAudio: (lesson: string, item: string, slow: boolean) =>
    requestBlob(`${base}/lessons/${part(lesson)}/${part(item)}/audio${query({ slow })}`),
  reference: (text: string, options: { word?: string; slow?: boolean } = {}) =>
    requestBlob(`${base}/reference${query({ text, ...options })}`),
  referenceAnalysis: (what: { text: string } | { lesson: string; item: string }) =>
    request<Analysis>(`${base}/reference/analysis${query({ ...what })}`),

  learners: () => request<{ learners: Learner[] }>(`${base}/learners`).then((answer) => answer.learners),
  addLearner: (learner: Pick<Learner, 'name' | 'first_language'>) =>
    request<Learner>(`${base}/learners`, send('POST', learner)),
  changeLearner: (id: string, change: Partial<Pick<Learner, 'name' | 'first_language'>>) =>
    request<Learner>(`${base}/learners/${part(id)}`, send('PATCH', change)),
  removeLearner: (id: string) => requestNothing(`${base}/learners/${part(id)}`, send('DELETE')),

  takes: (search: TakeSearch) => request<{ takes: Take[]; more: boolean }>(`${base}/takes${query({ ...search })}`),
  take: (id: string) => request<TakeDetail>(`${base}/takes/${part(id)}`),
  changeTake: (id: string, change: Partial<Pick<Take, 'starred' | 'note'>>) =>
    request<Take>(`${base}/takes/${part(id)}`, send('PATCH', change)),
  removeTake: (id: string) => requestNothing(`${base}/takes/${part(id)}`, send('DELETE')),
  removeTakes: (takes: string[]) => requestNothing(`${base}/takes/delete`, send('POST', { takes })),
  removeRecording: (id: string) => requestNothing(`${base}/takes/${part(id)}/audio`, send('DELETE')),
  recording: (id: string) => requestBlob(`${base}/takes/${part(id)}/audio`),
  judgeAnew: (id: string) => request<Judgement>(`${base}/takes/${part(id)}/analyses`, send('POST')),

  comments: (learner: string, unseen: boolean) =>
    request<{ comments: InboxComment[] }>(`${base}/comments${query({ learner, unseen })}`).then((answer) => answer.comments),
  /** `model`: a recording of how it should sound. */
  say: (take: string, author: string, text: string, model: Blob | null) =>
    request<Comment>(`${base}/takes/${part(take)}/comments${model ? query({ author, text }) : ''}`, model
      ? { method: 'POST', body: model, headers: { 'Content-Type': model.type } }
      : send('POST', { author, text })),
  seen: (comment: string) => request<Comment>(`${base}/comments/${part(comment)}`, send('PATCH', { seen: true })),
  removeComment: (comment: string) => requestNothing(`${base}/comments/${part(comment)}`, send('DELETE')),
  commentAudio: (comment: string) => requestBlob(`${base}/comments/${part(comment)}/audio`),

  assignments: (learner = '') =>
    request<{ assignments: Assignment[] }>(`${base}/assignments${query({ learner })}`).then((answer) => answer.assignments),
  assign: (assignment: NewAssignment) =>
    request<{ assignments: Assignment[] }>(`${base}/assignments`, send('POST', assignment)).then((answer) => answer.assignments),
  removeAssignment: (id: string) => requestNothing(`${base}/assignments/${part(id)}`, send('DELETE')),

  progress: (learner: string, fromDay?: number) =>
    request<Progress>(`${base}/learners/${part(learner)}/progress${query({ from_day: fromDay })}`),

  /** Of all sounds together, or of one. */
  curves: (learner: string, sound = '') => request<Curves>(`${base}/learners/${part(learner)}/curves${query({ sound })}`),

  articles: () => request<{ articles: ArticleBrief[] }>(`${base}/knowledge`).then((answer) => answer.articles),
  /** `id`: "contrast/s-th". */
  article: (id: string) => request<Article>(`${base}/knowledge/${id.split('/').map(part).join('/')}`),
  /** Without a sound: for what is due. */
  drill: (learner: string, options: { sound?: string; against?: string; count?: number } = {}) =>
    request<Practised>(`${base}/learners/${part(learner)}/drills${query(options)}`),
  /** `compose`: whether a language model is to write an answer out of what was found, where the program has one. */
  ask: (question: string, options: { learner?: string; compose: boolean }, signal?: AbortSignal) =>
    request<TutorAnswer>(`${base}/ask`, { ...send('POST', { question, ...options }), ...(signal && { signal }) }),

  /** The address of a download. */
  exportAddress: (learner: string, format: ExportFormat) => `${base}/export${query({ learner, format })}`,
  /** A download of more takes than an address can name. */
  exportTakes: (takes: string[], format: ExportFormat) => requestBlob(`${base}/export`, send('POST', { takes, format })),
};
