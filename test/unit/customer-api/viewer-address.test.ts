import { expect, it } from 'vitest';
import { viewerAddress } from '../../../functions/customer-api/viewer-address.ts';
import { apiRequest } from '../../twins/api-request.ts';

const secret = 'what CloudFront alone knows';
const seen = '203.0.113.9';

/** What is believed of a request that API Gateway saw come from `seen`. */
async function addressOf(headers: Readonly<Record<string, string>>) {
  let asked = 0;
  const originSecret = {
    value: async () => {
      asked += 1;
      return secret;
    },
  };
  const request = apiRequest('GET /portal/view', { headers, address: seen });
  return { address: await viewerAddress(originSecret)(request), asked };
}

const fromCloudFront = (viewer: string) => ({
  'x-backstop-origin': secret,
  'cloudfront-viewer-address': viewer,
});

it.each([
  ['198.51.100.10:46532', '198.51.100.10'],
  ['2001:db8::7334:46532', '2001:db8::7334'],
  ['[2001:db8::7334]:46532', '2001:db8::7334'],
  ['2001:db8:85a3:0:0:8a2e:370:7334:443', '2001:db8:85a3:0:0:8a2e:370:7334'],
])('beside the secret %s is the address %s', async (viewer, address) => {
  expect((await addressOf(fromCloudFront(viewer))).address).toBe(address);
});

it.each(['', 'nonsense', '198.51.100.10', '198.51.100.10:', '198.51.100.300:1', 'a:1', '[::1:1'])(
  'what is no address, such as "%s", is not believed',
  async (viewer) => {
    expect((await addressOf(fromCloudFront(viewer))).address).toBe(seen);
  },
);

it('without the right secret the header is not believed, and without one nobody is asked', async () => {
  const viewer = { 'cloudfront-viewer-address': '198.51.100.10:46532' };
  expect(await addressOf(viewer)).toEqual({ address: seen, asked: 0 });
  expect(await addressOf({ ...viewer, 'x-backstop-origin': 'a guess' })).toEqual({
    address: seen,
    asked: 1,
  });
  expect(await addressOf({ 'x-backstop-origin': secret })).toEqual({ address: seen, asked: 0 });
});
