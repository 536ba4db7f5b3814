import type * as z from 'zod';
import { type References, Resolver } from './intrinsics.ts';
import {
  type Addresses,
  awayFromHome,
  type Referred,
  type ResourceKind,
  restingKinds,
  runningKinds,
} from './resource-kinds.ts';
import { type Json, type Template, TemplateError, type TemplateResource } from './template.ts';

export type RunningType = keyof typeof runningKinds;

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, Json>>;
}

/** A template whose types, intrinsics and conditions are all known, ready to be read. */
export class Stack {
  readonly name: string;
  readonly #template: Template;
  readonly #resources: ReadonlyMap<string, StackResource>;

  /** @throws TemplateError naming the first resource type, intrinsic or condition not known. */
  constructor(template: Template, name: string) {
    this.name = name;
    this.#template = template;
    const conditions = this.#resolver(awayFromHome, '');
    const resources = Object.entries(template.Resources).filter(
      ([logicalId, { Condition }]) =>
        Condition === undefined || conditions.conditionHolds(Condition, logicalId),
    );
    this.#resources = new Map(
      resources.map(([logicalId, resource]) => [logicalId, known(logicalId, resource)]),
    );
    for (const { logicalId, type, properties } of this.#resources.values()) {
      this.#resolver(awayFromHome, type).resolve(properties, logicalId);
    }
  }

  /** The resources of one type, in the template's order. */
  ofType(type: RunningType): readonly StackResource[] {
    return [...this.#resources.values()].filter((resource) => resource.type === type);
  }

  /** The name that the resource has, or that AWS would have made up for it. */
  nameOf(logicalId: string, property: string): string {
    return this.#referred(this.#find(logicalId, logicalId), awayFromHome).name(property);
  }

  /** What `Fn::GetAtt` gives of the resource, as AWS would give it. */
  attributeOf(logicalId: string, name: string): string {
    return this.#references(awayFromHome).attribute(logicalId, name, logicalId);
  }

  /**
   * The resource's properties without intrinsics.
   *
   * @param schema Every property that is modelled, and those that need no running.
   * @param addresses Where the reader of these properties finds queues and APIs.
   * @throws TemplateError naming a property that is not in the schema.
   */
  read<Schema extends z.ZodType>(
    resource: StackResource,
    schema: Schema,
    addresses: Addresses = awayFromHome,
  ): z.output<Schema> {
    const { logicalId, type, properties } = resource;
    const resolved = this.#resolver(addresses, type).resolve(properties, logicalId);
    const result = schema.safeParse(resolved);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
    const path = [...(issue?.path ?? []), ...unknown.slice(0, 1)].join('.');
    throw new TemplateError(
      `${logicalId} (${type}): the local cloud cannot run its property "${path}": ${issue?.message ?? ''}`,
    );
  }

  /** @param type of the resource whose properties are resolved. */
  #resolver(addresses: Addresses, type: string): Resolver {
    return new Resolver(this.#template, this.name, this.#references(addresses), {
      // The headers that CloudFront adds: the reader of distributions looks the value up.
      keepsSecretReferences: type === 'AWS::CloudFront::Distribution',
    });
  }

  #references(addresses: Addresses): References {
    return {
      ref: (logicalId, at) => {
        const resource = this.#find(logicalId, at);
        return kindOf(resource).ref(this.#referred(resource, addresses));
      },
      attribute: (logicalId, name, at) => {
        const resource = this.#find(logicalId, at);
        const attribute = kindOf(resource).attributes[name];
        if (attribute === undefined) {
          throw new TemplateError(
            `${at} uses the attribute "${name}" of ${logicalId} (${resource.type}), which the local cloud does not know.`,
          );
        }
        return attribute(this.#referred(resource, addresses));
      },
    };
  }

  #find(logicalId: string, at: string): StackResource {
    const resource = this.#template.Resources[logicalId];
    if (resource === undefined) {
      throw new TemplateError(`${at} refers to "${logicalId}", which the template has not.`);
    }
    return known(logicalId, resource);
  }

  #referred(resource: StackResource, addresses: Addresses): Referred {
    const { logicalId, type, properties } = resource;
    const text = (property: string): string | undefined => {
      const value = properties[property];
      const resolved =
        value === undefined ? undefined : this.#resolver(addresses, type).resolve(value, logicalId);
      return typeof resolved === 'string' ? resolved : undefined;
    };
    return {
      logicalId,
      addresses,
      text,
      // AWS appends random letters to a name that it makes up; here a start is like the last one.
      name: (property) => text(property) ?? `${this.name}-${logicalId}`,
    };
  }
}

function known(logicalId: string, resource: TemplateResource): StackResource {
  const result = { logicalId, type: resource.Type, properties: resource.Properties ?? {} };
  kindOf(result);
  return result;
}

function kindOf({ logicalId, type }: StackResource): ResourceKind {
  const kinds: Readonly<Record<string, ResourceKind>> = { ...restingKinds, ...runningKinds };
  const kind = kinds[type];
  if (kind === undefined) {
    throw new TemplateError(
      `${logicalId} has the resource type "${type}", which the local cloud can neither run nor leave out.`,
    );
  }
  return kind;
}
