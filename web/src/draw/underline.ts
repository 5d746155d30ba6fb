import type { Shown } from '../state/bands';

/** The shape that stands for a band, drawn as the style sheet draws it under words. */
export function underline(context: CanvasRenderingContext2D, shown: Shown, x: number, y: number, width: number): void {
  context.save();
  context.lineWidth = 2;
  context.beginPath();
  context.rect(x, y - 5, width, 10);
  context.clip();
  context.beginPath();
  switch (shown) {
    case 'slightly_accented':
      context.setLineDash([2, 3]);
      context.moveTo(x, y);
      context.lineTo(x + width, y);
      break;
    case 'hard_to_understand':
      context.moveTo(x, y);
      for (let at = 0; at <= width; at += 1) context.lineTo(x + at, y + 2 * Math.sin((at * Math.PI) / 4));
      break;
    case 'not_as_written':
      context.moveTo(x, y - 1.5);
      context.lineTo(x + width, y - 1.5);
      context.moveTo(x, y + 2);
      context.lineTo(x + width, y + 2);
      context.lineWidth = 1.5;
      break;
    case 'not_sure':
      context.setLineDash([6, 4]);
      context.moveTo(x, y);
      context.lineTo(x + width, y);
      break;
    default:
      context.moveTo(x, y);
      context.lineTo(x + width, y);
  }
  context.stroke();
  context.restore();
}
