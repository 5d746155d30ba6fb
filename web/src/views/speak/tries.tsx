import { t } from '../../i18n';
import { gain, totalOf, type Attempt } from './attempt';
import { Gain } from './gain';
import { HearButton } from './hear';
import type { Sound } from '../../audio/sound';

function soundOf(attempt: Attempt): Sound {
  const parts = attempt.sentences.map((one) => one.sound.samples);
  const samples = new Int16Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of parts) {
    samples.set(one, at);
    at += one.length;
  }
  return { samples, rate: 16_000 };
}

/** The tries at this sentence, to be heard one against the other. */
export function Tries({ attempts, shownNumber }: { attempts: Attempt[]; shownNumber: number }) {
  const first = attempts[0];
  if (!first) return null;
  const last = attempts.at(-1)!;
  return (
    <div class="tries">
      <h2 class="kicker">{t('your_tries')}</h2>
      <ol>
        {attempts.slice(-4).map((attempt) => {
          const total = totalOf(attempt);
          return (
            <li key={attempt.number} aria-current={attempt.number === shownNumber ? 'true' : undefined}>
              <span class="try-number">{attempt.number}</span>
              <span class="try-score">{total === null ? '–' : Math.round(total)}</span>
              <HearButton small name={attempt.number === shownNumber ? 'own-all' : `try-${attempt.number}`} icon="play"
                label={t('listen_try', { number: attempt.number })} sound={() => soundOf(attempt)} />
            </li>
          );
        })}
      </ol>
      {attempts.length > 1 && <Gain points={gain(totalOf(attempts.at(-2)!), totalOf(last))} />}
    </div>
  );
}
