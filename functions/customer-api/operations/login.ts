import * as z from 'zod/mini';
import { emailAddress } from '../../api/input.ts';
import { messageVersion } from '../../domain/messages.ts';
import { anybodyOperation } from '../customer-operation.ts';

/**
 * Asks for a link to sign in. One thing is done for every address: a message is queued. Neither
 * the answer nor its time tells whether anybody is known by this address.
 */
export const login = anybodyOperation({
  body: z.strictObject({ email: emailAddress }),
  async handle({ queues }, { request, body }) {
    await queues.sendSignIn({
      v: messageVersion,
      request: request.id,
      email: body.email,
      source: request.address,
    });
    return { status: 202, body: asked };
  },
});

const asked = {
  detail:
    'If somebody is known by this address, a mail with a link is on its way. The link works once, for 10 minutes.',
} as const;
