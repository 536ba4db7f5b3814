/**
 * How one step of a pass went. `on`: our step is on record, go on; `reread`: the case changed
 * otherwise; `rests`: nothing more is to be decided, but what the step owes is to be done; `done`.
 */
export type Went = 'on' | 'reread' | 'rests' | 'done';

export const wentOn = (saved: boolean): Went => (saved ? 'on' : 'reread');
