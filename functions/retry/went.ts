/**
 * How one step of a pass went. `on`: our step is on record, go on; `reread`: the case changed
 * otherwise; `done`: rest.
 */
export type Went = 'on' | 'reread' | 'done';

export const wentOn = (saved: boolean): Went => (saved ? 'on' : 'reread');
