import { describe } from 'vitest';
import { testDeaths } from './deaths.ts';

describe('a function dies after its request took effect, before the answer', () =>
  testDeaths('kill_after_effect'));
