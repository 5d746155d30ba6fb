/** Samples that the other side has not acknowledged yet, so that they can be sent again. Counts are of all samples so far. */
export class Unsent {
  private blocks: Int16Array[] = [];
  private first = 0;
  private next = 0;

  /** All samples so far. */
  get total(): number {
    return this.next;
  }

  /** How many are kept. */
  get kept(): number {
    return this.next - this.first;
  }

  add(samples: Int16Array): void {
    this.blocks.push(samples);
    this.next += samples.length;
  }

  /** Forgets what came before `count`. Blocks are kept whole. */
  acknowledged(count: number): void {
    while (this.blocks.length > 0 && this.first + this.blocks[0]!.length <= count) {
      this.first += this.blocks.shift()!.length;
    }
  }

  /** Everything from `count` on, in pieces of at most `limit` samples; null where some of it is gone. */
  from(count: number, limit: number): Int16Array[] | null {
    if (count < this.first || count > this.next) return null;
    const pieces: Int16Array[] = [];
    let at = this.first;
    for (const block of this.blocks) {
      const rest = block.subarray(Math.max(0, count - at));
      for (let begin = 0; begin < rest.length; begin += limit) pieces.push(rest.subarray(begin, begin + limit));
      at += block.length;
    }
    return pieces;
  }
}
