import type { Params } from '../../../../local/stripe/engine/protocol/parameters.ts';
import type { World } from '../world.ts';

/** The business's own request to Stripe, from its other programs or the dashboard. */
export function ask(world: World, method: string, path: string, params: Params = {}): unknown {
  return world.stripe.request('business', { method, path, params }).answer.body;
}

/** The id in an answer. @throws where Stripe refused: then the world asked for nonsense. */
export function idOf(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'id' in answer) return String(answer.id);
  throw new Error(`Stripe refused the world's own request: ${JSON.stringify(answer)}`);
}

export const post = (world: World, path: string, params: Params = {}): unknown =>
  ask(world, 'POST', path, params);
