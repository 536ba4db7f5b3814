import type { Access } from '../../functions/access.ts';
import { type ProblemName, problems } from '../../functions/api/problems.ts';
import type { Example } from './build-document.ts';
import type { RouteDescription } from './description.ts';
import type { JsonSchema, Schemas } from './json-schemas.ts';

interface ResponseParts {
  readonly access: Access;
  readonly description: RouteDescription;
  readonly example: Example;
  readonly isGet: boolean;
}

/** Every answer of a route by its status: what it is for, and each way in which it is refused. */
export function buildResponses(parts: ResponseParts, to: Schemas) {
  const { description, example } = parts;
  const answers = Object.entries(description.answers).map(
    ([status, { description: what, schema }]) => [
      status,
      {
        description: what,
        ...(schema && {
          content: {
            'application/json': {
              schema: to.ofAnswer(schema),
              ...(Number(status) === example.status && to.exampleOf(schema, example.body)),
            },
          },
        }),
      },
    ],
  );
  const refusals = new Map<number, ProblemName[]>();
  for (const name of problemsOf(parts)) {
    const { status } = problems[name];
    refusals.set(status, [...(refusals.get(status) ?? []), name]);
  }
  return Object.fromEntries([
    ...answers,
    ...[...refusals]
      .sort(([a], [b]) => a - b)
      .map(([status, names]) => [String(status), buildRefusal(status, names, to)]),
  ]);
}

/** What a route may refuse with: its own refusals, and those of everybody who asks like this. */
export function problemsOf({
  access,
  description,
  isGet,
}: Omit<ResponseParts, 'example'>): readonly ProblemName[] {
  const named: readonly ProblemName[] = [
    'invalid-request',
    'card-number',
    'body-too-large',
    'not-json',
    ...refusedCallers[access],
    ...(isGet || access === 'staff' ? [] : (['other-origin'] as const)),
    ...description.problems,
  ];
  return [...new Set(named)];
}

const refusedCallers: Readonly<Record<Access, readonly ProblemName[]>> = {
  anybody: [],
  person: ['not-signed-in'],
  viewer: ['not-signed-in', 'no-customer-chosen'],
  owner: ['not-signed-in', 'no-customer-chosen', 'not-allowed'],
  staff: ['not-signed-in'],
};

function buildRefusal(status: number, names: readonly ProblemName[], to: Schemas) {
  const types = names.map(typeOf);
  return to.response(`refused-${status}-${names.join('-')}`, {
    description: names.map((name) => problems[name].title).join('; '),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            to.name('Problem', problemSchema),
            { properties: { type: { enum: types }, status: { const: status } } },
          ],
        },
      },
    },
  });
}

const typeOf = (name: string) => `urn:backstop:problem:${name}`;
const text = { type: 'string' };

/** RFC 9457, with our own members. */
const problemSchema: JsonSchema = {
  type: 'object',
  properties: {
    type: { enum: Object.keys(problems).toSorted().map(typeOf) },
    title: text,
    status: { type: 'integer' },
    detail: { ...text, description: 'What happened, and what to do about it.' },
    errors: {
      type: 'array',
      description: 'Where the input does not fit.',
      items: {
        type: 'object',
        properties: { path: text, message: text },
        required: ['path', 'message'],
        additionalProperties: false,
      },
    },
    offered: { ...text, description: 'The id of what would do instead.' },
    retryAfterSeconds: { type: 'integer', minimum: 0 },
  },
  required: ['type', 'title', 'status', 'detail'],
  additionalProperties: false,
};
