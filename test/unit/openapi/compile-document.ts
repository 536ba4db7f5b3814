import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { buildDocument, Example } from '../../../tools/openapi/build-document.ts';

export type Document = ReturnType<typeof buildDocument>;

export interface DocumentedOperation {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly required: boolean;
    readonly schema: object;
  }[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: object } };
  };
  readonly responses: Readonly<Record<string, DocumentedResponse | { readonly $ref: string }>>;
}

interface DocumentedResponse {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

/** Says what of a request or an answer the document does not describe. */
export interface CompiledDocument {
  faultsOfRequest(route: string, request: Example['request']): readonly string[];
  faultsOfAnswer(route: string, status: number, body: unknown): readonly string[];
}

export function operationOf(document: Document, route: string): DocumentedOperation {
  const [method = '', path = ''] = route.split(' ');
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`The document has no ${route}.`);
  // What `buildDocument` puts there is such an operation.
  return operation as DocumentedOperation;
}

function responseOf(
  document: Document,
  route: string,
  status: number,
): DocumentedResponse | undefined {
  const response = operationOf(document, route).responses[String(status)];
  if (response === undefined || !('$ref' in response)) return response;
  // The document's references to responses lead to responses.
  return document.components.responses[
    response.$ref.slice('#/components/responses/'.length)
  ] as DocumentedResponse;
}

export function compileDocument(document: Document): CompiledDocument {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  // The package is CommonJS, and its types say otherwise.
  (addFormats as unknown as typeof addFormats.default)(ajv);
  const { schemas } = document.components;
  const compiled = new Map<string, ValidateFunction>();
  const faults = (at: string, schema: object, value: unknown): readonly string[] => {
    const validate = compiled.get(at) ?? ajv.compile({ ...schema, components: { schemas } });
    compiled.set(at, validate);
    if (validate(value)) return [];
    return [`${at}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value).slice(0, 300)}`];
  };
  return {
    faultsOfRequest(route, { path = {}, query = {}, body }) {
      const { parameters, requestBody } = operationOf(document, route);
      const given = { path, query };
      const ofParameters = parameters.flatMap(({ name, in: where, required, schema }) => {
        const value = given[where][name];
        if (value !== undefined) return faults(`${route} ${where} ${name}`, schema, value);
        return required ? [`${route} needs ${name}`] : [];
      });
      const known = parameters.map(({ name }) => name);
      const unknown = Object.keys({ ...path, ...query }).filter((name) => !known.includes(name));
      const schema = requestBody?.content['application/json'].schema;
      const ofBody =
        schema === undefined
          ? body === undefined
            ? []
            : [`${route} has no body`]
          : faults(`${route} body`, schema, body);
      return [...ofParameters, ...unknown.map((name) => `${route} knows no ${name}`), ...ofBody];
    },
    faultsOfAnswer(route, status, body) {
      const response = responseOf(document, route, status);
      if (response === undefined) {
        return [`${route} may not answer ${status}: ${JSON.stringify(body)}`];
      }
      const [content] = Object.values(response.content ?? {});
      if (content === undefined)
        return body === undefined || body === null ? [] : [`${route} ${status} is empty`];
      return faults(`${route} ${status}`, content.schema, body);
    },
  };
}
