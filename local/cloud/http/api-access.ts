import { arnOf } from '../account.ts';
import type { Authority } from '../permissions/authority.ts';
import { overTls } from '../permissions/condition.ts';
import type { KnownCaller } from '../permissions/local-user.ts';
import { readAuthorization, verifySignature } from '../permissions/verify-signature.ts';
import type { DeniedRecord } from '../records.ts';
import type { RoutePlan } from '../template/read-apis.ts';
import type { ApiRequest } from './payload.ts';

/** Who may call an API's routes, and whether the routes may call their functions. */
export interface ApiAccess {
  /** The user who signed a request to an IAM route; `forbidden` when that is nobody who may. */
  callerOf(request: ApiRequest, route: RoutePlan): KnownCaller | 'anybody' | 'forbidden';
  /** Whether the function's policy lets API Gateway invoke it for this route. */
  mayInvoke(apiId: string, route: RoutePlan): boolean;
}

export interface ApiAccessParts {
  readonly authority: Authority;
  /** By their access key ids. */
  readonly users: ReadonlyMap<string, KnownCaller>;
  /** The times that count as now, epoch milliseconds. */
  times(): readonly number[];
  /** Told of each invocation that may not be; `at` is when it should have been. */
  tellDenied(record: Omit<DeniedRecord, 'at'>): void;
}

export function createApiAccess(parts: ApiAccessParts): ApiAccess {
  const { authority, users, times } = parts;
  return {
    callerOf(request, route) {
      if (route.authorization === 'none') return 'anybody';
      const authorization = readAuthorization(request.headers.authorization);
      const user = users.get(authorization?.accessKeyId ?? '');
      if (authorization?.service !== 'execute-api' || user === undefined) return 'forbidden';
      const verification = verifySignature(request, authorization, user.credentials, times());
      const need = {
        action: 'execute-api:Invoke',
        resource: stageArn(request.apiId, request.method, pathOf(request)),
        context: overTls,
      };
      const isAllowed =
        verification.ok && authority.judge(user.principal, [need]).kind === 'allowed';
      return isAllowed ? user : 'forbidden';
    },
    mayInvoke(apiId, { routeKey, functionArn }) {
      const [method = '', path = ''] = routeKey.split(' ');
      const acting = {
        service: 'apigateway.amazonaws.com',
        sourceArn: stageArn(apiId, method, path),
      };
      const action = 'lambda:InvokeFunction';
      if (authority.letsService(acting, action, functionArn)) return true;
      parts.tellDenied({ ...acting, action, resource: functionArn });
      return false;
    },
  };
}

const pathOf = ({ path }: ApiRequest): string => path.split('?', 1)[0] ?? '/';

/** `API/$default/GET/things/1`; the method of the route `$default` stands alone. */
const stageArn = (apiId: string, method: string, path: string) =>
  arnOf('execute-api', `${apiId}/$default/${method}${path}`);
