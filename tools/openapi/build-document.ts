import * as z from 'zod/mini';
import { type Access, customerRoutes, staffRoutes } from '../../functions/access.ts';
import type { InputSchemas } from '../../functions/api/operation.ts';
import { operations as customerOperations } from '../../functions/customer-api/operations.ts';
import { operations as staffOperations } from '../../functions/staff-api/operations.ts';
import { buildResponses } from './build-responses.ts';
import { customerRouteDescriptions } from './customer-routes.ts';
import type { RouteDescription } from './description.ts';
import { createSchemas, type JsonSchema, type Schemas } from './json-schemas.ts';
import { staffRouteDescriptions } from './staff-routes.ts';

/** A request to a route that was granted, and its answer. */
export interface Example {
  readonly route: string;
  readonly request: {
    readonly path?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly status: number;
  readonly body: unknown;
}

interface RouteParts {
  readonly route: string;
  readonly access: Access;
  readonly input: InputSchemas;
  readonly description: RouteDescription;
  readonly example: Example;
}

/**
 * The OpenAPI document of both APIs: routes and access as `functions/access.ts` has them, requests
 * by the very schemas that check them, answers by those of this folder.
 * @param examples One of each route, as a run of the real functions gave it.
 * @throws {Error} for a route without an example.
 */
export function buildDocument(examples: readonly Example[]) {
  const schemas = createSchemas();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const parts of routesWith(examples)) {
    const [method = '', path = ''] = parts.route.split(' ');
    const isStaff = parts.access === 'staff';
    const item = paths[path] ?? { servers: [servers[isStaff ? 'staff' : 'public']] };
    paths[path] = { ...item, [method.toLowerCase()]: buildOperation(parts, schemas) };
  }
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Backstop',
      version: '1',
      summary: "Payment methods: what the customer's page and the business's staff call",
      description: overview,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: Object.values(servers),
    tags: [
      { name: 'customer', description: "The customer's page, with its session's cookie." },
      { name: 'staff', description: "The business's staff and backend, with AWS credentials." },
    ],
    paths,
    components: {
      schemas: schemas.named(),
      responses: schemas.responses(),
      examples: schemas.examples(),
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-backstop',
          description:
            'Set by signing in. What is not a GET needs the header Origin (or Sec-Fetch-Site) of the page itself as well.',
        },
        iam: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description:
            'AWS Signature Version 4, service "execute-api", by a principal with the policy BackstopStaff or BackstopBackend.',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
      },
    },
  };
}

const servers = {
  public: { url: 'https://billing.example.com', description: 'The output PortalUrl of the stack' },
  staff: { url: 'https://staff.example.com', description: 'The output StaffApiUrl of the stack' },
} as const;

const overview = [
  'Every refusal is a problem (RFC 9457) with a stable `type`; docs/problems.md lists all of them.',
  'Every request may be sent twice: what is as wished already is answered as if it were new.',
  '`version` is what the caller saw of the customer; where somebody changed it meanwhile, the change is refused.',
  'Bodies are JSON in UTF-8 of at most 16 KB. Fields, parameters and values that are not described are refused.',
  'A card number is refused wherever it stands, and never logged: card data go from the browser to Stripe only.',
  'API Gateway itself answers 403 to requests that IAM refuses, 404 to paths that do not exist, 429 to too many requests and 5xx where a function did not answer, each with `{"message": ...}`.',
].join('\n\n');

function routesWith(examples: readonly Example[]): readonly RouteParts[] {
  const operations: Readonly<Record<string, { readonly input: InputSchemas }>> = {
    ...customerOperations,
    ...staffOperations,
  };
  const accesses: Readonly<Record<string, Access>> = { ...customerRoutes, ...staffRoutes };
  const descriptions = { ...customerRouteDescriptions, ...staffRouteDescriptions };
  return Object.entries(descriptions).map(([route, description]) => {
    const operation = operations[route];
    const access = accesses[route];
    const example = examples.find((each) => each.route === route);
    if (operation === undefined || access === undefined || example === undefined) {
      throw new Error(`${route} has no operation, no access or no example.`);
    }
    return { route, access, input: operation.input, description, example };
  });
}

function buildOperation({ route, access, input, description, example }: RouteParts, to: Schemas) {
  const isStaff = access === 'staff';
  const body = input.body instanceof z.ZodMiniUndefined ? undefined : to.ofInput(input.body);
  return {
    operationId: operationIdOf(route),
    tags: [isStaff ? 'staff' : 'customer'],
    summary: description.summary,
    ...(description.detail !== undefined && { description: description.detail }),
    security: securityOf(access),
    'x-access': access,
    parameters: [
      ...parametersOf('path', to.ofInput(input.path), example.request.path),
      ...parametersOf('query', to.ofInput(input.query), example.request.query),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body, example: example.request.body } },
      },
    }),
    responses: buildResponses(
      { access, description, example, isGet: route.startsWith('GET ') },
      to,
    ),
  };
}

const securityOf = (access: Access) => {
  if (access === 'anybody') return [];
  return access === 'staff' ? [{ iam: [] }] : [{ session: [] }];
};

/** `POST /portal/tax-ids` is `postPortalTaxIds`. */
function operationIdOf(route: string): string {
  const [verb = '', ...words] = route.split(/[^A-Za-z]+/).filter((word) => word !== '');
  const rest = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return `${verb.toLowerCase()}${rest.join('')}`;
}

function parametersOf(
  where: 'path' | 'query',
  { properties = {}, required = [] }: JsonSchema,
  examples: Readonly<Record<string, string>> = {},
) {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema,
    ...(examples[name] !== undefined && { example: examples[name] }),
  }));
}
