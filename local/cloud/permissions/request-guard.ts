import type { AwsRequest } from '../aws-request.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-exchange.ts';
import type { Permission } from '../records.ts';
import type { Authority } from './authority.ts';
import type { KnownCaller } from './local-user.ts';
import { refuseRequest } from './refuse-request.ts';
import { readAuthorization, verifySignature } from './verify-signature.ts';
import { type Directory, whatARequestNeeds } from './what-a-request-needs.ts';

/** What AWS does with a request before its service sees it. */
export interface RequestGuard {
  check(aws: AwsRequest, http: HttpRequest, caller: KnownCaller): RequestCheck;
}

export interface RequestCheck {
  /** Present when the request goes no further. */
  readonly refusal?: HttpAnswer;
  /** Absent when it was not clear who asked. */
  readonly permission?: Permission;
}

export interface GuardParts {
  readonly authority: Authority;
  readonly directory: Directory;
  /** The times that count as now, epoch milliseconds. */
  times(): readonly number[];
}

export function createRequestGuard({ authority, directory, times }: GuardParts): RequestGuard {
  return {
    check(aws, http, { credentials, principal }) {
      const authorization = readAuthorization(http.headers.authorization);
      const verification =
        authorization === undefined || authorization.accessKeyId !== credentials.accessKeyId
          ? strangeToken
          : verifySignature(http, authorization, credentials, times());
      if (!verification.ok) return { refusal: refuseRequest(aws.service, verification) };
      const permission = authority.judge(principal, whatARequestNeeds(aws, http, directory));
      if (permission.kind === 'allowed') return { permission };
      const refusal = { kind: 'denied', principal, denial: permission } as const;
      return { permission, refusal: refuseRequest(aws.service, refusal) };
    },
  };
}

const strangeToken = {
  ok: false,
  kind: 'token',
  reason: 'The security token included in the request is invalid.',
} as const;
