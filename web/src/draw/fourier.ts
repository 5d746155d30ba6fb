/** Power spectra of real signals; the size is a power of two. */
export class Fourier {
  private readonly cos: Float32Array;
  private readonly sin: Float32Array;
  private readonly order: Uint32Array;
  private readonly re: Float32Array;
  private readonly im: Float32Array;

  constructor(readonly size: number) {
    const bits = Math.log2(size);
    if (!Number.isInteger(bits)) throw new Error('The size is a power of two.');
    this.cos = Float32Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    this.sin = Float32Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
    this.order = new Uint32Array(size);
    for (let i = 0; i < size; i += 1) {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit += 1) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
      this.order[i] = reversed;
    }
    this.re = new Float32Array(size);
    this.im = new Float32Array(size);
  }

  /** |X|² of bins 0 … size/2 − 1, into `out`. */
  power(frame: Float32Array, out: Float32Array): void {
    const { re, im, size } = this;
    for (let i = 0; i < size; i += 1) {
      re[i] = frame[this.order[i]!]!;
      im[i] = 0;
    }
    for (let half = 1; half < size; half *= 2) this.combine(half);
    for (let i = 0; i < size / 2; i += 1) out[i] = re[i]! ** 2 + im[i]! ** 2;
  }

  private combine(half: number): void {
    const { re, im, size } = this;
    const stride = size / (2 * half);
    for (let begin = 0; begin < size; begin += 2 * half) {
      for (let k = 0; k < half; k += 1) {
        const c = this.cos[k * stride]!;
        const s = this.sin[k * stride]!;
        const a = begin + k;
        const b = a + half;
        const x = re[b]! * c + im[b]! * s;
        const y = im[b]! * c - re[b]! * s;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a]! += x;
        im[a]! += y;
      }
    }
  }
}
