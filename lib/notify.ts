import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environment } from '../functions/environment.ts';
import type { MailTexts } from '../functions/mail/mail-reader.ts';
import { mailTextsFile } from '../functions/runtime/mail-texts.ts';
import type { Mail } from './mail.ts';
import { RoomFunction, type RoomProps } from './room-function.ts';
import { WorkQueue } from './work-queue.ts';

export interface NotifyProps extends RoomProps {
  readonly mail: Mail;
  /** The business's own sentences. */
  readonly mailTexts: MailTexts;
  /** Where the customer's page stands, for the links that lead there. */
  readonly portalOrigin: string;
}

/** The mails to customers. */
export class Notify extends Construct {
  readonly function: RoomFunction;
  /** Facts that somebody should be told. */
  readonly queue: WorkQueue;

  constructor(scope: Construct, id: string, props: NotifyProps) {
    super(scope, id);
    const timeout = Duration.seconds(30);
    this.queue = new WorkQueue(this, 'Notice', {
      consumerTimeout: timeout,
      urlName: environment.noticeQueueUrl,
    });
    this.function = new RoomFunction(this, 'Notify', {
      room: 'notify',
      description: 'Backstop: tells customers by mail what became of a payment',
      timeout,
      memorySize: 256,
      settings: props.settings,
      bundles: props.bundles,
      goesRound: true,
      files: { [mailTextsFile]: JSON.stringify(props.mailTexts) },
    });
    this.function.setEnvironment(environment.portalOrigin, props.portalOrigin);
    props.table.grantGetAndPut(this.function);
    props.table.grantQuery(this.function);
    props.mail.grantSend(this.function);
    // What SES throttles waits in the queue that it came from.
    this.queue.grantSend(this.function);
    // Two at a time, each of one mail after the other, stay near the 14 mails a second that SES
    // allows a new account; what is beyond that is throttled, and waits.
    this.queue.deliverTo(this.function, { batchSize: 5, maxConcurrency: 2 });
  }
}
