import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environment } from '../functions/environment.ts';
import type { MailTexts } from '../functions/mail/mail-reader.ts';
import { mailTextsFile } from '../functions/runtime/mail-texts.ts';
import type { Mail } from './mail.ts';
import { RoomFunction, type RoomProps } from './room-function.ts';
import { WorkQueue } from './work-queue.ts';

export interface SignInProps extends RoomProps {
  readonly mail: Mail;
  /** The business's own sentences. */
  readonly mailTexts: MailTexts;
  /** Where the customer's page stands: the mailed link leads there. */
  readonly portalOrigin: string;
}

/** Who asked for a link, and the mail with it: behind a queue, so that no answer tells of it. */
export class SignIn extends Construct {
  readonly function: RoomFunction;
  /** Mail addresses for which somebody asked for a link. */
  readonly queue: WorkQueue;

  constructor(scope: Construct, id: string, props: SignInProps) {
    super(scope, id);
    const timeout = Duration.seconds(30);
    this.queue = new WorkQueue(this, 'Links', {
      consumerTimeout: timeout,
      urlName: environment.signInQueueUrl,
    });
    this.function = new RoomFunction(this, 'SignIn', {
      room: 'sign-in',
      description: 'Backstop: mails the link with which a person signs in',
      timeout,
      memorySize: 256,
      settings: props.settings,
      bundles: props.bundles,
      files: { [mailTextsFile]: JSON.stringify(props.mailTexts) },
    });
    this.function.setEnvironment(environment.portalOrigin, props.portalOrigin);
    props.table.grantGetAndPut(this.function);
    props.table.grantQuery(this.function);
    props.mail.grantSend(this.function);
    // What SES throttles waits in the queue that it came from.
    this.queue.grantSend(this.function);
    this.queue.deliverTo(this.function, { batchSize: 5, maxConcurrency: 5 });
  }
}
