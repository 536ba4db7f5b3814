import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Context, overTls } from '../../../../local/cloud/permissions/condition.ts';
import { decide } from '../../../../local/cloud/permissions/decide.ts';
import {
  documentSchema,
  parseIdentityPolicy,
  parseResourcePolicy,
} from '../../../../local/cloud/permissions/statement.ts';

const documentOf = (...statements: unknown[]) =>
  documentSchema.parse({ Version: '2012-10-17', Statement: statements });
const identityPolicy = (...statements: unknown[]) =>
  parseIdentityPolicy(documentOf(...statements), 'Policy');

const queue = 'arn:aws:sqs:us-east-1:000000000000:work';
const allow = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue };

function verdict(statements: unknown[], context: Context = overTls, action = 'sqs:SendMessage') {
  return decide(identityPolicy(...statements), { action, resource: queue, context }).kind;
}

describe('a decision', () => {
  it('denies what no statement allows', () => {
    expect(verdict([])).toBe('denied');
    expect(verdict([allow], overTls, 'sqs:DeleteMessage')).toBe('denied');
    expect(verdict([{ ...allow, Resource: `${queue}2` }])).toBe('denied');
    expect(verdict([allow])).toBe('allowed');
  });

  it('lets a statement that denies win over all that allow, wherever it stands', () => {
    const statement = fc.record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      Action: fc.constantFrom('sqs:SendMessage', 'sqs:*', 'sqs:DeleteMessage'),
      Resource: fc.constantFrom(queue, '*', 'arn:aws:sqs:us-east-1:000000000000:other'),
    });
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 6 }), (statements) => {
        const applying = statements.filter(
          ({ Action, Resource }) => Action !== 'sqs:DeleteMessage' && !Resource.endsWith('other'),
        );
        const allows = applying.some(({ Effect }) => Effect === 'Allow');
        const denies = applying.some(({ Effect }) => Effect === 'Deny');
        expect(verdict(statements)).toBe(allows && !denies ? 'allowed' : 'denied');
      }),
    );
  });

  it('says which statement decided, with the action and the resource that matched', () => {
    const statements = identityPolicy(
      { ...allow, Resource: `${queue}2` },
      { Effect: 'Allow', Action: ['sqs:Get*', 'sqs:Send*'], Resource: ['x', '*'] },
      allow,
    );
    const decision = decide(statements, {
      action: 'sqs:SendMessage',
      resource: queue,
      context: overTls,
    });
    expect(decision).toMatchObject({
      kind: 'allowed',
      by: {
        statement: { policy: 'Policy', index: 1 },
        action: { text: 'sqs:Send*' },
        resource: { text: '*' },
      },
    });
  });

  it.each<[Record<string, Record<string, unknown>>, Context, string]>([
    [{ Bool: { 'aws:SecureTransport': 'true' } }, overTls, 'allowed'],
    [{ Bool: { 'aws:SecureTransport': true } }, overTls, 'allowed'],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, overTls, 'denied'],
    [
      { StringEquals: { 'ses:FromAddress': 'a@b.example' } },
      { 'ses:fromaddress': 'a@b.example' },
      'allowed',
    ],
    [
      { StringEquals: { 'ses:FromAddress': 'a@b.example' } },
      { 'ses:fromaddress': 'A@b.example' },
      'denied',
    ],
    [
      { StringEquals: { 'ses:FromAddress': ['x', 'a@b.example'] } },
      { 'ses:fromaddress': 'a@b.example' },
      'allowed',
    ],
    [{ StringEquals: { 'ses:FromAddress': '*' } }, { 'ses:fromaddress': 'a@b.example' }, 'denied'],
    [
      { StringLike: { 'ses:FromAddress': '*@b.example' } },
      { 'ses:fromaddress': 'a@b.example' },
      'allowed',
    ],
    [{ StringEquals: { 'ses:FromAddress': 'a@b.example' } }, overTls, 'denied'],
    [{ ArnLike: { 'aws:SourceArn': `${queue}*` } }, { 'aws:sourcearn': queue }, 'allowed'],
    [
      { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SourceAccount': '1' } },
      { ...overTls, 'aws:sourceaccount': '2' },
      'denied',
    ],
  ])('under the condition %j with %j: %3$s', (Condition, context, expected) => {
    expect(verdict([{ ...allow, Condition }], context)).toBe(expected);
  });
});

describe('what cannot be judged fails at the start, with its place', () => {
  it.each<[string, Record<string, unknown>]>([
    ['cannot judge by "NotResource"', { ...allow, NotResource: 'x' }],
    ['cannot judge by "NotAction"', { ...allow, NotAction: 'x' }],
    ['cannot judge by "Principal"', { ...allow, Principal: '*' }],
    ['cannot judge by "Effect"', { ...allow, Effect: 'Perhaps' }],
    ['the condition operator "DateLessThan"', { ...allow, Condition: { DateLessThan: {} } }],
    [
      'the condition operator "ForAllValues:StringEquals"',
      { ...allow, Condition: { 'ForAllValues:StringEquals': {} } },
    ],
    [
      'the condition key "aws:SourceIp"',
      { ...allow, Condition: { StringEquals: { 'aws:SourceIp': '127.0.0.1' } } },
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM.
    ['a policy variable in "${aws:username}"', { ...allow, Resource: '${aws:username}' }],
  ])('%s', (sentence, statement) => {
    expect(() => identityPolicy(allow, statement)).toThrow('Policy, statement 1');
    expect(() => identityPolicy(allow, statement)).toThrow(sentence);
  });

  it.each<[string, Record<string, unknown>]>([
    ['cannot judge by "NotPrincipal"', { ...allow, Principal: '*', NotPrincipal: '*' }],
    ['cannot judge by "Principal"', allow],
    [
      'names the principal "arn:aws:iam::000000000000:root"',
      { ...allow, Principal: { AWS: 'arn:aws:iam::000000000000:root' } },
    ],
  ])("in a resource's policy: %s", (sentence, statement) => {
    expect(() => parseResourcePolicy(documentOf(statement), 'Policy')).toThrow(sentence);
  });
});
