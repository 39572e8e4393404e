import type { KeptPaper, Layout, LayoutMemory, Lesson, PaperLook, SeenPapers } from '#core';
import { learnedIn } from '../../office/learned.ts';

interface Known {
  layout: Omit<Layout, 'lessons'>;
  sketch: readonly number[];
  papers: KeptPaper[];
  readonly lessons: Lesson[];
}

/** What corrections taught, in memory: as much as extractors and runs ask of it. */
export function memoryLayouts(): LayoutMemory {
  const known = new Map<string, Known>();
  const inUse = ({ lessons }: Known) => lessons.filter(({ state }) => state === 'active');
  const take = (of: Known, field: string, state: Lesson['state'], reason: string | null) => {
    const at = of.lessons.findIndex((lesson) => lesson.field === field && lesson.state === 'active');
    if (at >= 0) of.lessons[at] = { ...of.lessons[at]!, state, reason };
    return at >= 0;
  };
  return {
    async candidates(extractor, sketch, limit) {
      const shared = (each: Known) => each.sketch.filter((mark) => sketch.includes(mark)).length;
      const alike = [...known.values()].filter((each) => each.layout.extractor === extractor && shared(each) > 0);
      const best = alike.sort((a, b) => shared(b) - shared(a)).slice(0, limit);
      return structuredClone(best.map((each) => ({ ...each.layout, lessons: inUse(each) })));
    },
    papers: async (layout) => structuredClone(known.get(layout)?.papers ?? []),
    async learn({ layout, sketch, paper, keep, by, lessons, retire }) {
      const { id, extractor, revision, signature } = layout;
      const of = known.get(id) ?? {
        layout: { id, extractor, revision: 0, signature },
        sketch,
        papers: [],
        lessons: [],
      };
      if (of.layout.revision !== revision) return false;
      known.set(id, of);
      of.layout = { id, extractor, revision: revision + 1, signature };
      of.sketch = sketch;
      of.papers = [paper, ...of.papers.filter(({ sha256 }) => sha256 !== paper.sha256)].slice(0, keep);
      for (const { field, reason } of retire) take(of, field, 'inactive', reason);
      for (const lesson of lessons) {
        if (lesson.state === 'active') take(of, lesson.field, 'replaced', null);
        const version = of.lessons.filter(({ field }) => field === lesson.field).length + 1;
        const body: unknown = JSON.parse(JSON.stringify(lesson.body));
        of.lessons.push({
          ...lesson,
          body,
          layout: id,
          version,
          paper: paper.sha256,
          by,
          at: new Date().toISOString(),
        });
      }
      return true;
    },
    list: async () =>
      [...known.values()].map((each) => ({
        ...{ id: each.layout.id, extractor: each.layout.extractor, papers: each.papers.length },
        ...{ fields: inUse(each).map(({ field }) => field), learnedAt: each.lessons.at(-1)?.at ?? '' },
      })),
    lessons: async (layout) => structuredClone(known.get(layout)?.lessons),
    async revert(layout, field) {
      const of = known.get(layout);
      if (!of || !take(of, field, 'reverted', 'reverted')) return false;
      const before = of.lessons.findLastIndex((lesson) => lesson.field === field && lesson.state === 'replaced');
      if (before >= 0) of.lessons[before] = { ...of.lessons[before]!, state: 'active', reason: null };
      of.layout = { ...of.layout, revision: of.layout.revision + 1 };
      return true;
    },
  };
}

/** What an office in memory says of its lessons, of which nobody taught any. */
export function learnedNothing() {
  return learnedIn(memoryLayouts());
}

/** The looks of papers in the order they were noted, which stands for the order they came in. */
export function memoryPapers(): SeenPapers {
  const looks = new Map<string, PaperLook & { readonly receivedAt: string }>();
  const seen = () => [...looks].map(([task, look]) => ({ task, ...look }));
  return {
    async note(task, look) {
      looks.set(task, { ...look, receivedAt: looks.get(task)?.receivedAt ?? new Date().toISOString() });
    },
    async before(task) {
      return seen()
        .slice(
          0,
          seen().findIndex((each) => each.task === task),
        )
        .reverse();
    },
    of: async (task) => seen().find((each) => each.task === task),
  };
}
