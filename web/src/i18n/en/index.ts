import { close_up } from './close_up';
import { feedback } from './feedback';
import { frame } from './frame';
import { settings } from './settings';
import { speak } from './speak';

/** The English texts; the other languages have the same keys. */
export const en = { ...frame, ...speak, ...feedback, ...close_up, ...settings };
