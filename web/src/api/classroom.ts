/** What a teacher says of takes and asks learners for. */

export interface Comment {
  id: string;
  /** Empty: a teacher who gave no name. */
  author: string;
  made_ms: number;
  text: string;
  /** Says how it should sound. */
  has_recording: boolean;
  /** By the learner. */
  seen: boolean;
}
/** With the take it is on. */
export interface InboxComment extends Comment {
  take: string;
  take_text: string;
  take_has_recording: boolean;
}
export interface Assignment {
  id: string;
  learner: string;
  lesson: string;
  title: string;
  made_ms: number;
  /** "2027-01-31"; null: whenever. */
  due: string | null;
  note: string;
  /** Sentences of the lesson; 0: the lesson is not here any more. */
  items: number;
  /** Sentences that were read since it was set, and their mean score. */
  read: number;
  mean: number | null;
  done: boolean;
  /** The first sentence still to be read. */
  next: string | null;
}
export interface NewAssignment {
  learners: string[];
  lesson: string;
  due: string | null;
  note: string;
}
