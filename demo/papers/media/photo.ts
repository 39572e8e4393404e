import type { PhotoDamage } from '../damage.ts';
import type { Seeded } from '../seeded.ts';
import { asSharp, fromSharp, layPaper, type Picture, type Point, turnedCorners } from './picture.ts';
import type { Rasteriser } from './raster.ts';
import { crease, cupRing, develop, dim, openVeil, softShadow, type Veil } from './veil.ts';

const DESKS = [
  [112, 84, 60],
  [66, 60, 58],
  [151, 128, 101],
  [96, 104, 112],
  [186, 178, 168],
] as const;

/** The first page as somebody photographed it on a desk. */
export async function photographPage(
  pdf: Uint8Array,
  damage: PhotoDamage,
  chance: Seeded,
  raster: Rasteriser,
): Promise<Uint8Array> {
  const pages = raster.pages(pdf, damage.width / 8.6, 3);
  const { value: page } = await pages.next();
  await pages.return();
  const laid = await layOnDesk(page!, damage, chance);
  const soft = damage.blur >= 0.3 ? await fromSharp(asSharp(laid).blur(damage.blur), 3) : laid;
  const veil = openVeil(soft);
  lightRoom(veil, damage, chance);
  const developed = await develop(soft, veil, { noise: damage.noise, specks: 0, chance });
  const turned = asSharp(developed).rotate(damage.rotation);
  return new Uint8Array(await turned.jpeg({ quality: damage.quality, chromaSubsampling: '4:2:0' }).toBuffer());
}

function layOnDesk(page: Picture, damage: PhotoDamage, chance: Seeded): Promise<Picture> {
  const { width } = damage;
  const height = Math.round((width * 4) / 3);
  const paperWidth = Math.min(width * 0.93, ((height * 0.95) / page.height) * page.width);
  const paperHeight = (paperWidth / page.width) * page.height;
  const left = (width - paperWidth) / 2 + chance.between(-0.01, 0.01) * width;
  const top = (height - paperHeight) / 2;
  const square = turnedCorners(left, top, left + paperWidth, top + paperHeight, damage.skew);
  const off = () => chance.between(-1, 1) * damage.tilt * width;
  const [a, b, c, d] = square.map(([x, y]): Point => [x + off(), y + off()]);
  const desk = chance.pick(DESKS);
  return layPaper(page, { width, height, corners: [a!, b!, c!, d!], curl: damage.curl, under: desk });
}

/** A lamp at one side, corners that fall off, the photographer's shadow, and what happened to the paper before. */
function lightRoom(veil: Veil, damage: PhotoDamage, chance: Seeded): void {
  const lamp = chance.between(0, Math.PI * 2);
  const fall = chance.between(0.08, 0.22);
  dim(veil, (x, y) => {
    const side = (x - 0.5) * Math.cos(lamp) + (y - 0.5) * Math.sin(lamp);
    const corner = (x - 0.5) ** 2 + (y - 0.5) ** 2;
    return 1 - fall * (side + 0.5) - 0.22 * corner;
  });
  const warmth = chance.between(0, 0.06);
  dim(veil, () => 1 - warmth, chance.chance(0.6) ? [0, 0.5, 1.6] : [1.2, 0.4, 0]);
  softShadow(veil, damage.shadow, chance.between(0, Math.PI * 2), chance.between(-0.1, 0.25));
  if (damage.fold) {
    crease(veil, 1 / 3 + chance.between(-0.03, 0.03), 0.09, chance.between(-0.03, 0.03));
    crease(veil, 2 / 3 + chance.between(-0.03, 0.03), 0.07, chance.between(-0.03, 0.03));
  }
  if (damage.stain) cupRing(veil, chance.between(0.2, 0.85), chance.between(0.25, 0.9), chance.between(0.09, 0.14));
}
