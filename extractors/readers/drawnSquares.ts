import { placeOf } from './drawnPlaces.ts';
import { grown, liesIn, type Rectangle } from './geometry.ts';
import { LINE_TO, MOVE_TO, ownMatrix, PATH, type PageObject } from './pageObjects.ts';
import type { Pdfium, Scratch } from './pdfium.ts';

/** Sides of a square that may be ticked, with its stroke, in pixels: about 5 to 19 points. */
const SMALLEST = 9;
const LARGEST = 38;
const MOST_OBLONG = 1.3;
/** A side drawn by itself, a line or a thin rectangle: how thick it may be, and how far off its corner it may end. */
const THICKEST = 5;
const CORNER = 2.5;
/** What comes this near along so much of a side, in sides of the square, belongs to it: a table's rule, the next cell. */
const TOUCHES = 0.05;
const ALONG = 0.3;
/** What reaches so far in is a tick that somebody drew with a swing. */
const CORE = 0.3;
/** Of a square's outline so much lies straight on its four sides; the rest are its round corners. */
const STRAIGHT = 0.35;
/** More paths or outlines are a map or letters drawn as shapes, and more squares a pattern. */
const MOST_PATHS = 5_000;
const MOST_STROKES = 2_000;
const MOST_STROKES_OF_PAGE = 10_000;
const MOST_SIDES = 400;
const MOST_SQUARES = 600;
/** A path with fewer has one outline of interest: four lines take as many. */
const STROKES_OF_SEVERAL = 8;

/** One outline of a path. */
interface Piece extends Rectangle {
  /** It runs along its rectangle's four sides, as far as was looked. */
  readonly isFour: boolean;
}

/**
 * The small squares that a page draws by themselves, in one path, as a part of one or by four lines, in its pixels.
 * What stands in a row of cells or lies along a rule is none.
 */
export function drawnSquares(
  pdfium: Pdfium,
  scratch: Scratch,
  objects: readonly PageObject[],
  cells: number,
): Rectangle[] {
  const paths = objects.filter(({ kind }) => kind === PATH);
  if (paths.length > MOST_PATHS) return [];
  const pieces = drawnPieces(pdfium, scratch, paths, cells);
  const squares = [...pieces.filter((piece) => piece.isFour && isSquare(piece)), ...squaresOfSides(pieces)];
  if (squares.length > MOST_SQUARES) return [];
  return outermost(squares).filter((square) => !pieces.some((piece) => isJoined(piece, square)));
}

/** The outlines of all paths, looked at closely where a path is small or may hold several. */
function drawnPieces(pdfium: Pdfium, scratch: Scratch, paths: readonly PageObject[], cells: number): Piece[] {
  let left = MOST_STROKES_OF_PAGE;
  return paths.flatMap((one) => {
    const place = placeOf(pdfium, scratch, one, cells);
    if (!place) return [];
    const strokes = pdfium.FPDFPath_CountSegments(one.object);
    const isPlain = !isSmall(place) && strokes < STROKES_OF_SEVERAL;
    if (isPlain || strokes > Math.min(MOST_STROKES, left)) return [{ ...place, isFour: false }];
    left -= strokes;
    return outlinesOf(pdfium, scratch, one, strokes, cells).map(pieceOf);
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
  /** A straight line leads to it. */
  readonly straight: boolean;
}

/** The points of each outline of a path, in the page's pixels. */
function outlinesOf(pdfium: Pdfium, scratch: Scratch, path: PageObject, strokes: number, cells: number): Point[][] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = ownMatrix(pdfium, scratch, path, cells);
  const outlines: Point[][] = [];
  for (let index = 0; index < strokes; index++) {
    const segment = pdfium.FPDFPath_GetPathSegment(path.object, index);
    if (pdfium.FPDFPathSegment_GetPoint(segment, cells, cells + 4) === 0) continue;
    const [x, y] = [scratch.float(cells), scratch.float(cells + 4)];
    const type = pdfium.FPDFPathSegment_GetType(segment);
    const point = { x: a * x + c * y + e, y: b * x + d * y + f, straight: type === LINE_TO };
    const last = outlines.at(-1);
    if (last && type !== MOVE_TO) last.push(point);
    else outlines.push([point]);
  }
  return outlines;
}

function pieceOf(outline: readonly Point[]): Piece {
  const place = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const { x, y } of outline) {
    place.x0 = Math.min(place.x0, x);
    place.y0 = Math.min(place.y0, y);
    place.x1 = Math.max(place.x1, x);
    place.y1 = Math.max(place.y1, y);
  }
  return { ...place, isFour: isSquare(place) && straightShare(outline, place) >= STRAIGHT };
}

