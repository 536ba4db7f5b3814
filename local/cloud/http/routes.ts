import type { RoutePlan } from '../template/read-apis.ts';

export interface RouteMatch {
  readonly route: RoutePlan;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The route that an HTTP API takes: the most specific one. A full match wins over a greedy
 * `{proxy+}`, a method over `ANY`, and `$default` comes last (API Gateway: "Create routes").
 */
export function findRoute(
  routes: readonly RoutePlan[],
  method: string,
  path: string,
): RouteMatch | undefined {
  let best: (RouteMatch & { readonly rank: string }) | undefined;
  for (const route of routes) {
    const match = matchRoute(route.routeKey, method, path);
    if (match !== undefined && (best === undefined || match.rank > best.rank)) {
      best = { route, ...match };
    }
  }
  return best && { route: best.route, pathParameters: best.pathParameters };
}

/** A rank is one letter for each segment, then one for the method: the greater, the better. */
function matchRoute(
  routeKey: string,
  method: string,
  path: string,
): { readonly rank: string; readonly pathParameters: Record<string, string> } | undefined {
  if (routeKey === '$default') return { rank: '', pathParameters: {} };
  const [routeMethod, routePath = ''] = routeKey.split(' ');
  if (routeMethod !== method && routeMethod !== 'ANY') return undefined;
  const wanted = routePath.split('/').slice(1);
  const given = path.split('/').slice(1);
  const pathParameters: Record<string, string> = {};
  let rank = '';
  for (const [index, segment] of wanted.entries()) {
    const value = given[index];
    const name = /^\{(\w+)(\+?)\}$/.exec(segment);
    if (value === undefined) return undefined;
    if (name?.[1] !== undefined && name[2] === '+') {
      pathParameters[name[1]] = decodeURIComponent(given.slice(index).join('/'));
      return { rank: `${rank}g`, pathParameters };
    }
    if (name?.[1] !== undefined) {
      if (value === '') return undefined;
      pathParameters[name[1]] = decodeURIComponent(value);
      rank += 'p';
    } else {
      if (segment !== value) return undefined;
      rank += 's';
    }
  }
  if (wanted.length !== given.length) return undefined;
  return { rank: `${rank}${routeMethod === 'ANY' ? 'a' : 'm'}`, pathParameters };
}
