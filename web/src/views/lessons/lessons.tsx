import { route } from '../../state/router';
import { Pack } from './pack';
import { Packs } from './packs';
import '../../style/records.css';

/** #/lessons, #/lessons/NAME. */
export default function Lessons() {
  const name = route.value.parts[1];
  return name ? <Pack key={name} name={name} /> : <Packs />;
}
