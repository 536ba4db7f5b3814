import type { Desk, Told } from '../account/desk.ts';

/** Such a change pays for nothing; what is being tried meanwhile is still told of. */
export const toldOf = ({ view: { cases } }: Desk, said: string): Told => ({
  said,
  watch: cases.filter(({ state }) => state === 'trying'),
  isSure: true,
});
