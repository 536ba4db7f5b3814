import * as z from 'zod/mini';
import { answerNames } from './answer-schema.ts';

/** As much of a JSON schema as is looked at here. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

/** Schemas of the document; those with a name stand once, and are referred to. */
export interface Schemas {
  /** What may be sent. */
  ofInput(schema: z.core.$ZodType): JsonSchema;
  /** What is answered. */
  ofAnswer(schema: z.core.$ZodType): JsonSchema;
  /** An answer as an example; answers of one schema have one. */
  exampleOf(schema: z.core.$ZodType, value: unknown): object;
  /** Gives a response a name. @returns the reference to it. */
  response(id: string, response: object): { readonly $ref: string };
  responses(): Readonly<Record<string, object>>;
  /** The examples of named schemas. */
  examples(): Readonly<Record<string, { readonly value: unknown }>>;
  /** Every named schema that was referred to, by its name. */
  named(): Readonly<Record<string, JsonSchema>>;
  /** Gives a schema a name. @returns the reference to it. */
  name(id: string, schema: JsonSchema): JsonSchema;
}

export function createSchemas(): Schemas {
  const named = new Map<string, JsonSchema>();
  const responses = new Map<string, object>();
  const examples = new Map<string, { readonly value: unknown }>();
  const convert = (schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema => {
    const {
      $schema: _,
      $defs = {},
      ...rest
    } = pointToComponents(
      z.toJSONSchema(schema, {
        io,
        metadata: answerNames,
        reused: 'inline',
        override: ({ jsonSchema }) => leaveOut(jsonSchema),
      }),
    );
    for (const [id, definition] of Object.entries(schemasIn($defs))) named.set(id, definition);
    return rest;
  };
  return {
    ofInput: (schema) => convert(schema, 'input'),
    ofAnswer: (schema) => convert(schema, 'output'),
    exampleOf(schema, value) {
      const id = answerNames.get(schema)?.id;
      if (id === undefined) return { example: value };
      if (!examples.has(id)) examples.set(id, { value: brief(value) });
      return { examples: { granted: { $ref: `#/components/examples/${id}` } } };
    },
    response(id, response) {
      responses.set(id, response);
      return { $ref: `#/components/responses/${id}` };
    },
    responses: () => sorted(responses),
    examples: () => sorted(examples),
    named: () => sorted(named),
    name(id, schema) {
      named.set(id, schema);
      return { $ref: `#/components/schemas/${id}` };
    },
  };
}

/** What says nothing to a reader: a format's own pattern, and the limits of exact whole numbers. */
function leaveOut(schema: {
  format?: unknown;
  pattern?: unknown;
  minimum?: unknown;
  maximum?: unknown;
}): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/** zod puts named schemas beside the one that refers to them; here they all stand together. */
function pointToComponents(schema: object): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  // It was an object before it was text.
  return JSON.parse(text) as JsonSchema;
}

const schemasIn = (definitions: unknown): Readonly<Record<string, JsonSchema>> =>
  // What zod writes under `$defs` are schemas by their names.
  Object.fromEntries(
    Object.entries(definitions as Record<string, JsonSchema>).map(([id, { id: _, ...rest }]) => [
      id,
      rest,
    ]),
  );

const sorted = <Value>(values: ReadonlyMap<string, Value>): Readonly<Record<string, Value>> =>
  Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Two members of a list show what a third would. */
function brief(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 2).map(brief);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, brief(inner)]));
}
