import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Access, customerRoutes } from '../functions/access.ts';
import { environment } from '../functions/environment.ts';
import type { Notify } from './notify.ts';
import { integrationOf } from './open-stage.ts';
import type { PortalPage } from './portal-page.ts';
import type { PublicApi } from './public-api.ts';
import type { Retry } from './retry.ts';
import { RoomFunction, type RoomProps } from './room-function.ts';
import type { SignIn } from './sign-in.ts';
import type { StripeSecrets } from './stripe-secrets.ts';

export interface CustomerApiProps extends RoomProps {
  readonly api: PublicApi;
  readonly page: PortalPage;
  readonly secrets: StripeSecrets;
  readonly retry: Retry;
  readonly notify: Notify;
  readonly signIn: SignIn;
}

/** What the customer's page calls. */
export class CustomerApi extends Construct {
  readonly function: RoomFunction;

  constructor(scope: Construct, id: string, props: CustomerApiProps) {
    super(scope, id);
    this.function = new RoomFunction(this, 'CustomerApi', {
      room: 'customer-api',
      description: "Backstop: what the customer's page calls",
      // An HTTP API waits for 30 seconds, and one request asks Stripe several times.
      timeout: Duration.seconds(29),
      memorySize: 512,
      settings: props.settings,
      bundles: props.bundles,
    });
    this.function.setEnvironment(environment.portalOrigin, props.page.origin);
    props.page.grantReadOriginSecret(this.function);
    props.table.grantGetAndPut(this.function);
    props.table.grantQuery(this.function);
    props.secrets.grantReadApiKey(this.function);
    props.retry.nowQueue.grantSend(this.function);
    props.notify.queue.grantSend(this.function);
    props.signIn.queue.grantSend(this.function);
    const integration = integrationOf(this.function);
    for (const [route, access] of routesOf(customerRoutes)) {
      props.api.addRoute(route, integration, whoIsCalling(access));
    }
  }
}

/** How the function finds out who is calling, by what the route asks for. */
function whoIsCalling(access: Access): string {
  return access === 'anybody'
    ? 'Whoever signs in has no session yet: the function takes a one-time link, or queues a mail, and limits how often.'
    : "The function looks up the session of the request's cookie, and lets in whom functions/access.ts names.";
}

/** The rows of an object whose keys are routes; `Object.entries` forgets how they look. */
const routesOf = <Route extends string>(rows: Readonly<Record<Route, Access>>) =>
  Object.entries(rows) as [Route, Access][];
