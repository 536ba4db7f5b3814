import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { MovableClock } from '../../clock.ts';
import { arnOf } from '../account.ts';
import { jsonError, type Service } from '../functions/gateway.ts';
import type { SecretPlan } from '../template/read-secrets.ts';

export interface SecretService extends Service {
  set(name: string, value: string): void;
  /** @param id A name, an ARN, or an ARN without its six letters. */
  arnOf(id: string): string | undefined;
  /** What the template's own reference to the secret stands for. @param id as for `arnOf` */
  valueOf(id: string): string | undefined;
}

const requestSchema = z.object({ SecretId: z.string() });

/** Secrets Manager: the template's secrets and those given by name; only reading is known. */
export function createSecretService(
  plans: readonly SecretPlan[],
  given: Readonly<Record<string, string>>,
  clock: MovableClock,
): SecretService {
  const names = new Set([...plans.map(({ name }) => name), ...Object.keys(given)]);
  const values = new Map(Object.entries(given));
  for (const { name, value, isGenerated } of plans) {
    const first = isGenerated ? randomBytes(24).toString('hex') : value;
    if (first !== undefined && !values.has(name)) values.set(name, first);
  }

  return {
    part: 'secret',
    set(name, value) {
      names.add(name);
      values.set(name, value);
    },
    arnOf(id) {
      const name = findName(names, id);
      return name === undefined ? undefined : secretArn(name);
    },
    valueOf(id) {
      const name = findName(names, id);
      return name === undefined ? undefined : values.get(name);
    },
    async handle({ aws, http }) {
      if (aws.action !== 'GetSecretValue') {
        const message = `The local cloud's Secrets Manager knows GetSecretValue, and not "${aws.action}".`;
        return jsonError(400, 'UnknownOperationException', message);
      }
      const request = requestSchema.safeParse(JSON.parse(http.body.toString()));
      if (!request.success) {
        return jsonError(400, 'InvalidParameterException', 'SecretId is missing.');
      }
      const name = findName(names, request.data.SecretId);
      if (name === undefined) return notFound("can't find the specified secret.");
      const value = values.get(name);
      if (value === undefined) {
        return notFound("can't find the specified secret value for staging label: AWSCURRENT");
      }
      return {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({
          ARN: secretArn(name),
          Name: name,
          SecretString: value,
          VersionId: '00000000-0000-4000-8000-000000000000',
          VersionStages: ['AWSCURRENT'],
          CreatedDate: Math.floor(clock.now() / 1000),
        }),
      };
    },
  };
}

/** AWS appends six random letters to a secret's name in its ARN; here they are the same always. */
function secretArn(name: string): string {
  return arnOf('secretsmanager', `secret:${name}-LOCAL1`);
}

/** A secret is named by its name, its ARN, or its ARN without the six letters. */
function findName(names: ReadonlySet<string>, id: string): string | undefined {
  return [...names].find(
    (name) => id === name || id === secretArn(name) || `${id}-LOCAL1` === secretArn(name),
  );
}

function notFound(what: string) {
  return jsonError(400, 'ResourceNotFoundException', `Secrets Manager ${what}`);
}
