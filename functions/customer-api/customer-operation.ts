import type { Anybody, MemberCaller, Person } from '../api/caller.ts';
import { type Definition, type Nothing, type Operation, operation } from '../api/operation.ts';
import type { CustomerApiDependencies } from './dependencies.ts';

// One for each kind of caller: what an operation is called with is known from its schemas alone.

/** An operation that needs no session. */
export const anybodyOperation = <Path = Nothing, Query = Nothing, Body = undefined>(
  definition: Definition<CustomerApiDependencies, Anybody, Path, Query, Body>,
): Operation<CustomerApiDependencies, Anybody> => operation(definition);

/** An operation for whoever is signed in. */
export const personOperation = <Path = Nothing, Query = Nothing, Body = undefined>(
  definition: Definition<CustomerApiDependencies, Person, Path, Query, Body>,
): Operation<CustomerApiDependencies, Person> => operation(definition);

/** An operation for a member of the chosen customer; the route's row says in which role. */
export const memberOperation = <Path = Nothing, Query = Nothing, Body = undefined>(
  definition: Definition<CustomerApiDependencies, MemberCaller, Path, Query, Body>,
): Operation<CustomerApiDependencies, MemberCaller> => operation(definition);
