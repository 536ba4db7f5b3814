import type { HttpAnswer } from '../http/http-exchange.ts';
import type { MailRefusal } from './read-mail-request.ts';

const xml = { 'content-type': 'text/xml' };
const namespace = 'xmlns="http://ses.amazonaws.com/doc/2010-12-01/"';

/** SES's answer to a mail that it took, in its query protocol. */
export function mailAccepted(action: string, messageId: string): HttpAnswer {
  const result = `<${action}Result><MessageId>${messageId}</MessageId></${action}Result>`;
  const body = `<${action}Response ${namespace}>${result}<ResponseMetadata><RequestId>${messageId}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: xml, body };
}

/** SES's error, in its query protocol. */
export function mailError({ code, message }: MailRefusal, status = 400): HttpAnswer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  const body = `<ErrorResponse ${namespace}>${error}<RequestId>local</RequestId></ErrorResponse>`;
  return { status, headers: xml, body };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
