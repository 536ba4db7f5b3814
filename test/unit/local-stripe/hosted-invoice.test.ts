import { describe, expect, test } from 'vitest';
import { writePdf } from '../../../local/stripe/hosted/write-pdf.ts';
import { openWorld, subscriber, type World } from './world.ts';

async function openInvoice(world: World) {
  const ada = await subscriber(world);
  world.local.control.setCardOutcomes(ada.primary, ['generic_decline', 'succeeded']);
  const { id } = world.local.control.renewNow(ada.subscription);
  const invoice = await world.stripe.invoices.retrieve(id);
  return { ada, invoice, url: invoice.hosted_invoice_url ?? '' };
}

const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers });

const textOf = async (url: string) => (await fetch(url)).text();

describe('the address of an invoice', () => {
  test('is given when it is finalised, leads here and cannot be guessed', async () => {
    const world = await openWorld();
    const { ada, invoice, url } = await openInvoice(world);
    expect(url).toMatch(new RegExp(`^${world.local.url}/i/acct_local/test_[0-9A-Za-z]{32}$`));
    expect(invoice.invoice_pdf).toBe(`${url.replace('/i/', '/invoice/')}/pdf`);
    expect(url).not.toContain(invoice.id);
    const customer = await world.stripe.customers.retrieve(ada.customer);
    const draft = await world.stripe.invoices.create({ customer: customer.id });
    expect(draft).toMatchObject({ hosted_invoice_url: null, invoice_pdf: null });
    const open = await world.stripe.invoices.finalizeInvoice(draft.id);
    expect(open.hosted_invoice_url).not.toBe(url);
  });

  test('of no invoice says so', async () => {
    const world = await openWorld();
    const { url } = await openInvoice(world);
    for (const wrong of [`${url}x`, url.slice(0, -1), `${world.local.url}/i/acct_local/`]) {
      const answer = await fetch(wrong);
      expect([answer.status, await answer.text()]).toEqual([
        404,
        expect.stringContaining('This address belongs to no invoice'),
      ]);
    }
  });
});

describe('the page of an invoice', () => {
  test('shows what it is for, and is paid with a test card', async () => {
    const world = await openWorld();
    const { invoice, url } = await openInvoice(world);
    const page = await textOf(url);
    for (const shown of [invoice.number ?? '?', 'Ada', '$29.00', '1 × Plan', 'Pay with']) {
      expect(page).toContain(shown);
    }
    const charges = world.local.control.charges().length;
    const refused = await post(url, { payment_method: 'pm_card_visa_chargeDeclined' });
    expect([refused.status, refused.headers.get('location')]).toEqual([303, new URL(url).pathname]);
    expect(await textOf(url)).toContain('Your card was declined. Choose another way to pay.');

    await post(url, { payment_method: 'pm_card_visa' });
    expect((await world.stripe.invoices.retrieve(invoice.id)).status).toBe('paid');
    expect(await textOf(url)).toContain('<h2>Paid</h2>');
    expect(world.local.control.charges().length).toBe(charges + 2);

    await post(url, { payment_method: 'pm_card_visa' });
    expect(world.local.control.charges().length).toBe(charges + 2);
  });

  test('says in Stripe’s words what is not even tried', async () => {
    const world = await openWorld();
    const { invoice, url } = await openInvoice(world);
    const charges = world.local.control.charges().length;
    const refused = await post(url, { payment_method: 'pm_none' });
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('No such PaymentMethod: &#39;pm_none&#39;'),
    ]);
    expect((await world.stripe.invoices.retrieve(invoice.id)).status).toBe('open');
    expect(world.local.control.charges().length).toBe(charges);
  });

  test('is paid with a saved card', async () => {
    const world = await openWorld();
    const { ada, invoice, url } = await openInvoice(world);
    await post(url, { payment_method: ada.secondary });
    expect((await world.stripe.invoices.retrieve(invoice.id)).status).toBe('paid');
    expect(world.local.control.charges().at(-1)).toMatchObject({ payment_method: ada.secondary });
  });

  test('waits for the cardholder, who confirms or does not', async () => {
    const world = await openWorld();
    const { invoice, url } = await openInvoice(world);
    await post(url, { payment_method: 'pm_card_authenticationRequired' });
    expect(await textOf(url)).toContain('Your bank asks you to confirm');
    await post(url, { answer: 'wrong' });
    expect(await textOf(url)).toContain('Pay with');
    await post(url, { payment_method: 'pm_card_authenticationRequired' });
    await post(url, { answer: 'right' });
    expect((await world.stripe.invoices.retrieve(invoice.id)).status).toBe('paid');
  });

  test('takes no orders from another page', async () => {
    const world = await openWorld();
    const { invoice, url } = await openInvoice(world);
    for (const origin of ['http://evil.example', 'http://localhost:3000']) {
      const answer = await post(url, { payment_method: 'pm_card_visa' }, { origin });
      expect(answer.status).toBe(403);
    }
    expect((await world.stripe.invoices.retrieve(invoice.id)).status).toBe('open');
  });
});

