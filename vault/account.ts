import type { Credentials } from './credentials.ts';

/** An account bots sign in with. Its password is opened each time it is asked for, kept nowhere, and shown by mistake nowhere. */
export class VaultAccount {
  readonly name: string;
  readonly url: string;
  readonly user: string;
  /** ISO date of the password's last day; null when nobody said. */
  readonly expires: string | null;
  /** The current one-time code, which no other run is given; there where the account has a secret for them. */
  readonly totp?: () => Promise<string>;
  readonly #open: () => Credentials;

  constructor(name: string, open: () => Credentials, totp: (() => Promise<string>) | undefined) {
    const { url, user, expires } = open();
    this.name = name;
    this.url = url;
    this.user = user;
    this.expires = expires;
    if (totp) this.totp = totp;
    this.#open = open;
  }

  get password(): string {
    return this.#open().password.reveal();
  }
}
