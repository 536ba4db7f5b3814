import { EventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environment } from '../functions/environment.ts';
import type { RoomFunction } from './room-function.ts';
import type { WorkQueue } from './work-queue.ts';

export interface MailProps {
  /** The address that every mail comes from. */
  readonly sender: string;
  /** The identity verified in SES: the sender itself or its domain. */
  readonly identity: string;
  /** Where SES tells what became of each mail. */
  readonly events: WorkQueue;
}

/** The way out for mails, and the way back for what became of them. */
export class Mail extends Construct {
  readonly #props: MailProps;
  readonly #configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, props: MailProps) {
    super(scope, id);
    this.#props = props;
    this.#configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      reputationMetrics: true,
      // A mail that would go over the network in clear is not sent, and bounces.
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.#publishEvents();
  }

  /** Sends from the one sender address, under the one configuration set. */
  grantSend(sender: RoomFunction): void {
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
    sender.allow({
      actions: ['ses:SendEmail'],
      resources: [
        arn('identity', this.#props.identity),
        arn('configuration-set', this.#configurationSet.configurationSetName),
      ],
      conditions: { StringEquals: { 'ses:FromAddress': this.#props.sender } },
    });
    sender.setEnvironment(
      environment.mailConfigurationSet,
      this.#configurationSet.configurationSetName,
    );
  }

  /** SES publishes to the account's default bus only; the rule picks the mails of this stack. */
  #publishEvents(): void {
    const bus = EventBus.fromEventBusName(this, 'DefaultBus', 'default');
    this.#configurationSet.addEventDestination('Events', {
      destination: EventDestination.eventBus(bus),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
    new Rule(this, 'EventsToQueue', {
      description: 'What became of the mails of Backstop',
      eventPattern: {
        source: ['aws.ses'],
        detailType: [
          'Email Sent',
          'Email Delivered',
          'Email Bounced',
          'Email Complaint Received',
          'Email Rejected',
        ],
        detail: {
          mail: {
            tags: {
              'ses:configuration-set': Match.exactString(
                this.#configurationSet.configurationSetName,
              ),
            },
          },
        },
      },
      targets: [
        new SqsQueue(this.#props.events.queue, { deadLetterQueue: this.#props.events.deadLetters }),
      ],
    });
  }
}
