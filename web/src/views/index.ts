import type { ComponentType } from 'preact';
import type { Key } from '../i18n';
import type { IconName } from '../ui/icon';

export interface View {
  /** First part of its address: #/name. */
  name: string;
  title: Key;
  icon: IconName;
  load: () => Promise<{ default: ComponentType }>;
}

/** The views in the order of the menu. A view is loaded when it is opened for the first time. */
export const views: readonly View[] = [
  { name: 'speak', title: 'nav_speak', icon: 'microphone', load: () => import('./speak/speak') },
  { name: 'lessons', title: 'nav_lessons', icon: 'book', load: () => import('./lessons/lessons') },
  { name: 'progress', title: 'nav_progress', icon: 'curve', load: () => import('./progress/progress') },
  { name: 'log', title: 'nav_log', icon: 'list', load: () => import('./log/log') },
  { name: 'teacher', title: 'nav_teacher', icon: 'people', load: () => import('./teacher/teacher') },
  { name: 'settings', title: 'nav_settings', icon: 'sliders', load: () => import('./settings/settings') },
];

export function findView(name: string): View | undefined {
  return views.find((view) => view.name === name);
}
