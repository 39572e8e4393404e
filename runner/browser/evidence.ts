import type { BlobStore, Evidence } from '#core';
import type { Session } from './session.ts';

/** A picture of the whole page as the application shows it now, kept in the archive. */
export async function screenshot(archive: BlobStore, session: Session, label: string): Promise<Evidence> {
  return { label, sha256: await archive.put(await session.page.screenshot({ type: 'png' })) };
}
