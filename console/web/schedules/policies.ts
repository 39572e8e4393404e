import type { MissedPolicy, OverlapPolicy } from '#core';

interface PolicyWords {
  readonly label: string;
  readonly sentence: string;
}

export const MISSED_WORDS: Readonly<Record<MissedPolicy, PolicyWords>> = {
  once: { label: 'Catch up once', sentence: 'Times missed while nothing ran are caught up by one start.' },
  all: { label: 'Catch up each', sentence: 'Each time missed while nothing ran is caught up.' },
  skip: { label: 'Leave out', sentence: 'Times missed while nothing ran are left out.' },
};

export const OVERLAP_WORDS: Readonly<Record<OverlapPolicy, PolicyWords>> = {
  skip: { label: 'Leave out', sentence: 'Not started while its last task is still open.' },
  'queue-one': { label: 'Wait for its end', sentence: 'While its last task is open, one start waits for its end.' },
  allow: { label: 'Start anyway', sentence: 'Started even while its last task is still open.' },
};
