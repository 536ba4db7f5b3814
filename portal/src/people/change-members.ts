import type { Desk } from '../account/desk.ts';
import type { MembersView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import type { Result } from '../api/result.ts';

/**
 * Sends a change of the members. It answers with the members alone: the view is read anew, with
 * who is looking at it, because the change may be of the reader.
 */
export const changeMembers = (
  desk: Desk,
  send: () => Promise<Result<MembersView>>,
  said: string,
): Promise<string | null> =>
  desk.change(
    async () => {
      const made = await send();
      return made.ok ? portalApi.view() : made;
    },
    { said, watch: [], isSure: false },
  );
