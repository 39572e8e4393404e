/** What signs a bot in with one account of an application, sealed: ciphertext, and what it takes to find and open it. */
export interface SealedCredentials {
  readonly application: string;
  /** Tells the accounts of one application apart; unlike the user's name it is no secret. */
  readonly account: string;
  /** Which key opens it; tells nothing of the key itself. */
  readonly keyId: string;
  /** The data key that `body` is sealed with, itself sealed with that key. Base64. */
  readonly wrappedKey: string;
  /** Base64. */
  readonly body: string;
}

/** Keeps credentials without being able to read them. */
export interface CredentialStore {
  /** New, or in place of what stands there for this account. */
  put(sealed: SealedCredentials): Promise<void>;
  /** By application and account; of one application where it is named. */
  list(application?: string): Promise<readonly SealedCredentials[]>;
  remove(application: string, account: string): Promise<boolean>;
  /** Puts another wrapping around the same data key; false when what stands there is no longer `from`. */
  rewrap(from: SealedCredentials, to: Pick<SealedCredentials, 'keyId' | 'wrappedKey'>): Promise<boolean>;
  /** Uses up one period of the account's one-time codes; false when it, or a later one, was used before. */
  takePeriod(application: string, account: string, period: number): Promise<boolean>;
}
