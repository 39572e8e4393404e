import type { Desk, Paper } from './desk.ts';
import { openPdfRaster, type Raster } from './raster.ts';

/**
 * The pixels of a PDF that somebody sent: a page with a picture beyond the limit is refused before anything of it is
 * decoded, and each page is drawn within the bounds of drawing. What is asked for next is recognition.
 */
export async function openBoundedRaster(
  { bytes, password }: Paper,
  { limits, step }: Omit<Desk, 'engine'>,
): Promise<Raster> {
  const raster = await openPdfRaster(bytes, password, limits.pixels);
  const drawing = async <T>(draw: () => Promise<T>): Promise<T> => {
    step('draw');
    const drawn = await draw();
    step('image');
    return drawn;
  };
  return {
    ...raster,
    grey: (...asked) => drawing(() => raster.grey(...asked)),
    picture: (...asked) => drawing(() => raster.picture(...asked)),
  };
}
