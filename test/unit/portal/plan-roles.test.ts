import { describe, expect, test } from 'vitest';
import { paymentMethodId } from '../../../functions/domain/ids.ts';
import { planPrimary, planSecondary } from '../../../portal/src/words/plan-roles.ts';
import { amex, consent, method } from './fixtures.ts';

const primary = method();
const secondary = method({ method: amex, role: 'secondary', consent });
const spare = method({ method: paymentMethodId('pm_spare'), role: null });
const view = { methods: [primary, secondary, spare] };

describe('make primary', () => {
  test('a spare one takes the place; the secondary stays', () => {
    const plan = { primary: spare, secondary, toAgree: null, replaced: null };
    expect(planPrimary(view, spare, false)).toEqual(plan);
  });

  test('the secondary alone: there is no secondary then, and nobody has to agree', () => {
    const plan = { primary: secondary, secondary: null, toAgree: null, replaced: null };
    expect(planPrimary(view, secondary, false)).toEqual(plan);
  });

  test('the two change places: that the old primary may be charged so is agreed to', () => {
    const plan = { primary: secondary, secondary: primary, toAgree: primary, replaced: null };
    expect(planPrimary(view, secondary, true)).toEqual(plan);
  });
});

describe('make secondary', () => {
  test('a spare one takes the place of another; it is agreed to', () => {
    const plan = { primary, secondary: spare, toAgree: spare, replaced: secondary };
    expect(planSecondary(view, spare)).toEqual(plan);
  });

  test('the primary changes places with the secondary', () => {
    const plan = { primary: secondary, secondary: primary, toAgree: primary, replaced: null };
    expect(planSecondary(view, primary)).toEqual(plan);
  });

  test('who agreed before is not asked again', () => {
    const agreed = method({ ...spare, consent });
    expect(planSecondary(view, agreed).toAgree).toBeNull();
  });

  test('to another brand than of then one agrees anew, even where it is the secondary', () => {
    const changed = { ...secondary, health: 'brand_changed', brandBefore: 'visa' } as const;
    const seen = { methods: [primary, changed] };
    expect(planSecondary(seen, changed)).toMatchObject({ primary, toAgree: changed });
  });
});
