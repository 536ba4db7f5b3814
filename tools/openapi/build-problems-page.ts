import { type Access, customerRoutes, staffRoutes } from '../../functions/access.ts';
import { type ProblemName, problems } from '../../functions/api/problems.ts';
import { problemsOf } from './build-responses.ts';
import { customerRouteDescriptions } from './customer-routes.ts';
import { staffRouteDescriptions } from './staff-routes.ts';

/** The page that lists every refusal of the two APIs, and which routes have it. */
export function buildProblemsPage(): string {
  const names = Object.keys(problems).toSorted();
  const rows = names.map((name) => {
    // The registry's keys are its names.
    const { status, title } = problems[name as ProblemName];
    return `| \`${name}\` | ${status} | ${title} | ${whereOf(name).join(', ')} |`;
  });
  return `# Problems

Every refusal of the two APIs is a problem as RFC 9457 has it (\`application/problem+json\`). Its \`type\` is
\`urn:backstop:problem:\` and a name of this table; names do not change. \`detail\` says in whole sentences what
happened and what to do about it. Beside it there may be \`errors\` (where the input does not fit), \`offered\`
(the id of what would do instead) and \`retryAfterSeconds\`, with the header \`retry-after\`.

This page is made of \`functions/api/problems.ts\` and the routes by \`npm run openapi\`.

| name | status | title | routes |
|---|---|---|---|
${rows.join('\n')}

\`internal\` (500) is answered to what nobody foresaw; the function's log has the cause. API Gateway's own answers
(403 by IAM, 404, 429, 5xx without a function) are \`{"message": "..."}\`.
`;
}

/** More routes than this are told by their number. */
const mostNamed = 4;

function whereOf(name: string): readonly string[] {
  const descriptions = { ...customerRouteDescriptions, ...staffRouteDescriptions };
  const accesses: Readonly<Record<string, Access>> = { ...customerRoutes, ...staffRoutes };
  const routes = Object.entries(descriptions).flatMap(([route, description]) => {
    const access = accesses[route] ?? 'anybody';
    const named = problemsOf({ access, description, isGet: route.startsWith('GET ') });
    return named.some((each) => each === name) ? [`\`${route}\``] : [];
  });
  if (routes.length === Object.keys(descriptions).length) return ['all'];
  return routes.length > mostNamed ? [`${routes.length} routes`] : routes;
}
