import { decimal, listed } from '../i18n';
import { blocksOf, rulesOf, total } from './figures';
import { StageBlock } from './parts';
import { stages, type Rollout, type Stage, type StageCounts, type Wave } from './records';
import { w } from './words';

function stageList(counts: StageCounts): string {
  return listed(stages.filter((stage) => counts[stage]).map((stage) => `${w(`stage_${stage}`)}: ${counts[stage]}`));
}

function Row({ wave, number, asks }: { wave: Wave; number: number; asks: boolean }) {
  const { blocks, devicesPerBlock } = blocksOf(wave.stages);
  return (
    <li class={wave.started ? 'wave' : 'wave waits'}>
      <p class="wave-head">
        <strong>{w('wave', { wave: number })}</strong>{' '}
        <small>
          {w('of_devices', { count: wave.size })}
          {!wave.started && ` · ${w('wave_waits')}`}
          {!wave.started && asks && ` · ${w('asks')}`}
          {devicesPerBlock > 1 && ` · ${w('map_block', { count: devicesPerBlock })}`}
        </small>
      </p>
      <p class="hidden">{w('wave_text', { wave: number, size: wave.size, stages: stageList(wave.stages) })}</p>
      <div class="blocks" aria-hidden="true">{blocks.map((stage, i) => <StageBlock key={i} stage={stage} />)}</div>
      <p class="wave-counts" aria-hidden="true">
        {stages.filter((stage) => wave.stages[stage]).map((stage) => (
          <span key={stage}><StageBlock stage={stage} /> {decimal(wave.stages[stage]!, 0)}</span>
        ))}
      </p>
    </li>
  );
}

/** Each wave as a row of blocks, and what the blocks mean: signs and figures say the same as colours. */
export function WaveMap({ rollout, chosen, choose }: { rollout: Rollout; chosen: Stage | null; choose: (stage: Stage | null) => void }) {
  const sum = total(rollout);
  const asks = new Set(rollout.plan?.approvals ?? []);
  return (
    <>
      <p class="quiet">{w('legend')}</p>
      <ul class="legend">
        {stages.filter((stage) => sum[stage]).map((stage) => (
          <li key={stage}>
            <button type="button" class="button small" aria-pressed={chosen === stage} onClick={() => choose(chosen === stage ? null : stage)}>
              <StageBlock stage={stage} />{w(`stage_${stage}`)} <strong>{decimal(sum[stage]!, 0)}</strong>
            </button>
          </li>
        ))}
      </ul>
      <ol class="waves">
        {rollout.in_waves.map((wave, i) => <Row key={i} wave={wave} number={i + 1} asks={asks.has(i + 1)} />)}
      </ol>
    </>
  );
}

/** "95 %", "20", or what the rule does not say. */
function limit(count: number | undefined, share: number | undefined): string {
  if (share !== undefined) return `${share} %`;
  return count === undefined ? '–' : String(count);
}

/** What each wave must reach and must not exceed, and where it stands. */
export function Rules({ rollout }: { rollout: Rollout }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={w('rules')}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col"><span class="hidden">{w('rollout')}</span></th>
            <th scope="col">{w('rule_success')}</th>
            <th scope="col">{w('rule_errors')}</th>
            <th scope="col">{w('rule_observe')}</th>
          </tr>
        </thead>
        <tbody>
          {rollout.in_waves.map((wave, i) => {
            const { success, errors, observe } = rulesOf(rollout.plan, i);
            return (
              <tr key={i}>
                <th scope="row">{w('wave', { wave: i + 1 })}</th>
                <td>{limit(success.at_least, success.at_least_percent)} <small>({w('rule_now', { count: wave.stages.succeeded ?? 0 })})</small></td>
                <td>{limit(errors.at_most, errors.at_most_percent)} <small>({w('rule_now', { count: wave.errors })})</small></td>
                <td>{observe || '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
