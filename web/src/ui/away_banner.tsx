import { t } from '../i18n';
import { deviceAway } from '../state/device';

export function AwayBanner() {
  return (
    <div role="status" class="away-place">
      {deviceAway.value && <p class="away">{t('away')}</p>}
    </div>
  );
}
