/** Papers and evidence by content: the name of a blob is the sha256 of its bytes, in hex. */
export interface BlobStore {
  /** Stores the bytes durably before it resolves; the same bytes twice are one blob. */
  put(bytes: Uint8Array): Promise<string>;
  /** Rejects with SystemException `blob-missing` when there is no such blob. */
  get(sha256: string): Promise<Uint8Array>;
  has(sha256: string): Promise<boolean>;
  /** The bytes are gone for good when it resolves; of a blob that is not there, too. */
  remove(sha256: string): Promise<void>;
}
