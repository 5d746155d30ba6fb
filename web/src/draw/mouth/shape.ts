/** The mouth seen from the side, lips on the left, in a field of 210 by 200 units. */
import type { Air, Lips, Posture, Tongue } from './features';

type Point = readonly [x: number, y: number];

/** Tip, blade, highest point and root of the tongue with a closed jaw. */
const tongues: Record<Tongue, { tip: Point; blade: Point; top: Point; root: Point }> = {
  tip_teeth: { tip: [46, 109], blade: [72, 104], top: [112, 99], root: [157, 134] },
  tip_ridge: { tip: [70, 91.5], blade: [84, 96], top: [116, 97], root: [157, 134] },
  tip_near_ridge: { tip: [69, 98], blade: [80, 86], top: [112, 92], root: [157, 134] },
  tip_behind_ridge: { tip: [76, 98], blade: [88, 79], top: [114, 80], root: [156, 134] },
  tip_back: { tip: [92, 88], blade: [105, 91], top: [128, 87], root: [163, 134] },
  back_up: { tip: [78, 113], blade: [102, 98], top: [143, 70.5], root: [163, 130] },
  tongue_high_front: { tip: [68, 107], blade: [82, 86], top: [108, 73], root: [150, 130] },
  tongue_mid_front: { tip: [68, 108], blade: [82, 95], top: [108, 84], root: [154, 132] },
  tongue_low_front: { tip: [68, 108], blade: [82, 101], top: [108, 94], root: [157, 134] },
  tongue_middle: { tip: [72, 109], blade: [88, 100], top: [120, 94], root: [159, 134] },
  tongue_low_back: { tip: [76, 112], blade: [96, 106], top: [138, 100], root: [169, 136] },
  tongue_mid_back: { tip: [80, 112], blade: [102, 101], top: [140, 87], root: [166, 132] },
  tongue_high_back: { tip: [82, 112], blade: [104, 96], top: [141, 78], root: [162, 130] },
  tongue_low: { tip: [70, 110], blade: [88, 105], top: [122, 101], root: [164, 136] },
};

interface LipShape {
  /** How far both lips stand out to the left, and where they end. */
  out: number;
  upper: number;
  lower: number;
}

function lipShape(lips: Lips, drop: number): LipShape {
  switch (lips) {
    case 'closed':
      return { out: 35, upper: 98, lower: 98 };
    case 'teeth':
      return { out: 39, upper: 92, lower: 103 };
    case 'round':
      return { out: 26, upper: 95, lower: 102 + 0.6 * drop };
    case 'spread':
      return { out: 40, upper: 92, lower: 105 + drop };
    case 'open':
      return { out: 36, upper: 93, lower: 105 + drop };
  }
}

/** How far the jaw goes down. */
function dropOf(posture: Posture): number {
  return 20 * posture.jaw;
}

/** A smooth closed line through the points (Catmull–Rom as Bézier pieces). */
function smooth(points: Point[]): string {
  const at = (i: number): Point => points[(i + points.length) % points.length]!;
  const show = ([x, y]: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  let path = `M${show(at(0))}`;
  for (let i = 0; i < points.length; i += 1) {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const first: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const second: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    path += `C${show(first)} ${show(second)} ${show(to)}`;
  }
  return `${path}Z`;
}

export interface MouthShape {
  head: string;
  /** The face's own line. */
  outline: string;
  cavity: string;
  nose: string;
  velum: string;
  tongue: string;
  upperTooth: string;
  lowerTooth: string;
  lipLine: string;
}

export function tonguePath(posture: Posture): string {
  const { tip, blade, top, root } = tongues[posture.tongue];
  const drop = dropOf(posture);
  // What touches the roof does so with any jaw; the rest goes down with it.
  const follows = posture.tongue.startsWith('tip') || posture.tongue === 'back_up' ? 0.15 : 0.62;
  const down = ([x, y]: Point, share = follows): Point => [x, y + share * drop];
  const behind: Point = [(top[0] + root[0]) / 2 + 4, (top[1] + root[1]) / 2 - 7];
  const touching = posture.tongue === 'back_up' ? 0 : follows;
  const tipDown = Math.min(follows, 0.3);
  const under: Point = posture.tongue === 'tip_teeth' ? [62, 113] : [tip[0] + 3, tip[1] + 9];
  return smooth([
    down(tip, tipDown), down(blade), down(top, touching), down(behind), down(root, 0.3),
    [161, 168], [146, 186], [112, down([0, 172], 0.5)[1]], down([92, 150], 1), down([86, 134], 0.9), down(under, tipDown),
  ]);
}

export function mouthShape(posture: Posture, air: Air): MouthShape {
  const drop = dropOf(posture);
  const { out, upper, lower } = lipShape(posture.lips, drop);
  const chin = 136 + drop;
  const inner = posture.lips === 'teeth' ? 63 : 56;
  const upperFace =
    `M92 -4C64 12 58 30 51 42L25 61C20 66 26 72 44 73C40 77 ${out + 3} 79 ${out} ${upper - 7}` +
    `C${out - 2} ${upper - 1} ${out + 4} ${upper} ${out + 9} ${upper}L56 ${upper - 2}`;
  const lowerFace =
    `${inner} ${lower + 2}L${out + 9} ${lower}` +
    `C${out + 2} ${lower} ${out - 1} ${lower + 3} ${out + 1} ${lower + 9}` +
    `C${out + 4} ${lower + 17} 44 ${lower + 16} 44 ${lower + 22}` +
    `C38 ${chin + 4} 44 ${chin + 24} 62 ${chin + 27}C84 ${chin + 30} 96 178 98 204`;
  const cavity =
    `M${out + 8} ${upper}L56 ${upper - 2}L57 88L66 89C72 90 73 84 77 78C84 69 98 64 114 63.5C128 63 142 66 152 74` +
    `L166 60L181 60L181 204L163 204L160 182L120 172L86 ${146 + drop}C72 ${138 + drop} 66 ${130 + drop} 62 ${124 + drop}` +
    `L${inner + 1} ${lower + 8}L${inner} ${lower + 2}L${out + 8} ${lower}Z`;
  const nose = 'M38 72.5C44 66 56 52 78 44C104 36 140 34 166 44C178 50 181 56 181 70L166 72C158 60 146 55 128 54.5C104 54 84 60 70 72C64 76 56 75 50 72.5Z';
  const velum =
    air === 'nose'
      ? 'M126 54.5C146 55 162 68 170 96C171 104 163 105 161 98C155 80 144 67 126 63.5Z'
      : 'M126 54.5C146 54 164 58 181 62L181 76C172 76 166 82 164 90C162 95 157 94 156 88C152 76 142 66 126 63.5Z';
  const bottom = 110 + drop;
  const back = inner + 2;
  return {
    head: `${upperFace}L${lowerFace}L214 204L214 -4Z`, outline: `${upperFace}M${lowerFace}`, cavity, nose, velum, tongue: tonguePath(posture),
    upperTooth: 'M57 87C56.5 95 57 101 59 106C63 102 66 95 67 88Z',
    lowerTooth: `M${back} ${bottom + 17}c0 -8 0 -14 2 -17c4 4 6 11 7 18Z`,
    lipLine: posture.lips === 'closed' ? `M${out + 2} 98L56 98` : '',
  };
}
