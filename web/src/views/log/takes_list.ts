import { signal } from '@preact/signals';
import { api } from '../../api/client';
import type { Take, TakeSearch } from '../../api/records';

const page = 50;

/** The takes that a search has found so far. What was found stays until the next answer is there. */
export class TakesList {
  readonly takes = signal<Take[]>([]);
  readonly more = signal(false);
  /** The first answer is there. */
  readonly loaded = signal(false);
  readonly busy = signal(false);
  readonly failure = signal<Error | null>(null);
  private round = 0;
  private asked: TakeSearch = { learner: '' };

  constructor(private readonly find: (search: TakeSearch) => Promise<{ takes: Take[]; more: boolean }> = api.takes) {}

  search(search: TakeSearch): Promise<void> {
    this.asked = search;
    return this.ask({ ...search, limit: page }, () => []);
  }

  loadMore(): Promise<void> {
    const last = this.takes.value.at(-1);
    if (!last || this.busy.value) return Promise.resolve();
    return this.ask({ ...this.asked, limit: page, after: last.id }, () => this.takes.value);
  }

  /** Only the answer to the last question counts. */
  private async ask(search: TakeSearch, before: () => Take[]): Promise<void> {
    const round = (this.round += 1);
    this.busy.value = true;
    try {
      const found = await this.find(search);
      if (round !== this.round) return;
      const known = new Set(before().map((take) => take.id));
      this.takes.value = [...before(), ...found.takes.filter((take) => !known.has(take.id))];
      this.more.value = found.more;
      this.failure.value = null;
      this.loaded.value = true;
    } catch (failure) {
      if (round === this.round) this.failure.value = failure as Error;
    } finally {
      if (round === this.round) this.busy.value = false;
    }
  }

  replace(take: Take): void {
    this.takes.value = this.takes.value.map((one) => (one.id === take.id ? take : one));
  }
}
