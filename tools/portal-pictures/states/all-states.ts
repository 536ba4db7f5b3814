import { accountStates } from './account-states.ts';
import { arrivalStates } from './arrival-states.ts';
import { bannerStates } from './banner-states.ts';
import { dialogStates } from './dialog-states.ts';
import type { PageState } from './page-state.ts';
import { sectionStates } from './section-states.ts';
import { statusStates } from './status-states.ts';

/** The catalogue: everything that a reader of the page may find in front of them. */
export const allStates: readonly PageState[] = [
  ...arrivalStates,
  ...accountStates,
  ...bannerStates,
  ...dialogStates,
  ...statusStates,
  ...sectionStates,
];
