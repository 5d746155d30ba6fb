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

/** The English texts; the other languages have the same keys. */
export const en = { ...frame, ...speak, ...feedback, ...close_up, ...settings, ...log, ...progress, ...lessons, ...teacher, ...classroom, ...room, ...tutor };
