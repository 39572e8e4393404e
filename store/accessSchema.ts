import type { ColumnType, Generated } from 'kysely';
import type { Json, Time, TimeOrNull } from './columns.ts';

export interface CredentialTable {
  application: string;
  account: string;
  key_id: string;
  wrapped_key: string;
  body: string;
  /** The last period whose one-time code was handed out. */
  code_period: ColumnType<string | null, number | null | undefined, number>;
  changed_at: Time;
}

export interface ApplicationTable {
  name: string;
  /** Bad uses in a row. */
  failures: Generated<number>;
  parked_at: TimeOrNull;
  parked_code: string | null;
  /** Nobody looks before whether it is well again. */
  probe_at: TimeOrNull;
  /** Looks since work last went well there. */
  probes: Generated<number>;
  /** When the newest look at it ended in vain. */
  looked_at: TimeOrNull;
  closed_since: TimeOrNull;
  closed_until: TimeOrNull;
  /** The holder whose turn is next when an account comes free. */
  wanted_by: string | null;
  wanted_until: TimeOrNull;
}

export interface AccountTable {
  application: string;
  account: string;
  held_at: TimeOrNull;
  held_code: string | null;
  held_fingerprint: string | null;
  /** While it is held: nobody looks before whether its credentials have changed. */
  look_at: TimeOrNull;
  submitted_at: TimeOrNull;
  password_expires_at: TimeOrNull;
  warned_at: TimeOrNull;
}

export interface AccountLoanTable {
  application: string;
  account: string;
  slot: number;
  /** Counts up with every loan: the fence. */
  token: Generated<number>;
  /** Who has it, or had it last. */
  holder: string | null;
  lent_until: TimeOrNull;
  /** Since when this holder has it again and again. */
  spell_at: TimeOrNull;
  probing: Generated<boolean>;
}

export interface AccessEventTable {
  id: Generated<string>;
  at: Time;
  application: string;
  account: string | null;
  kind: string;
  facts: Json;
}
