import { route } from '../../state/router';
import { Compare } from './compare';
import { Detail } from './detail';
import { LogList } from './list';
import '../../style/records.css';

/** #/log, #/log/TAKE, #/log/TAKE/TAKE. */
export default function Log() {
  const [, one, other] = route.value.parts;
  if (one && other) return <Compare key={`${one} ${other}`} before={one} after={other} />;
  if (one) return <Detail key={one} id={one} />;
  return <LogList />;
}