/** How much of a rectangle's sides an outline runs along in straight lines, from 0 to 1; it is closed where it ends. */
function straightShare(outline: readonly Point[], { x0, y0, x1, y1 }: Rectangle): number {
  const last = outline.at(-1)!;
  const runs = outline.map((to, at) => {
    const from = outline[at - 1] ?? last;
    if (at > 0 && !to.straight) return 0;
    const isUpright = [x0, x1].some((x) => isOn(from.x, x) && isOn(to.x, x));
    const isLevel = [y0, y1].some((y) => isOn(from.y, y) && isOn(to.y, y));
    return isUpright ? Math.abs(to.y - from.y) : isLevel ? Math.abs(to.x - from.x) : 0;
  });
  return runs.reduce((sum, run) => sum + run, 0) / (2 * (x1 - x0 + y1 - y0));
}

function isOn(at: number, side: number): boolean {
  return Math.abs(at - side) < 0.5;
}

/** With the width of its stroke, which the library adds on each side. */
function isSmall({ x0, y0, x1, y1 }: Rectangle): boolean {
  return Math.max(x1 - x0, y1 - y0) <= LARGEST + 2 * THICKEST;
}

function isSquare({ x0, y0, x1, y1 }: Rectangle): boolean {
  const [short, long] = [Math.min(x1 - x0, y1 - y0), Math.max(x1 - x0, y1 - y0)];
  return short >= SMALLEST && long <= LARGEST && long <= MOST_OBLONG * short;
}

/** Squares whose four sides are drawn one by one. */
function squaresOfSides(pieces: readonly Rectangle[]): Rectangle[] {
  const isSide = (thick: number, long: number) => thick <= THICKEST && long >= SMALLEST && long <= LARGEST;
  const level = pieces.filter(({ x0, y0, x1, y1 }) => isSide(y1 - y0, x1 - x0));
  const upright = pieces.filter(({ x0, y0, x1, y1 }) => isSide(x1 - x0, y1 - y0));
  if (Math.max(level.length, upright.length) > MOST_SIDES) return [];
  return level.flatMap((top) =>
    level.flatMap((bottom) => {
      const square = { x0: top.x0, y0: top.y0, x1: top.x1, y1: bottom.y1 };
      const isBelow = bottom.y0 > top.y1 && isNear(top.x0, bottom.x0) && isNear(top.x1, bottom.x1);
      return isBelow && isSquare(square) && hasWalls(square, upright) ? [square] : [];
    }),
  );
}

function hasWalls({ x0, y0, x1, y1 }: Rectangle, upright: readonly Rectangle[]): boolean {
  const reaching = upright.filter((wall) => isNear(wall.y0, y0) && isNear(wall.y1, y1));
  return reaching.some((wall) => isNear(wall.x0, x0)) && reaching.some((wall) => isNear(wall.x1, x1));
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= CORNER;
}

/** Once each: ground and stroke are often drawn apart, and a square that is filled may lie in its frame. */
function outermost(squares: readonly Rectangle[]): Rectangle[] {
  const byArea = squares.toSorted((a, b) => (b.x1 - b.x0) * (b.y1 - b.y0) - (a.x1 - a.x0) * (a.y1 - a.y0));
  return byArea.reduce<Rectangle[]>((kept, square) => {
    if (!kept.some((frame) => liesIn(square, grown(frame, CORNER)))) kept.push(square);
    return kept;
  }, []);
}

/** Whether something else that is drawn lies along a side of a square, or is the row that it is a cell of. */
function isJoined(piece: Rectangle, square: Rectangle): boolean {
  const side = square.x1 - square.x0;
  const around = grown(square, TOUCHES * side);
  const across = shared(piece.x0, piece.x1, around.x0, around.x1);
  const down = shared(piece.y0, piece.y1, around.y0, around.y1);
  if (Math.min(across, down) < 0 || Math.max(across, down) < ALONG * side) return false;
  if (liesIn(piece, grown(square, CORNER))) return false;
  if (liesIn(square, piece)) return sidesShared(square, piece) > 1;
  const core = grown(square, -CORE * side);
  return shared(piece.x0, piece.x1, core.x0, core.x1) < 0 || shared(piece.y0, piece.y1, core.y0, core.y1) < 0;
}

function sidesShared(a: Rectangle, b: Rectangle): number {
  return [a.x0 - b.x0, a.x1 - b.x1, a.y0 - b.y0, a.y1 - b.y1].filter((apart) => Math.abs(apart) < CORNER).length;
}

/** How long two spans run together; less than nothing where they are apart. */
function shared(a0: number, a1: number, b0: number, b1: number): number {
  return Math.min(a1, b1) - Math.max(a0, b0);
}
