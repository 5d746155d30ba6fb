import type { Catalogue } from '../catalogue';
import { close_up } from './close_up';
import { feedback } from './feedback';
import { frame } from './frame';
import { settings } from './settings';
import { speak } from './speak';

export { hints } from './hints';
export const catalogue: Catalogue = { ...frame, ...speak, ...feedback, ...close_up, ...settings };
