import type { Catalogue } from '../catalogue';
import { classroom } from './classroom';
import { close_up } from './close_up';
import { feedback } from './feedback';
import { frame } from './frame';
import { lessons } from './lessons';
import { log } from './log';
import { progress } from './progress';
import { room } from './room';
import { settings } from './settings';
import { speak } from './speak';
import { teacher } from './teacher';
import { tutor } from './tutor';

export { hints } from './hints';
export const catalogue: Catalogue = { ...frame, ...speak, ...feedback, ...close_up, ...settings, ...log, ...progress, ...lessons, ...teacher, ...classroom, ...room, ...tutor };
