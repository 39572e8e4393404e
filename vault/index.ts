export type { VaultAccount } from './account.ts';
export { type Credentials, readTotpSecret } from './credentials.ts';
export { type KeyPlace, type KeySource, keySource, newKey } from './keyring.ts';
export { openVault, type Vault, type VaultEntry, type VaultOptions } from './vault.ts';
