import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { apiRequest } from '../../twins/api-request.ts';
import type { ApiAnswer, ApiRequest } from '../evidence.ts';
import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { Chronicle } from './chronicle.ts';
import type { Invoke } from './environments.ts';
import type { Faults } from './faults.ts';
import type { Processes } from './processes.ts';
import { type Environment, portalOrigin, type Rooms } from './rooms.ts';

/** What somebody asks of one of the two APIs. */
export type Asked = Omit<ApiRequest, 'id' | 'process'>;

export interface HttpApi {
  /** `null` where no answer arrives; what was asked for may have been done all the same. */
  ask(asked: Asked): Promise<ApiAnswer | null>;
  /** Nothing for so long. */
  pause(milliseconds: number): Promise<void>;
}

interface Parts {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly faults: Faults;
  readonly chronicle: Chronicle;
  readonly processes: Processes;
  readonly rooms: Rooms;
  readonly invoke: Invoke;
}

/** How long an answer is on its way through API Gateway and the network at most. */
const longestWayMs = 200;
/** When a browser gives up that gets no answer: API Gateway waits 30 seconds. */
const givenUpAfterMs = 30_000;

/** API Gateway in front of the two rooms that answer people. */
export function createHttpApi(parts: Parts): HttpApi {
  const { agenda, random, faults, chronicle, processes, rooms, invoke } = parts;
  let asked = 0;

  const later = <Value>(milliseconds: number, value: Value, resolve: (value: Value) => void) =>
    agenda.after(milliseconds, () => {
      processes.wake();
      resolve(value);
    });

  const send = (sent: Asked): Promise<ApiAnswer | null> => {
    asked += 1;
    const id = `request-${asked}`;
    const event = eventOf(sent, id);
    const room = sent.api === 'staff' ? 'staff-api' : 'customer-api';
    const { promise, resolve } = Promise.withResolvers<ApiAnswer | null>();
    const run = (environment: Environment) => {
      const process = environment.process().name;
      chronicle.tell({ kind: 'api_asked', request: { ...sent, id, process } });
      return sent.api === 'staff'
        ? rooms.staffApi(environment, event)
        : rooms.customerApi(environment, event);
    };
    invoke(room, run, (end) => {
      const answer = end.kind === 'done' ? answerOf(end.value) : null;
      chronicle.tell({ kind: 'api_answered', request: id, answer });
      const isLost = answer === null || faults.strikes('answer_lost');
      if (isLost) later(givenUpAfterMs, null, resolve);
      else later(random.below(longestWayMs), answer, resolve);
    });
    return promise;
  };

  return {
    async ask(sent) {
      if (!faults.strikes('request_twice')) return send(sent);
      // Two tabs, or a second click: whoever asked sees one of the answers.
      const [first, second] = await Promise.all([send(sent), send(sent)]);
      return random.chance(0.5) ? (first ?? second) : (second ?? first);
    },
    pause(milliseconds) {
      const { promise, resolve } = Promise.withResolvers<void>();
      later(milliseconds, undefined, resolve);
      return promise;
    },
  };
}

/** The event that API Gateway makes of it, with an id of its own. */
function eventOf({ route, api, cookie, ...sent }: Asked, id: string): APIGatewayProxyEventV2 {
  const event = apiRequest(route, {
    ...sent,
    ...(api === 'staff'
      ? { signedBy: staffArn }
      : { headers: { origin: portalOrigin }, cookies: cookie === null ? [] : [cookie] }),
  });
  return { ...event, requestContext: { ...event.requestContext, requestId: id } };
}

/** As whom staff sign. */
export const staffArn = 'arn:aws:iam::000000000000:user/sam';

const answerOf = (answer: APIGatewayProxyStructuredResultV2): ApiAnswer => ({
  status: answer.statusCode ?? 200,
  body: answer.body === undefined || answer.body === '' ? null : JSON.parse(answer.body),
  cookies: answer.cookies ?? [],
});
