import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import { customerRoutes, staffRoutes } from '../../../functions/access.ts';
import { problems } from '../../../functions/api/problems.ts';
import { buildDocument } from '../../../tools/openapi/build-document.ts';
import { buildProblemsPage } from '../../../tools/openapi/build-problems-page.ts';
import { type Stop, takeTour } from '../../tour/take-tour.ts';
import { compileDocument } from './compile-document.ts';

// The document is made of the schemas that check requests, and of examples that the functions
// themselves answered. After a change that is meant: `npm run openapi`, and read the diff.

const ends: (() => Promise<void>)[] = [];
let stops: readonly Stop[] = [];
let document: ReturnType<typeof buildDocument>;

beforeAll(async () => {
  stops = await takeTour((end) => ends.push(end));
  document = buildDocument(stops);
  for (const end of ends) await end();
});

describe('docs/openapi.json', () => {
  it('is current', async () => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../docs/openapi.json');
  });

  it('is an OpenAPI document', async () => {
    const validated = await new Validator().validate(structuredClone(document));
    expect(validated).toEqual({ valid: true });
  });

  it('has every route of the template', () => {
    const routes = Object.entries(document.paths).flatMap(([path, { servers: _, ...methods }]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.toSorted()).toEqual(
      [...Object.keys(customerRoutes), ...Object.keys(staffRoutes)].toSorted(),
    );
  });

  it('names no operation twice', () => {
    const ids = [...JSON.stringify(document).matchAll(/"operationId":"(\w+)"/g)].map(
      ([, id]) => id,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('allows every request of a tour through all routes, and describes every answer', () => {
    const compiled = compileDocument(document);
    const wrong = stops.flatMap(({ route, request, status, body }) => [
      ...compiled.faultsOfRequest(route, request),
      ...compiled.faultsOfAnswer(route, status, body),
    ]);
    expect(wrong).toEqual([]);
    expect(stops.filter(({ status }) => status >= 300)).toEqual([]);
  });

  it('leaves no problem out that somebody may meet', () => {
    const page = JSON.stringify(document.components.responses);
    const unused = Object.keys(problems).filter((name) => !page.includes(`problem:${name}"`));
    expect(unused).toEqual([]);
  });
});

it('docs/problems.md is current', async () => {
  await expect(buildProblemsPage()).toMatchFileSnapshot('../../../docs/problems.md');
});
