import type { Box } from '#core';
import { type Desk, ocrPixels } from './desk.ts';
import { type Rectangle, scaleRectangle } from './geometry.ts';
import { crop, type Grey, LONGEST_SIDE, resize, throughSharp, turn } from './grey.ts';
import type { Job, PageFrame, SecondReading } from './messages.ts';
import type { OcrEngine } from './ocr.ts';
import { openRaster } from './readDocument.ts';

const LINE_HEIGHT = 64;
const MARGIN = 16;
const NOTHING: SecondReading = { text: '', confidence: 0 };

/** Reads boxes again, each cut out and enlarged as one line: a second opinion on what the page's reading said. */
export async function reread(job: Extract<Job, { kind: 'reread' }>, desk: Desk): Promise<SecondReading[]> {
  desk.step('image');
  const raster = await openRaster(job.paper, desk);
  const answers: SecondReading[] = job.boxes.map(() => NOTHING);
  try {
    for (const frame of job.pages) {
      const wanted = job.boxes.map((box, index) => ({ box, index })).filter(({ box }) => box.page === frame.number);
      if (wanted.length === 0 || frame.number > raster.pages) continue;
      const page = await turn(await ocrPixels(raster, frame.number), frame.rotation);
      for (const { box, index } of wanted) {
        desk.step('image');
        answers[index] = await readLine(desk.engine, page, onPixels(box, frame, page));
      }
    }
  } finally {
    await raster.close();
  }
  return answers;
}

async function readLine(engine: OcrEngine, page: Grey, box: Rectangle): Promise<SecondReading> {
  const left = Math.max(0, Math.floor(box.x0) - 2);
  const top = Math.max(0, Math.floor(box.y0) - 2);
  const width = Math.min(page.width, Math.ceil(box.x1) + 2) - left;
  const height = Math.min(page.height, Math.ceil(box.y1) + 2) - top;
  if (width < 3 || height < 3) return NOTHING;
  const cut = await crop(page, left, top, width, height);
  const drawn = Math.min((width * LINE_HEIGHT) / height, LONGEST_SIDE - 2 * MARGIN);
  const enlarged = await resize(cut, Math.max(1, Math.round(drawn)), LINE_HEIGHT);
  const extend = { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN, background: '#ffffff' };
  const line = await throughSharp(enlarged, (pipeline) => pipeline.extend(extend));
  const words = (await engine.read(line, { dpi: 300, segmentation: 'line' })).flat();
  if (words.length === 0) return NOTHING;
  return {
    text: words.map((word) => word.text).join(' '),
    confidence: Math.min(...words.map((word) => word.confidence)),
    words: words.map(({ text, confidence }) => ({ text, confidence })),
  };
}

function onPixels(box: Box, frame: PageFrame, page: Grey): Rectangle {
  return scaleRectangle(box, page.width / frame.width, page.height / frame.height);
}
