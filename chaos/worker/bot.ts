/**
 * What a task does: `voucher` keys one through a real browser, `post` sends one without, `ask` asks a person first,
 * `nothing` only ends.
 */
export type Work = 'voucher' | 'post' | 'ask' | 'nothing';
