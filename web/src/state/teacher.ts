import { stored } from './stored';

/** How learners see who watches and writes to them; empty: "a teacher". */
export const teacherName = stored<string>('teacher_name', '');
