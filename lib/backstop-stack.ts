import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type AlarmDefinition, Alarms } from './alarms.ts';
import { bundlesForStacks } from './bundle.ts';
import type { Configuration } from './configuration.ts';
import { CustomerApi } from './customer-api.ts';
import { Mail } from './mail.ts';
import { MailEvents } from './mail-events.ts';
import { Notify } from './notify.ts';
import { PortalPage } from './portal-page.ts';
import { PublicApi } from './public-api.ts';
import { Reconcile } from './reconcile.ts';
import { Remind } from './remind.ts';
import { Retry } from './retry.ts';
import type { RoomFunction, RoomProps } from './room-function.ts';
import { SignIn } from './sign-in.ts';
import { StaffApi } from './staff-api.ts';
import { createStaffPolicies } from './staff-policies.ts';
import { StripeSecrets } from './stripe-secrets.ts';
import { StripeWebhook } from './stripe-webhook.ts';
import { Sweep } from './sweep.ts';
import { BackstopTable } from './table.ts';
import type { WorkQueue } from './work-queue.ts';

export interface BackstopStackProps extends StackProps {
  readonly configuration: Configuration;
}

/** All of Backstop in one stack: the rooms, and what they share. */
export class BackstopStack extends Stack {
  constructor(scope: Construct, id: string, props: BackstopStackProps) {
    super(scope, id, {
      description: 'Backstop: backup payment methods and failed-payment recovery for Stripe',
      ...props,
    });
    const { settings, mailIdentity, stripeApiKeySecretName, alarmEmail } = props.configuration;
    const { page: pageSettings, mailTexts } = props.configuration;

    const table = new BackstopTable(this, 'Data');
    const secrets = new StripeSecrets(this, 'Secrets', {
      apiKeySecretName: stripeApiKeySecretName,
    });
    const api = new PublicApi(this, 'PublicApi');
    const room: RoomProps = { settings, table, bundles: bundlesForStacks() };

    const mailEvents = new MailEvents(this, 'MailEvents', room);
    const mail = new Mail(this, 'Mail', {
      sender: settings.mail.sender,
      identity: mailIdentity,
      events: mailEvents.queue,
    });
    const page = new PortalPage(this, 'PortalPage', { settings, page: pageSettings, api });
    const portalOrigin = page.origin;
    const notify = new Notify(this, 'Notify', { ...room, mail, mailTexts, portalOrigin });
    // When mails to an owner do not arrive, the others are told.
    notify.queue.grantSend(mailEvents.function);
    const retry = new Retry(this, 'Retry', { ...room, secrets, notify });
    const webhook = new StripeWebhook(this, 'StripeWebhook', { ...room, api, secrets, retry });
    const sweep = new Sweep(this, 'Sweep', { ...room, retry });
    const reconcile = new Reconcile(this, 'Reconcile', { ...room, retry, secrets });
    const remind = new Remind(this, 'Remind', { ...room, notify, secrets });
    const signIn = new SignIn(this, 'SignIn', { ...room, mail, mailTexts, portalOrigin });
    const doors = { ...room, secrets, retry, notify };
    new CustomerApi(this, 'CustomerApi', { ...doors, api, page, signIn });
    const staffApi = new StaffApi(this, 'StaffApi', { ...doors, portalOrigin });
    const policies = createStaffPolicies(this, staffApi);

    const alarms = new Alarms(this, 'Alarms', { email: alarmEmail });
    watchQueues(alarms, { retry, notify, mailEvents, signIn });
    watchRooms(alarms, { api, staffApi, webhook, sweep, reconcile, remind });
    watchCharges(alarms);

    new CfnOutput(this, 'WebhookUrl', {
      value: webhook.url,
      description: "The address for Stripe's webhook endpoint",
    });
    new CfnOutput(this, 'WebhookSecretName', {
      value: secrets.webhookSecretName,
      description: "Put the signing secret of Stripe's webhook endpoint here",
    });
    new CfnOutput(this, 'TableName', { value: table.resource.tableName });
    new CfnOutput(this, 'RetryNowQueueUrl', { value: retry.nowQueue.queue.queueUrl });
    new CfnOutput(this, 'PortalUrl', {
      value: portalOrigin,
      description: "Where the customer's page stands",
    });
    new CfnOutput(this, 'StaffApiUrl', {
      value: staffApi.api.apiEndpoint,
      description: 'STAFF_API_URL of npm run staff',
    });
    new CfnOutput(this, 'StaffPolicyArn', {
      value: policies.staff.managedPolicyArn,
      description: 'Attach this to whoever looks after customers',
    });
    new CfnOutput(this, 'BackendPolicyArn', {
      value: policies.backend.managedPolicyArn,
      description: "Attach this to the business's backend, which opens the page for customers",
    });
    new CfnOutput(this, 'AlarmTopicArn', {
      value: alarms.topic.topicArn,
      description: 'Subscribe here to be told about alarms',
    });
  }
}

