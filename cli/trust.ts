import { type Command, InvalidArgumentError } from 'commander';
import type { TrustReport, TrustSetting } from '#core';
import { print, show } from './show.ts';
import { withOffice } from './surroundings.ts';

export function trustCommands(program: Command): void {
  program
    .command('budget')
    .description(
      'Show what error budgets come to: from where values go straight through, how many do, and what is promised.',
    )
    .argument('[wrong]', 'wrong fields in a thousand posted; the budget in force where absent', perThousand)
    .option('--json', 'print JSON', false)
    .action(async (wrong: number | undefined, flags: { json: boolean }) =>
      printReport(await withOffice((office) => office.trust(wrong)), flags),
    );

  program
    .command('recalibrate')
    .description('Learn from every answer people gave so far how far readings may be trusted.')
    .option('--take-back', 'bring back what counted before the last time', false)
    .option('--json', 'print JSON', false)
    .action(async (flags: { takeBack: boolean; json: boolean }) =>
      printReport(
        await withOffice((office) => (flags.takeBack ? office.takeBackTrust() : office.recalibrate())),
        flags,
      ),
    );
}

function perThousand(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0 && number <= 1000)) throw new InvalidArgumentError('Give 0 to 1000.');
  return number;
}

function printReport(report: TrustReport, { json }: { json: boolean }): void {
  if (json) {
    print(JSON.stringify(report));
    return;
  }
  const others = report.costs.filter(({ wrongPerThousand }) => wrongPerThousand !== report.wrongPerThousand);
  const rows = [...report.settings, ...others].sort(
    (a, b) => a.wrongPerThousand - b.wrongPerThousand || ORDER.indexOf(a.of) - ORDER.indexOf(b.of),
  );
  show(
    rows,
    false,
    [
      ['wrong in 1,000', ({ wrongPerThousand: n }) => `${n}${n === report.wrongPerThousand ? ' *' : ''}`],
      ['of', ({ of }) => WORDS[of]],
      ['sure from', ({ least }) => least?.toFixed(4) ?? 'a person'],
      ['straight through', ({ share }) => percent(share)],
      ['promise', promiseOf],
      ['tested on', ({ testedOn }) => testedOn],
    ],
    '',
  );
  const { labels, sampled, wrong } = report.own;
  print(`\nAnswers here: ${labels} labels, ${sampled} of them unbiased, ${wrong} wrong.`);
  if (report.layer)
    print(`In force: layer ${report.layer.version} of ${report.layer.at}, on ${report.layer.labels} labels.`);
}

const WORDS = {
  text: 'text layer',
  ocr: 'OCR',
  'text-list': 'lists, text layer',
  'ocr-list': 'lists, OCR',
  'plugged-in': 'readers of your own',
};
const ORDER = Object.keys(WORDS);

function promiseOf({ atMost, accepted, labels }: TrustSetting): string {
  return atMost === null
    ? `${labels} labels do not bear it out`
    : `at most ${percent(atMost, 2)} at 95 %, ${accepted} labels`;
}

function percent(share: number, digits = 0): string {
  return `${(100 * share).toFixed(digits)} %`;
}
