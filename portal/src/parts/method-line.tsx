import { properName } from '../../../functions/domain/customer/proper-name.ts';
import type { MethodView } from '../api/api-types.ts';
import { methodState } from '../words/method-state.ts';
import { sayHealth, sayMethod, sayRemedy } from '../words/say-method.ts';
import { BrandMark } from './brand-mark.tsx';
import { usePage } from './context.ts';

/** A method as people know it: brand mark, last digits, expiry, wallet, and how well it is. */
export function MethodLine({
  method,
  isReady = true,
}: {
  readonly method: MethodView;
  /** Where more than a working method is needed, that it works is not said. */
  readonly isReady?: boolean;
}) {
  const page = usePage();
  const { text, format } = page;
  const { wallet, expMonth, expYear, health } = method;
  const remedy = sayRemedy(page, method);
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
        {(isReady || health !== 'usable') && (
          <p class={`health ${methodState(method)}`}>
            <HealthMark isWell={health === 'usable'} />
            {sayHealth(page, method)}
          </p>
        )}
        {remedy !== null && <p class="remedy">{remedy}</p>}
      </div>
    </div>
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
