import type { Doubt } from './readers/index.ts';

/** What each doubt says to whoever looks at the paper: a person at the desk, or one who asks why it was read so. */
export const DOUBT_WORDS: Readonly<Record<Doubt, string>> = {
  'cut-short': 'The file ends too early: pages or lines may be missing.',
  repaired: 'The file was damaged and has been put together again: something may be missing.',
  'page-lost': 'A page of the file cannot be read.',
  'ink-without-words': 'A page shows something in which no word was found.',
  'layer-unchecked': 'A page brings words that nobody sees, and its picture does not bear them out.',
  'attachment-unread': 'A file attached to the paper, or a part of it, is not read.',
  'paper-attached': 'A file attached to the paper looks like a paper of its own: it is not keyed with this one.',
  'several-papers': 'The file looks like several papers, and only one can be keyed: see that none of them is lost.',
  commented: 'Somebody wrote comments on the paper, and they are not keyed.',
  'data-unplaced': 'The file carries data of invoices, and which of them are of this paper cannot be told.',
  'kind-unsure': 'What kind of paper this is cannot be told. It was read as the likeliest: see whether it is one.',
};
