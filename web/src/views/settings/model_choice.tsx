import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Model, Models } from '../../api/records';
import { decimal, megabytes, t } from '../../i18n';
import { announce } from '../../state/announce';
import { useLoaded } from '../../ui/use_loaded';

/** How well it agrees with experts, as far as that was measured, and what it costs on the disk. */
function Means({ model }: { model: Model }) {
  const measured = (measure: string): number | undefined => model.accuracy.find((entry) => entry.measure === measure)?.value;
  const sounds = measured('phone against the raters'), sentences = measured('sentence total against the raters');
  const size = megabytes(model.megabytes);
  if (sounds === undefined || sentences === undefined) return <small>{size}</small>;
  return <small>{t('model_agrees', { sounds: decimal(sounds, 2), sentences: decimal(sentences, 2) })} · {size}</small>;
}

/** Who judges from now on. It holds for all who learn on this device. */
export function ModelChoice() {
  const loaded = useLoaded(() => api.models(), []);
  const [now, setNow] = useState<Models | null>(null);
  const [opening, setOpening] = useState('');
  const [failure, setFailure] = useState('');
  if (loaded.state !== 'there') return null;
  const { judge, models } = now ?? loaded.value;
  if (models.length < 2) return null;
  const choose = async (model: Model): Promise<void> => {
    setOpening(model.name);
    setFailure('');
    try {
      setNow(await api.chooseModel(model.name));
      announce(t('model_chosen', { model: model.label }));
    } catch (error) {
      setFailure((error as Error).message);
    }
    setOpening('');
  };
  return (
    <fieldset disabled={opening !== ''} aria-busy={opening !== ''}>
      <legend><h2>{t('set_model')}</h2></legend>
      <p class="quiet">{t('model_explain')}</p>
      {models.map((model) => (
        <label key={model.name} class="choice">
          <input type="radio" name="model" checked={(opening || judge) === model.name} onChange={() => void choose(model)} />
          <span class="choice-text"><bdi lang="en">{model.label}</bdi><Means model={model} /></span>
        </label>
      ))}
      {failure && <p role="alert" class="notice">{t('failed', { why: failure })}</p>}
    </fieldset>
  );
}
