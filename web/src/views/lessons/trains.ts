/** Which sounds an item trains, by the part of its id before the number; the packs in packs/en-us/lessons keep to it. */
const trained: Record<string, readonly string[]> = {
  'th-s': ['TH', 'S'], 'th-t': ['TH', 'T'], 'dh-d': ['DH', 'D'], 'dh-z': ['DH', 'Z'],
  'z-s': ['Z', 'S'], 'z-j': ['Z', 'JH'], 's-sh': ['S', 'SH'], 'zh-sh': ['ZH', 'SH'], 'sh-ch': ['SH', 'CH'], 't-ch': ['T', 'CH'], 'tr-ch': ['T', 'R', 'CH'],
  'j-y': ['JH', 'Y'], 'y-j': ['Y', 'JH'], 'j-ch': ['JH', 'CH'],
  'r-l': ['R', 'L'], 'r-free': ['R'], 'l-end': ['L'], 'end-l': ['L'], 'l-dark': ['L'],
  'v-w': ['V', 'W'], 'v-b': ['V', 'B'], 'v-f': ['V', 'F'], 'p-f': ['P', 'F'], 'b-p': ['P', 'B'], 'f-h': ['F', 'HH'],
  'w-weak': ['W'], 'h-breath': ['HH'], 'n-ng': ['N', 'NG'], ng: ['NG'],
  't-tip': ['T', 'D'], puff: ['P', 'T', 'K'], 'end-s': ['S', 'Z'], 'end-stop': ['T', 'D', 'K', 'P', 'B', 'G'], 'end-voice': ['D', 'G', 'V', 'Z'], end: ['D', 'T'],
  's-cluster': ['S', 'P', 'T', 'K'], cluster: ['S', 'T', 'K'],
  'ship-sheep': ['IH', 'IY'], 'ih-eh': ['IH', 'EH'], 'eh-ey': ['EH', 'EY'], 'ae-eh': ['AE', 'EH'], 'ae-ah': ['AE', 'AH'], 'ae-aa': ['AE', 'AA'],
  'ao-aa': ['AO', 'AA'], 'ow-ao': ['OW', 'AO'], 'ao-ow': ['AO', 'OW'], er: ['ER'], 'er-aa': ['ER', 'AA'], weak: ['AH'],
};

/** How the sound is usually spelled, where no item trains it. */
const spelled: Record<string, RegExp> = {
  AW: /\b(how|now|down|town|out|house|about|found|ground|sound|around)\b/, AY: /\b\w*igh\w*\b|\b(time|like|five|ice|my|fly|bike|kite)\b/,
  OY: /\b\w*(oy|oi)\w*\b/, UH: /\b(book|books|good|look|foot|put|full|could|would|should|wood|wooden|woods|wool)\b/,
  UW: /\b(food|school|shoes|two|blue|room|zoo|juice|soon|moon|pool)\b/, M: /m/, G: /\bg[aolru]|[aeiou]g\b/, K: /\b[ck][aouklr]/,
  ZH: /\b\w*(asure|usual|ision)\w*\b/, N: /n(?!g)/, D: /d/, F: /f/, B: /b/, HH: /\bh/, Y: /\by/, CH: /ch/, SH: /sh/, W: /\bw/,
};

/** "AH0" and "AH" are the same to a lesson. */
function plain(sound: string): string {
  return sound.replace(/\d$/, '');
}

export function trains(item: { id: string }, sound: string): boolean {
  return (trained[item.id.replace(/-\d+$/, '')] ?? []).includes(plain(sound));
}

export function hasSpelling(text: string, sound: string): boolean {
  return spelled[plain(sound)]?.test(text.toLowerCase()) ?? false;
}