function watchQueues(
  alarms: Alarms,
  rooms: {
    readonly retry: Retry;
    readonly notify: Notify;
    readonly mailEvents: MailEvents;
    readonly signIn: SignIn;
  },
): void {
  const queues: Readonly<Record<string, WorkQueue>> = {
    retry: rooms.retry.queue,
    'retry-now': rooms.retry.nowQueue,
    notice: rooms.notify.queue,
    'mail-events': rooms.mailEvents.queue,
    'sign-in': rooms.signIn.queue,
  };
  for (const [name, { deadLetters }] of Object.entries(queues)) {
    alarms.ringWhen({
      name: `Backstop-${name}-dead-letters`,
      meaning: `Messages of the queue ${name} failed for good and wait for a redrive.`,
      // Visible messages only: those in flight are being redriven.
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
      periods: 1,
    });
  }
  alarms.ringWhen({
    name: 'Backstop-retry-now-waiting',
    meaning: 'A retry that somebody wanted has waited for five minutes.',
    metric: rooms.retry.nowQueue.queue.metricApproximateAgeOfOldestMessage({
      period: Duration.minutes(1),
      statistic: Stats.MAXIMUM,
    }),
    threshold: Duration.minutes(5).toSeconds(),
    periods: 3,
  });
}

function watchRooms(
  alarms: Alarms,
  rooms: {
    readonly api: PublicApi;
    readonly staffApi: StaffApi;
    readonly webhook: StripeWebhook;
    readonly sweep: Sweep;
    readonly reconcile: Reconcile;
    readonly remind: Remind;
  },
): void {
  const period = Duration.minutes(5);
  alarms.ringWhen({
    name: 'Backstop-webhook-errors',
    meaning:
      'The webhook function crashed or ran out of time; Stripe redelivers, in live mode for three days.',
    metric: rooms.webhook.function.resource.metricErrors({ period }),
    threshold: 1,
    periods: 1,
  });
  alarms.ringWhen({
    name: 'Backstop-public-api-5xx',
    meaning:
      "Stripe or a customer's page was answered with a server error; Stripe redelivers, in live mode for three days.",
    metric: rooms.api.api.metricServerError({ period, statistic: Stats.SUM }),
    threshold: 1,
    periods: 1,
  });
  alarms.ringWhen({
    name: 'Backstop-staff-api-5xx',
    meaning: 'Somebody of the business, or its backend, was answered with a server error.',
    metric: rooms.staffApi.api.metricServerError({ period, statistic: Stats.SUM }),
    threshold: 1,
    periods: 1,
  });
  watchTicks(alarms, rooms.sweep.function, {
    name: 'Backstop-sweep-failing',
    meaning: 'No sweep has succeeded for ten minutes, so cases that are due are not retried.',
    period,
  });
  watchTicks(alarms, rooms.reconcile.function, {
    name: 'Backstop-reconcile-failing',
    meaning:
      'No comparison with Stripe has succeeded for two hours, so failures that no event told of are not found.',
    period: Duration.hours(1),
  });
  watchTicks(alarms, rooms.remind.function, {
    name: 'Backstop-remind-failing',
    meaning:
      'No run of the reminders has succeeded for two hours, so customers may not be told that their card expires.',
    period: Duration.hours(1),
  });
}

/** Rings when none of the function's ticks has succeeded in two periods. */
function watchTicks(
  alarms: Alarms,
  { resource }: RoomFunction,
  { period, ...named }: Pick<AlarmDefinition, 'name' | 'meaning'> & { readonly period: Duration },
): void {
  alarms.ringWhen({
    ...named,
    metric: new MathExpression({
      label: 'ticks that succeeded',
      expression: 'invocations - errors',
      usingMetrics: {
        invocations: resource.metricInvocations({ period }),
        errors: resource.metricErrors({ period }),
      },
      period,
    }),
    threshold: 1,
    ringsBelow: true,
    periods: 2,
  });
}

/** What the functions report themselves, in CloudWatch's embedded metric format. */
function watchCharges(alarms: Alarms): void {
  const metric = (metricName: string, period = Duration.minutes(1)) =>
    new Metric({
      namespace: 'Backstop',
      metricName,
      dimensionsMap: { service: 'backstop' },
      statistic: Stats.SUM,
      period,
    });
  alarms.ringWhen({
    name: 'Backstop-configuration-failed',
    meaning: 'Stripe refused our API key or its permissions, and all charging has stopped.',
    metric: metric('ConfigurationFailed'),
    threshold: 1,
    periods: 1,
  });
  alarms.ringWhen({
    name: 'Backstop-customer-unreachable',
    meaning: 'Mails reach no owner of a customer: nobody was told what had to be told.',
    metric: metric('CustomerUnreachable'),
    threshold: 1,
    periods: 1,
  });
  alarms.ringWhen({
    name: 'Backstop-invoice-overpaid',
    meaning: 'Stripe reports an invoice that was paid more than once.',
    metric: metric('InvoiceOverpaid'),
    threshold: 1,
    periods: 1,
  });
  alarms.ringWhen({
    name: 'Backstop-outcomes-unknown',
    meaning: 'The outcome of an attempt is not known for more than an hour.',
    // Counted once an hour.
    metric: metric('OutcomesUnknown', Duration.hours(1)),
    threshold: 1,
    periods: 1,
  });
}
