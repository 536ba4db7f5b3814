import type { MemberView } from '../api/api-types.ts';

/** What a member is called in sentences. */
export const nameOf = ({ name, email }: Pick<MemberView, 'name' | 'email'>): string =>
  name ?? email;
