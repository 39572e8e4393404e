import type { LogoShape } from '../house.ts';
import { put, type Sheet, widthOf } from './sheet.ts';

/** The seller's mark in a square of that size, in its colour or another one. */
export function drawLogo(
  sheet: Sheet,
  shape: LogoShape,
  name: string,
  x: number,
  y: number,
  size: number,
  color = sheet.accent,
): void {
  const { doc } = sheet;
  const [cx, cy, r] = [x + size / 2, y + size / 2, size / 2];
  doc
    .save()
    .fillColor(color)
    .strokeColor(color)
    .lineWidth(size / 12);
  switch (shape) {
    case 'rings':
      doc.circle(cx - r * 0.3, cy, r * 0.6).stroke();
      doc.circle(cx + r * 0.3, cy, r * 0.6).stroke();
      break;
    case 'hexagon':
      doc.polygon(...corners(cx, cy, r, 6)).fill();
      doc
        .fillColor('#ffffff')
        .circle(cx, cy, r * 0.42)
        .fill();
      break;
    case 'bars':
      for (let i = 0; i < 4; i++)
        doc.rect(x + (i * size) / 4, y + size * (0.6 - i * 0.2), size / 6, size * (0.4 + i * 0.2)).fill();
      break;
    case 'leaf':
      doc.moveTo(x, y + size).bezierCurveTo(x, y + r * 0.4, cx, y, x + size, y);
      doc.bezierCurveTo(x + size, cy, cx + r * 0.6, y + size, x, y + size).fill();
      doc
        .strokeColor('#ffffff')
        .lineWidth(size / 22)
        .moveTo(x, y + size)
        .lineTo(x + size * 0.75, y + size * 0.25)
        .stroke();
      break;
    case 'mountain':
      doc.polygon([x, y + size], [cx - r * 0.1, y + size * 0.15], [x + size * 0.7, y + size]).fill();
      doc
        .polygon([cx - r * 0.1, y + size], [x + size * 0.72, y + size * 0.4], [x + size, y + size])
        .fillOpacity(0.6)
        .fill();
      break;
    case 'diamond':
      doc.polygon([cx, y], [x + size, cy], [cx, y + size], [x, cy]).fill();
      doc
        .polygon([cx, y + r * 0.5], [x + size * 0.75, cy], [cx, y + size * 0.75], [x + size * 0.25, cy])
        .fill('#ffffff');
      break;
    case 'drop':
      doc.moveTo(cx, y).bezierCurveTo(x + size, cy, x + size * 0.95, y + size, cx, y + size);
      doc.bezierCurveTo(x + size * 0.05, y + size, x, cy, cx, y).fill();
      break;
    case 'arc':
      doc
        .lineWidth(size / 6)
        .path(`M ${x} ${y + size} A ${r} ${r} 0 0 1 ${x + size} ${y + size}`)
        .stroke();
      doc
        .lineWidth(size / 10)
        .path(`M ${cx - r * 0.5} ${y + size} A ${r * 0.5} ${r * 0.5} 0 0 1 ${cx + r * 0.5} ${y + size}`)
        .stroke();
      break;
    case 'monogram':
      doc.circle(cx, cy, r).fill();
      break;
  }
  doc.restore();
  if (shape === 'monogram') {
    const ink = { size: size * 0.6, bold: true, color: '#ffffff' };
    const initial = name.slice(0, 1);
    put(sheet, initial, cx - widthOf(sheet, initial, ink) / 2, cy - size * 0.28, ink);
  }
}

function corners(cx: number, cy: number, r: number, count: number): [number, number][] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (Math.PI * 2 * i) / count;
    return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
  });
}
