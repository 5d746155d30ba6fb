import type { ComponentType } from 'preact';
import type { Key } from '../i18n';
import type { IconName } from '../ui/icon';

export interface View {
  /** First part of its address: #/name. */
  name: string;
  title: Key;
  icon: IconName;
  /** The view in the menu that it belongs to; without one it stands there itself. */
  under?: string;
  load: () => Promise<{ default: ComponentType }>;
}

/** The views, in the order of the menu where they stand there. A view is loaded when it is opened for the first time. */
export const views: readonly View[] = [
  { name: 'speak', title: 'nav_speak', icon: 'microphone', load: () => import('./speak/speak') },
  { name: 'lessons', title: 'nav_lessons', icon: 'book', load: () => import('./lessons/lessons') },
  { name: 'tutor', title: 'nav_tutor', icon: 'tutor', load: () => import('./tutor/tutor') },
  { name: 'practice', title: 'nav_practice', icon: 'target', under: 'tutor', load: () => import('./drill/practice_view') },
  { name: 'articles', title: 'nav_articles', icon: 'book', under: 'tutor', load: () => import('./articles/articles') },
  { name: 'progress', title: 'nav_progress', icon: 'curve', load: () => import('./progress/progress') },
  { name: 'log', title: 'nav_log', icon: 'list', load: () => import('./log/log') },
  { name: 'teacher', title: 'nav_teacher', icon: 'people', load: () => import('./teacher/teacher') },
  { name: 'settings', title: 'nav_settings', icon: 'sliders', load: () => import('./settings/settings') },
];

/** What the menu marks as open: "tutor" for all that belongs to it. */
export function menuName(name: string): string {
  return findView(name)?.under ?? name;
}

export function findView(name: string): View | undefined {
  return views.find((view) => view.name === name);
}