/** The parts of a PDF by the table of their places, as a reader finds them. */
function objectsOf(file: Buffer): readonly string[] {
  const text = file.toString('latin1');
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  expect(text.slice(table, table + 5)).toBe('xref\n');
  const places = [...text.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) =>
    Number(at),
  );
  return places.map((at, index) => {
    expect(text.slice(at)).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
    return text.slice(at, text.indexOf('endobj', at));
  });
}

describe('the PDF', () => {
  test('is one page with number, lines and total', async () => {
    const world = await openWorld();
    const { invoice } = await openInvoice(world);
    const answer = await fetch(invoice.invoice_pdf ?? '');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const file = Buffer.from(await answer.arrayBuffer());
    expect(file.subarray(0, 9).toString()).toBe('%PDF-1.4\n');
    const objects = objectsOf(file);
    expect(objects[0]).toContain('/Type /Catalog');
    expect(objects[1]).toContain('/Count 1');
    for (const shown of [`Invoice ${invoice.number}`, '1 \xd7 Plan', '$29.00', 'To Ada']) {
      expect(objects[5]).toContain(shown);
    }
  });

  test('cuts what no line holds, and is only looked at', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    await world.stripe.customers.update(ada.customer, { name: `Ada\r\n(${'a'.repeat(300)}` });
    const { invoice_pdf: url } = world.local.control.renewNow(ada.subscription);
    const answer = await fetch(url ?? '');
    const objects = objectsOf(Buffer.from(await answer.arrayBuffer()));
    expect(objects[5]).toContain(`(To Ada??\\(${'a'.repeat(60)}\x85)`);
    for (const method of ['POST', 'PUT']) {
      const refused = await fetch(url ?? '', { method });
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET']);
    }
  });

  test('has a name for a file, whatever the number of the invoice', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    const draft = await world.stripe.invoices.create({
      customer: ada.customer,
      number: '20"26\r\nSet-Cookie: a/\u20ac',
    });
    const { invoice_pdf: url } = await world.stripe.invoices.finalizeInvoice(draft.id);
    const answer = await fetch(url ?? '');
    expect(answer.headers.get('content-disposition')).toBe(
      'inline; filename="Invoice-20_26__Set-Cookie__a__.pdf"',
    );
  });

  test('says how long its content is, whatever stands in it', () => {
    const texts = ['(a) \\ b', 'Zoë € 5', '日本'].map((text, at) => ({
      x: 9,
      y: at,
      size: 9,
      text,
    }));
    const objects = objectsOf(writePdf('(Title)', texts));
    const [, length, content] =
      /Length (\d+) >>\nstream\n([\s\S]*)\nendstream/.exec(objects[5] ?? '') ?? [];
    expect(content).toHaveLength(Number(length));
    expect(content).toContain('(\\(a\\) \\\\ b)');
    expect(content).toContain('(Zo\xeb \x80 5)');
    expect(content).toContain('(??)');
    expect(objects[6]).toContain('(\\(Title\\))');
  });
});
