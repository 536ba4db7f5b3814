import { account } from '../account.ts';
import type { Permission } from '../records.ts';
import type { ResourcePolicies } from '../template/read-resource-policies.ts';
import { overTls } from './condition.ts';
import { type Decision, decide, type Need } from './decide.ts';
import type { Principal } from './principal.ts';
import type { Statement, StatementPrincipal } from './statement.ts';

/** A service of AWS that acts for one of the account's resources, such as a rule of EventBridge. */
export interface ActingService {
  /** Such as `events.amazonaws.com`. */
  readonly service: string;
  /** ARN of the resource that it acts for. */
  readonly sourceArn: string;
}

/** Says what the policies of the template allow. */
export interface Authority {
  /** Whether all of these are allowed; the first one that is not decides. */
  judge(principal: Principal, needs: readonly Need[]): Permission;
  /** Whether the resource's own policy lets the service do this. */
  letsService(acting: ActingService, action: string, resource: string): boolean;
}

export function createAuthority(policies: ResourcePolicies): Authority {
  const of = (resource: string, isMeant: (principal: StatementPrincipal) => boolean) =>
    (policies.get(resource) ?? []).filter(({ principals = [] }) => principals.some(isMeant));
  return {
    judge(principal, needs) {
      const grants = [];
      for (const need of needs) {
        const statements = [
          ...principal.statements,
          ...of(need.resource, (one) => isCaller(one, principal)),
        ];
        const decision = decide(statements, need);
        if (decision.kind === 'denied') return denied(need, decision);
        grants.push(grantOf(principal, decision));
      }
      return { kind: 'allowed', grants };
    },
    letsService({ service, sourceArn }, action, resource) {
      const statements = of(resource, (one) => isService(one, service));
      const context = {
        ...overTls,
        'aws:sourcearn': sourceArn,
        'aws:sourceaccount': account.id,
      };
      return decide(statements, { action, resource, context }).kind === 'allowed';
    },
  };
}

function isCaller(one: StatementPrincipal, { roleArn }: Principal): boolean {
  return one.kind === 'everybody' || (one.kind === 'role' && one.arn === roleArn);
}

function isService(one: StatementPrincipal, service: string): boolean {
  return one.kind === 'everybody' || (one.kind === 'service' && one.name === service);
}

function grantOf({ name }: Principal, { by }: Extract<Decision, { kind: 'allowed' }>) {
  const { policy, index } = by.statement;
  const { text: action } = by.action;
  return { principal: name, policy, statement: index, action, resource: by.resource.text };
}

function denied(need: Need, { by }: Extract<Decision, { kind: 'denied' }>): Permission {
  const { action, resource } = need;
  return { kind: 'denied', action, resource, reason: reasonOf(need, by?.statement) };
}

/** The end of the sentence with which AWS refuses. */
function reasonOf({ action }: Need, denying: Statement | undefined): string {
  if (denying === undefined) return `because no identity-based policy allows the ${action} action`;
  const kind = denying.principals === undefined ? 'an identity' : 'a resource';
  return `with an explicit deny in ${kind}-based policy`;
}
