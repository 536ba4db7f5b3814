import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod/mini';

const resource = z.object({ Properties: z.record(z.string(), z.unknown()) });

/** `{"Fn::GetAtt": [id, "Arn"]}` */
export const arnOf = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });

/** `{"Ref": id}` */
export const reference = z.object({ Ref: z.string() });

/** The properties of all resources of a type, by logical id; throws where one is not as `schema`. */
export function propertiesOf<T extends z.ZodMiniType>(
  template: Template,
  type: string,
  schema: T,
): Map<string, z.output<T>> {
  const found = Object.entries(template.findResources(type));
  return new Map(found.map(([id, body]) => [id, schema.parse(resource.parse(body).Properties)]));
}

export function lookUp<T>(map: ReadonlyMap<string, T>, id: string): T {
  const value = map.get(id);
  if (value === undefined) throw new Error(`The template has no ${id}.`);
  return value;
}

/** A logical id without the eight digits that CDK adds. */
export function plainId(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, '');
}

const room = z.object({
  Timeout: z.number(),
  Role: arnOf,
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  LoggingConfig: z.object({ LogGroup: reference }),
});

/** The functions of the rooms, by logical id: without CDK's own, which works during a deploy. */
export function functionsOf(template: Template) {
  const all = propertiesOf(template, 'AWS::Lambda::Function', z.unknown());
  return new Map(
    [...all]
      .filter(([id]) => !id.startsWith('CustomCDKBucketDeployment'))
      .map(([id, properties]) => [id, room.parse(properties)]),
  );
}

/** `RetryFunctionF0626DA3` is the function of the room `Retry`. */
export function roomOf(functionId: string): string {
  return plainId(functionId).replace(/Function$/, '');
}
