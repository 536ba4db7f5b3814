import type { IncomingMessage } from 'node:http';
import { fitsPattern, idIn } from '../engine/protocol/path-pattern.ts';
import { readBody } from '../read-body.ts';
import { clockOperations } from './operations/clock.ts';
import { deliveryOperations } from './operations/deliveries.ts';
import { faultOperations } from './operations/faults.ts';
import { type ControlParts, ControlRefusal, type Operation } from './operations/operation.ts';
import { paymentOperations } from './operations/payments.ts';

const operations: readonly Operation[] = [
  ...clockOperations,
  ...paymentOperations,
  ...deliveryOperations,
  ...faultOperations,
];

/**
 * Carries out a request under `/_local/` with a JSON body, and gives what it answers.
 *
 * @throws ControlRefusal for an unknown operation, a wrong body or an impossible wish.
 */
export async function serveControl(
  parts: ControlParts,
  request: IncomingMessage,
  path: string,
): Promise<unknown> {
  const name = path.slice('/_local/'.length);
  const operation = operations.find(
    (each) => each.method === request.method && fitsPattern(each.path, name),
  );
  if (operation === undefined) throw new ControlRefusal(404, unknownOperation());
  const id = idIn(operation.path, name);
  const body = parseJson(await readBody(request));
  try {
    return await operation.run(parts, id, body);
  } catch (error) {
    if (error instanceof RangeError) throw new ControlRefusal(400, error.message);
    throw error;
  }
}

function unknownOperation(): string {
  const known = operations.map(({ method, path }) => `${method} /_local/${path}`);
  return `There is no such control. There are: ${known.join(', ')}.`;
}

function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new ControlRefusal(400, 'The body is not JSON.');
    throw error;
  }
}
