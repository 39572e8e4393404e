/** Why a paper was refused at the door, and what to do; `docs/errors.md` says the same of these codes. */
const REFUSED: Readonly<Record<string, string>> = {
  'unreadable-password': 'The file is locked with a password. Remove the password and send the file again.',
  'unreadable-corrupt': 'Nothing can be read of the file, it is damaged or cut off. Ask for it again.',
  'unreadable-unsupported':
    'This is no kind of file that can be read. Send a PDF, JPEG, PNG, TIFF or WebP, a mail, a web page, text, or the XML of an e-invoice.',
  'unreadable-too-large': 'The file has too much of something. Split it, or scan it at a lower resolution.',
  'unreadable-timeout': 'Looking at the file took too long. Print it to a new PDF, or split it.',
};

/** Undefined where the task did not end at the door. */
export const refusedInWords = (reason: string | null): string | undefined =>
  reason === null ? undefined : REFUSED[reason];
