import { InvalidInput, type LayoutMemory, type Office } from '#core';

type Learned = Pick<Office, 'layouts' | 'lessons' | 'revertLesson'>;

/** What corrections taught, for people to look at and to take back. */
export function learnedIn(memory: LayoutMemory): Learned {
  const lessons: Learned['lessons'] = async (layout) => (await memory.lessons(layout)) ?? unknownLayout();
  return {
    layouts: () => memory.list(),
    lessons,
    async revertLesson(layout, field) {
      await lessons(layout);
      if (await memory.revert(layout, field)) return lessons(layout);
      throw new InvalidInput('unknown-lesson', 'field', 'No lesson for this field is in use on this layout.');
    },
  };
}

function unknownLayout(): never {
  throw new InvalidInput('unknown-layout', 'layout', 'There is no such layout.');
}
