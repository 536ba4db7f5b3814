import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import { boolean, type Read, required, text } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { PaymentMethodDomainRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const url = '/v1/payment_method_domains';
const creation = { domain_name: text, enabled: boolean };

export const paymentMethodDomainRoutes: readonly Route[] = [
  route('POST', url, creation, create),
  route('GET', `${url}/*`, {}, (tx, _params, id) => tx.get('payment_method_domains', id)),
  route('POST', `${url}/*`, { enabled: boolean }, (tx, { enabled }, id) => {
    const before = tx.get('payment_method_domains', id);
    return enabled === undefined ? before : replace(tx, { ...before, enabled });
  }),
  route('POST', `${url}/*/validate`, {}, (tx, _params, id) =>
    replace(tx, { ...tx.get('payment_method_domains', id), ...walletsOf(tx, id) }),
  ),
  route('GET', url, { ...listParameters, domain_name: text, enabled: boolean }, (tx, params) =>
    listRows(
      tx.rows('payment_method_domains'),
      (row) =>
        (params.domain_name === undefined || row.domain_name === params.domain_name) &&
        (params.enabled === undefined || row.enabled === params.enabled),
      params,
      url,
    ),
  ),
];

const active = { status: 'active' } as const;

/**
 * Every wallet can be used on a registered domain, but Apple Pay only where Apple can reach the
 * domain over the internet: docs.stripe.com/payments/payment-methods/pmd-registration.
 */
function walletStatuses(domain: string) {
  return {
    amazon_pay: active,
    apple_pay: isPublic(domain)
      ? active
      : {
          status: 'inactive' as const,
          status_details: {
            error_message: `Apple Pay cannot reach ${domain}: register a domain that stands on the internet.`,
          },
        },
    google_pay: active,
    klarna: active,
    link: active,
    paypal: active,
  };
}

function walletsOf(tx: Transaction, id: string) {
  return walletStatuses(tx.get('payment_method_domains', id).domain_name);
}

function isPublic(domain: string): boolean {
  return domain.includes('.') && !/(^|\.)(localhost|local|test|invalid)$/.test(domain);
}

function create(tx: Transaction, params: Read<typeof creation>): PaymentMethodDomainRecord {
  const domain = required(params.domain_name, 'domain_name').toLowerCase();
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(domain)) {
    throw invalidParameter(
      `Invalid domain name: ${domain}. Give the name alone, without scheme, port and path.`,
      'domain_name',
    );
  }
  if (tx.rows('payment_method_domains').some((row) => row.domain_name === domain)) {
    throw invalidRequest(`The domain ${domain} is registered already.`, {
      code: 'resource_already_exists',
      param: 'domain_name',
    });
  }
  const created: PaymentMethodDomainRecord = {
    id: tx.id('pmd'),
    object: 'payment_method_domain',
    created: tx.now,
    domain_name: domain,
    enabled: params.enabled ?? true,
    livemode: false,
    ...walletStatuses(domain),
  };
  tx.insert('payment_method_domains', created);
  return created;
}

function replace(tx: Transaction, after: PaymentMethodDomainRecord): PaymentMethodDomainRecord {
  tx.replace('payment_method_domains', after);
  return after;
}
