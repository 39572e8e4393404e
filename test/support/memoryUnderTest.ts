import sharp from 'sharp';
import type { HumanTask, Office, Question } from '#core';
import { sha256 } from '#core';
import type { OfficeUnderTest } from '../conformance/office.ts';
import { openMemoryOffice } from './memoryOffice.ts';

/** An office in memory with all that the conformance suite asks of one; `through` may put something in front of it. */
export async function memoryUnderTest(
  through: (office: Office) => Promise<{ office: Office; close(): Promise<void> }>,
): Promise<OfficeUnderTest> {
  const memory = openMemoryOffice([{ name: 'letters', skill: 'post-room', promiseSeconds: 3_600 }]);
  const page = await sharp({ create: { width: 40, height: 60, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  const { office, close } = await through(memory.office);
  let made = 0;

  return {
    office,
    bot: 'letters',
    skill: 'post-room',
    async paper() {
      const bytes = new TextEncoder().encode(`%PDF-1.4 letter ${++made}`);
      memory.seed.pages(sha256(bytes), [page]);
      return { name: `letter ${made}.pdf`, bytes };
    },
    junk: async () => ({ name: 'junk.bin', bytes: new Uint8Array(++made) }),
    async ask(question: Question): Promise<HumanTask> {
      const task = memory.seed.task('letters', {});
      return memory.seed.ask(task.id, question);
    },
    halt: async () => memory.seed.halt('letters', 'bot-crashed', 'Cannot read properties of undefined'),
    close,
  };
}
