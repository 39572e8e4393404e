import { Defect, SystemException } from '#core';
import type { Account, Credentials } from '../app.ts';
import { ourWork } from '../ours.ts';

/** Lends an account's credentials to `act`; as soon as it ends they are taken back, and what was lent tells nothing any more. */
export async function lendCredentials<R>(account: Account, act: (credentials: Credentials) => Promise<R>): Promise<R> {
  const lent = new LentCredentials(account);
  try {
    return await act(lent);
  } finally {
    lent.takeBack();
  }
}

/** Getters over a private field: printed, logged or copied by mistake it shows nothing. */
class LentCredentials implements Credentials {
  #account: Account | undefined;

  constructor(account: Account) {
    this.#account = account;
  }

  get name(): string {
    return this.#lent().name;
  }

  get url(): string {
    return this.#lent().url;
  }

  get user(): string {
    return this.#lent().user;
  }

  get password(): string {
    return this.#lent().password;
  }

  readonly totp = async (): Promise<string> => {
    const { name, totp } = this.#lent();
    if (totp) return ourWork(totp());
    throw new SystemException(
      'code-secret-missing',
      `The application asks for a one-time code, and the account ${name} has no secret for them.`,
    );
  };

  takeBack(): void {
    this.#account = undefined;
  }

  #lent(): Account {
    if (this.#account) return this.#account;
    throw new Defect('credentials-kept', 'Credentials are lent for signing in only; do not keep them for later.');
  }
}
