import type { Staff } from '../api/caller.ts';
import { type Definition, type Nothing, type Operation, operation } from '../api/operation.ts';
import type { StaffDependencies } from './dependencies.ts';

export type StaffOperation = Operation<StaffDependencies, Staff>;

/** An operation of the staff API: its schemas say what it is called with. */
export const staffOperation = <Path = Nothing, Query = Nothing, Body = undefined>(
  definition: Definition<StaffDependencies, Staff, Path, Query, Body>,
): StaffOperation => operation(definition);
