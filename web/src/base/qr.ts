import qrcode from 'qrcode-generator';
import { s } from './dom.ts';

// `correction`: 'M' where a print may be smudged, 'L' where the text is long and is read off a screen.
export function qrCode(text: string, label: string, testid: string, correction: 'L' | 'M' = 'M'): SVGElement {
  const code = qrcode(0, correction);
  code.addData(text, /^\d+$/.test(text) ? 'Numeric' : 'Byte');
  code.make();
  const size = code.getModuleCount();
  const quiet = 4;
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = x;
      while (x < size && code.isDark(y, x)) x++;
      if (x > from) path += `M${from + quiet} ${y + quiet}h${x - from}v1h${from - x}z`;
    }
  }
  const box = size + 2 * quiet;
  return s(
    'svg',
    {
      class: correction === 'L' ? 'qr qr-dense' : 'qr',
      viewBox: `0 0 ${box} ${box}`,
      role: 'img',
      'aria-label': label,
      'shape-rendering': 'crispEdges',
      'data-testid': testid,
    },
    s('path', { d: path }),
  );
}
