import type { MethodView } from '../api/api-types.ts';

/** How a method's section looks: `refused` and `expired` are pink, with what to do in them. */
export type MethodState = 'ok' | 'refused' | 'expired' | 'empty';

/** The state of a role's section; `null`: no method has the role. */
export function methodState(method: Pick<MethodView, 'health'> | null): MethodState {
  if (method === null) return 'empty';
  if (method.health === 'usable') return 'ok';
  return method.health === 'expired' ? 'expired' : 'refused';
}
