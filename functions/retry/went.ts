/**
 * How one step of a pass went. `on`: our step is on record, go on; `owed`: what was owed is done;
 * `reread`: somebody else wrote the case; `done`: rest.
 */
export type Went = 'on' | 'owed' | 'reread' | 'done';

export const wentOn = (saved: boolean): Went => (saved ? 'on' : 'reread');
