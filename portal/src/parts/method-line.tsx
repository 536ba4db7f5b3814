import type { MethodView } from '../api/api-types.ts';
import { methodState } from '../words/method-state.ts';
import { isBankAccount, properName, sayHealth, sayMethod } from '../words/say-method.ts';
import { usePage } from './context.ts';

/** A method as people know it: brand mark, last digits, expiry, wallet, and how well it is. */
export function MethodLine({ method }: { readonly method: MethodView }) {
  const page = usePage();
  const { text, format } = page;
  const { wallet, expMonth, expYear, health } = method;
  const walletName = properName(wallet);
  return (
    <div class="method">
      <BrandMark method={method} />
      <div>
        <p class="name">
          {sayMethod(page, method)}
          {walletName !== null && ` ${text.methods.inWallet({ wallet: walletName })}`}
        </p>
        {expMonth !== null && expYear !== null && health !== 'expired' && (
          <p class="soft">
            {text.methods.expires({ month: format.monthOfYear(expMonth, expYear) })}
          </p>
        )}
        <p class={`health ${methodState(method)}`}>
          <HealthMark isWell={health === 'usable'} />
          {sayHealth(page, method)}
        </p>
      </div>
    </div>
  );
}

/** What the method is, for the eye alone: its name stands beside it. */
function BrandMark({ method: { type, brand } }: { readonly method: MethodView }) {
  const known: Readonly<Record<string, string>> = {
    visa: 'VISA',
    mastercard: 'MC',
    amex: 'AMEX',
    discover: 'DISC',
    diners: 'DC',
    jcb: 'JCB',
    unionpay: 'UP',
  };
  if (isBankAccount(type)) return <Mark path="M4 10 12 5l8 5M6 11v6m4-6v6m4-6v6m4-6v6M4 19h16" />;
  const word = brand === null ? undefined : known[brand];
  if (word === undefined) return <Mark path="M3 7h18v11H3zM3 11h18" />;
  return (
    <span class={`mark brand-${brand}`} aria-hidden="true">
      {word}
    </span>
  );
}

function Mark({ path }: { readonly path: string }) {
  return (
    <span class="mark" aria-hidden="true">
      <svg
        viewBox="0 0 24 24"
        width="24"
        height="24"
        fill="none"
        stroke="currentColor"
        aria-hidden="true"
      >
        <path d={path} stroke-width="1.8" />
      </svg>
    </span>
  );
}

function HealthMark({ isWell }: { readonly isWell: boolean }) {
  const path = isWell ? 'M3.5 8.5l3 3 6-7' : 'M8 3.5v5.5M8 11.6v1.2';
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" fill="none" aria-hidden="true">
      <path d={path} stroke="currentColor" stroke-width="2" />
    </svg>
  );
}
