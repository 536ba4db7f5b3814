/**
 * Stands in each bundle where the SDKs import `node:http` (lib/bundle.ts). Node asks a module that
 * is imported for all that it exports, and among the exports of `node:http` is `WebSocket`, for
 * which it loads the whole of its `fetch`: more than a quarter of a cold start. Nobody here uses it.
 */
const http = process.getBuiltinModule('node:http');

export default http;
export const { Agent, ClientRequest, IncomingMessage, STATUS_CODES, get, globalAgent, request } =
  http;
