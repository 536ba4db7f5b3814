import { account } from '../account.ts';
import { type Json, type JsonObject, type Template, TemplateError } from './template.ts';

/** What `Ref` and `Fn::GetAtt` of one resource give. */
export interface References {
  /** @param at Logical id of the resource that refers, for the error's sentence. */
  ref(logicalId: string, at: string): string;
  attribute(logicalId: string, name: string, at: string): string;
}

/** Replaces CloudFormation's intrinsic functions by their values. */
export class Resolver {
  readonly #template: Template;
  readonly #references: References;
  readonly #pseudoParameters: Readonly<Record<string, string>>;
  readonly #keepsSecretReferences: boolean;

  /**
   * @param options.keepsSecretReferences whether references to secrets stay as they are, for a
   *   reader that looks them up; otherwise they are refused, as all dynamic references are.
   */
  constructor(
    template: Template,
    stackName: string,
    references: References,
    options: { readonly keepsSecretReferences: boolean },
  ) {
    this.#template = template;
    this.#references = references;
    this.#pseudoParameters = pseudoParameters(stackName);
    this.#keepsSecretReferences = options.keepsSecretReferences;
  }

  /**
   * The value without intrinsics; `undefined` stands for `AWS::NoValue` (left out).
   *
   * @param at Logical id of the resource, for the error's sentence.
   * @throws TemplateError for an intrinsic, a condition or a reference that is not known.
   */
  resolve(value: Json, at: string): Json | undefined {
    if (typeof value === 'string') return this.#refuseDynamicReference(value, at);
    if (value === null || typeof value !== 'object') return value;
    if (isList(value)) {
      return value.map((item) => this.resolve(item, at)).filter((item) => item !== undefined);
    }
    const call = intrinsicCall(value);
    if (call !== undefined && call.name !== 'Condition') {
      return this.#evaluate(call.name, call.argument, at);
    }
    const entries: [string, Json][] = [];
    for (const [key, item] of Object.entries(value)) {
      const resolved = this.resolve(item, at);
      if (resolved !== undefined) entries.push([key, resolved]);
    }
    return Object.fromEntries(entries);
  }

  /** @throws TemplateError when the template has no such condition or it cannot be decided. */
  conditionHolds(name: string, at: string): boolean {
    const condition = this.#template.Conditions?.[name];
    if (condition === undefined) {
      throw new TemplateError(`${at} uses the condition "${name}", which the template has not.`);
    }
    return this.#holds(condition, `Condition ${name}`);
  }

  #refuseDynamicReference(value: string, at: string): string {
    const isSecret = value.includes('{{resolve:secretsmanager:');
    if (value.includes('{{resolve:') && !(isSecret && this.#keepsSecretReferences)) {
      throw new TemplateError(
        `${at} uses the dynamic reference "${value}", which the local cloud does not know.`,
      );
    }
    return value;
  }

  #ref(name: string, at: string): Json | undefined {
    if (name === 'AWS::NoValue') return undefined;
    const pseudo = this.#pseudoParameters[name];
    if (pseudo !== undefined) return pseudo;
    const parameter = this.#template.Parameters?.[name];
    if (parameter === undefined) return this.#references.ref(name, at);
    if (parameter.Default !== undefined) return parameter.Default;
    throw new TemplateError(`${at} uses the parameter "${name}", which has no default value.`);
  }

  #evaluate(name: string, argument: Json, at: string): Json | undefined {
    const parts = isList(argument) ? argument : [];
    switch (name) {
      case 'Ref':
        return this.#ref(this.#text(argument, at), at);
      case 'Fn::GetAtt': {
        const path = typeof argument === 'string' ? argument.split('.') : parts.map(String);
        return this.#references.attribute(path[0] ?? '', path.slice(1).join('.'), at);
      }
      case 'Fn::Join':
        return this.#list(parts[1], at)
          .map((part) => this.#text(part, at))
          .join(this.#text(parts[0], at));
      case 'Fn::Split':
        return this.#text(parts[1], at).split(this.#text(parts[0], at));
      case 'Fn::Select':
        return this.#list(parts[1], at)[Number(this.#text(parts[0], at))];
      case 'Fn::Sub':
        return this.#substitute(argument, at);
      case 'Fn::If': {
        const holds = this.conditionHolds(this.#text(parts[0], at), at);
        const branch = holds ? parts[1] : parts[2];
        return branch === undefined ? undefined : this.resolve(branch, at);
      }
      default:
        throw new TemplateError(
          `${at} uses the intrinsic function "${name}", which the local cloud does not know.`,
        );
    }
  }

  #substitute(argument: Json, at: string): string {
    const pattern = isList(argument) ? argument[0] : argument;
    const variables = isList(argument) && isObject(argument[1]) ? argument[1] : {};
    if (typeof pattern !== 'string') throw new TemplateError(`${at} has an Fn::Sub without text.`);
    return pattern.replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      if (name in variables) return this.#text(variables[name], at);
      const [logicalId = '', ...attribute] = name.split('.');
      if (attribute.length === 0) return this.#text(this.#ref(name, at), at);
      return this.#references.attribute(logicalId, attribute.join('.'), at);
    });
  }

  #holds(expression: Json, at: string): boolean {
    const call = isObject(expression) ? intrinsicCall(expression) : undefined;
    const parts = isList(call?.argument) ? call.argument : [];
    switch (call?.name) {
      case 'Condition':
        return this.conditionHolds(this.#text(call.argument, at), at);
      case 'Fn::Equals':
        return this.#text(parts[0], at) === this.#text(parts[1], at);
      case 'Fn::Not':
        return !parts.every((part) => this.#holds(part, at));
      case 'Fn::And':
        return parts.every((part) => this.#holds(part, at));
      case 'Fn::Or':
        return parts.some((part) => this.#holds(part, at));
      default:
        throw new TemplateError(
          `${at} uses "${call?.name ?? JSON.stringify(expression)}", which the local cloud does not know in a condition.`,
        );
    }
  }

  #text(value: Json | undefined, at: string): string {
    const resolved = value === undefined ? undefined : this.resolve(value, at);
    if (typeof resolved === 'string') return resolved;
    if (typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved);
    throw new TemplateError(`${at} needs a text where it has ${JSON.stringify(value)}.`);
  }

  #list(value: Json | undefined, at: string): readonly Json[] {
    const resolved = value === undefined ? undefined : this.resolve(value, at);
    if (isList(resolved)) return resolved;
    throw new TemplateError(`${at} needs a list where it has ${JSON.stringify(value)}.`);
  }
}

function intrinsicCall(
  value: JsonObject,
): { readonly name: string; readonly argument: Json } | undefined {
  const [entry, another] = Object.entries(value);
  if (entry === undefined || another !== undefined) return undefined;
  const [name, argument] = entry;
  const isCall = name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');
  return isCall ? { name, argument } : undefined;
}

function pseudoParameters(stackName: string): Record<string, string> {
  return {
    'AWS::AccountId': account.id,
    'AWS::Region': account.region,
    'AWS::Partition': account.partition,
    'AWS::URLSuffix': account.urlSuffix,
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${account.region}:${account.id}:stack/${stackName}/local`,
  };
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
