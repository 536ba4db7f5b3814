import { describe } from 'vitest';
import { testDeaths } from './deaths.ts';

describe('a function dies before its request is delivered', () =>
  testDeaths('kill_before_delivery'));
