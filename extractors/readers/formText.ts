import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';
import { drawnFields } from './drawnFields.ts';
import type { Matrix, Rectangle } from './geometry.ts';
import type { Fragment } from './layout.ts';
import { splitRun } from './splitRun.ts';

const HIDDEN = 2;
const NO_VIEW = 32;
const MARGIN = 2;

const SHOWN = ['Widget', 'FreeText', 'Stamp'];

const annotationSchema = z.object({
  id: z.string(),
  hasAppearance: z.boolean().optional(),
  subtype: z.string(),
  rect: z.array(z.number()).length(4),
  annotationFlags: z.number().optional(),
  fieldType: z.string().optional(),
  fieldValue: z
    .union([z.string(), z.array(z.string())])
    .nullish()
    .catch(null),
  options: z
    .array(z.object({ exportValue: z.string().nullable(), displayValue: z.string().nullable() }))
    .nullish()
    .catch(null),
  multiLine: z.boolean().optional(),
  comb: z.boolean().optional(),
  defaultAppearanceData: z.object({ fontSize: z.number() }).nullish().catch(null),
  textContent: z.array(z.string()).nullish().catch(null),
  password: z.boolean().optional(),
  checkBox: z.boolean().optional(),
  radioButton: z.boolean().optional(),
  exportValue: z.string().nullish().catch(null),
  buttonValue: z.string().nullish().catch(null),
});
type Annotation = z.infer<typeof annotationSchema>;

/** What was typed into a PDF's form fields or written on top of the page: it stands on the paper, not in its text layer. */
export async function formFragments(page: PDFPageProxy, toPixels: Matrix): Promise<Fragment[]> {
  const annotations = shownAnnotations(await page.getAnnotations({ intent: 'display' }));
  const drawn = annotations.some(isOnlyDrawn) ? await drawnFields(page) : new Map<string, string>();
  return annotations.flatMap((annotation) => fragmentsOf(annotation, drawn.get(annotation.id), toPixels));
}

function isOnlyDrawn({ hasAppearance, textContent, checkBox, radioButton }: Annotation): boolean {
  return hasAppearance === true && !textContent && !checkBox && !radioButton;
}

function shownAnnotations(raw: readonly unknown[]): Annotation[] {
  return raw.flatMap((one) => {
    const { success, data } = annotationSchema.safeParse(one);
    return success && isShown(data) ? [data] : [];
  });
}

function isShown({ subtype, annotationFlags = 0, password }: Annotation): boolean {
  return SHOWN.includes(subtype) && (annotationFlags & (HIDDEN | NO_VIEW)) === 0 && password !== true;
}

function fragmentsOf(annotation: Annotation, drawn: string | undefined, toPixels: Matrix): Fragment[] {
  const sign = boxSign(annotation);
  if (sign) return [signFragment(sign, boxOf(annotation.rect, toPixels))];
  const lines = shownText(annotation, drawn)
    .split(/\r\n|[\r\n]/u)
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) return [];
  const box = boxOf(annotation.rect, toPixels);
  const scale = Math.hypot(toPixels[0] ?? 1, toPixels[1] ?? 0);
  const lineHeight = heightOfLine(annotation, (box.y1 - box.y0) / lines.length, scale);
  const top = lines.length === 1 && !annotation.multiLine ? (box.y0 + box.y1 - lineHeight) / 2 : box.y0;
  return lines.flatMap((line, index) => {
    const width = Math.min(box.x1 - box.x0 - 2 * MARGIN, line.length * lineHeight * 0.45);
    const left = box.x0 + MARGIN;
    return splitRun(line).map((piece) => ({
      text: piece.text,
      x0: left + piece.from * width,
      y0: top + index * lineHeight,
      x1: left + piece.to * width,
      y1: top + (index + 1) * lineHeight,
      confidence: 1,
      angle: 0 as const,
      continues: false,
    }));
  });
}

/** Whatever mark a program draws in it, a box is ticked when its value is the one it stands for; any but `Off` where it does not say. */
function boxSign({ checkBox, radioButton, fieldValue, exportValue, buttonValue }: Annotation): '☒' | '☐' | undefined {
  if (!checkBox && !radioButton) return undefined;
  const own = checkBox ? exportValue : buttonValue;
  const ticked = own ? fieldValue === own : typeof fieldValue === 'string' && !['', 'Off'].includes(fieldValue);
  return ticked ? '☒' : '☐';
}

function signFragment(text: string, box: Rectangle): Fragment {
  return { ...box, text, confidence: 1, angle: 0, continues: false };
}

/** The appearance a program drew for a field comes first (`1,500.00`); the bare value (`1500`) where there is none. */
function shownText({ fieldType, fieldValue, options, textContent }: Annotation, drawn = ''): string {
  const appearance = textContent?.join('\n') || drawn;
  if (appearance.trim() !== '') return appearance;
  if (fieldType === 'Tx') return typeof fieldValue === 'string' ? fieldValue : '';
  if (fieldType !== 'Ch') return '';
  const chosen = typeof fieldValue === 'string' ? [fieldValue] : (fieldValue ?? []);
  const shown = (value: string) => options?.find((option) => option.exportValue === value)?.displayValue ?? value;
  return chosen.map(shown).join('\n');
}

function heightOfLine({ defaultAppearanceData }: Annotation, most: number, scale: number): number {
  const size = (defaultAppearanceData?.fontSize ?? 0) * scale * 1.15;
  return size > 0 ? Math.min(size, most) : Math.min(most, 14 * scale);
}

function boxOf(rect: readonly number[], toPixels: Matrix): Rectangle {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = toPixels;
  const place = (x: number, y: number) => [a * x + c * y + e, b * x + d * y + f] as const;
  const [x0, y0] = place(rect[0]!, rect[1]!);
  const [x1, y1] = place(rect[2]!, rect[3]!);
  return { x0: Math.min(x0, x1), y0: Math.min(y0, y1), x1: Math.max(x0, x1), y1: Math.max(y0, y1) };
}
