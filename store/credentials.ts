import type { Selectable } from 'kysely';
import type { CredentialStore, SealedCredentials } from '#core';
import type { CredentialTable } from './accessSchema.ts';
import type { Db } from './schema.ts';
import { clockNow } from './time.ts';

export function credentialStore(db: Db): CredentialStore {
  return {
    put: async ({ application, account, keyId, wrappedKey, body }) => {
      const sealed = { key_id: keyId, wrapped_key: wrappedKey, body };
      await db
        .insertInto('credentials')
        .values({ application, account, ...sealed })
        .onConflict((conflict) =>
          conflict.columns(['application', 'account']).doUpdateSet({ ...sealed, changed_at: clockNow }),
        )
        .execute();
    },

    list: async (application) => {
      const all = db.selectFrom('credentials').selectAll().orderBy('application').orderBy('account');
      const rows = application === undefined ? all : all.where('application', '=', application);
      return (await rows.execute()).map(sealedOf);
    },

    remove: async (application, account) => {
      const gone = db
        .deleteFrom('credentials')
        .where('application', '=', application)
        .where('account', '=', account)
        .returning('account');
      return (await gone.executeTakeFirst()) !== undefined;
    },

    rewrap: async (from, { keyId, wrappedKey }) => {
      const changed = db
        .updateTable('credentials')
        .set({ key_id: keyId, wrapped_key: wrappedKey })
        .where('application', '=', from.application)
        .where('account', '=', from.account)
        .where('wrapped_key', '=', from.wrappedKey)
        .returning('account');
      return (await changed.executeTakeFirst()) !== undefined;
    },

    takePeriod: async (application, account, period) => {
      const taken = db
        .updateTable('credentials')
        .set({ code_period: period })
        .where('application', '=', application)
        .where('account', '=', account)
        .where((row) => row.or([row('code_period', 'is', null), row('code_period', '<', String(period))]))
        .returning('account');
      return (await taken.executeTakeFirst()) !== undefined;
    },
  };
}

function sealedOf({ application, account, key_id, wrapped_key, body }: Selectable<CredentialTable>): SealedCredentials {
  return { application, account, keyId: key_id, wrappedKey: wrapped_key, body };
}
