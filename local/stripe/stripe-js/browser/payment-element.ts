import type { StripeError } from '@stripe/stripe-js';
import { IntegrationError } from './integration-error.ts';
import type { Answer, FrameStart, FromFrame, News, Question, ToFrame } from './messages.ts';

/** What a page can listen to. */
interface Events {
  readonly ready: { readonly elementType: 'payment' };
  readonly change: {
    readonly elementType: 'payment';
    readonly empty: boolean;
    readonly complete: boolean;
    readonly collapsed: boolean;
    readonly value: { readonly type: string };
  };
  readonly loaderror: { readonly elementType: 'payment'; readonly error: StripeError };
}

type Listeners = { readonly [K in keyof Events]: ((event: Events[K]) => void)[] };

const elementType = 'payment' as const;

/** The Payment Element as the page has it: a frame of Stripe's, in which the fields are. */
export class PaymentElement {
  readonly #address: string;
  readonly #start: FrameStart;
  readonly #listeners: Listeners = { ready: [], change: [], loaderror: [] };
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #questions = 0;
  #frame: HTMLIFrameElement | undefined;
  #port: MessagePort | undefined;

  /** @param address of the frame's page */
  constructor(address: string, start: FrameStart) {
    this.#address = address;
    this.#start = start;
  }

  /** @param place the element, or a selector of it, that the frame is put into. */
  mount(place: string | HTMLElement): void {
    const found = typeof place === 'string' ? document.querySelector(place) : place;
    if (found === null) {
      throw new IntegrationError(
        `The selector you specified (${String(place)}) applies to no DOM elements that are ` +
          'currently on the page. Make sure the element exists on the page before calling mount().',
      );
    }
    this.unmount();
    const isNight = this.#start.appearance.theme === 'night';
    const frame = buildFrame(this.#address, isNight);
    frame.addEventListener('load', () => this.#connect(frame));
    found.replaceChildren(frame);
    this.#frame = frame;
  }

  unmount(): void {
    this.#port?.close();
    this.#port = undefined;
    this.#frame?.remove();
    this.#frame = undefined;
  }

  destroy(): void {
    this.unmount();
    for (const listeners of Object.values(this.#listeners)) listeners.length = 0;
  }

  on<K extends keyof Events>(event: K, listener: (event: Events[K]) => void): this {
    if (!Object.hasOwn(this.#listeners, event)) {
      throw new IntegrationError(
        `The local Stripe's Payment Element tells of ready, change and loaderror, not of "${event}".`,
      );
    }
    this.#listeners[event].push(listener);
    return this;
  }

  /** Asks the frame. @throws IntegrationError where there is none. */
  ask(question: Question): Promise<Answer> {
    const port = this.#port;
    if (port === undefined) {
      throw new IntegrationError(
        'The Payment Element is not ready: mount it, and wait for its "ready" event.',
      );
    }
    this.#questions += 1;
    const id = this.#questions;
    return new Promise((settle) => {
      this.#waiting.set(id, settle);
      port.postMessage({ kind: 'ask', id, question } satisfies ToFrame);
    });
  }

  #connect(frame: HTMLIFrameElement): void {
    const channel = new MessageChannel();
    this.#port = channel.port1;
    // The other end of the port is the script of the frame, and nobody else's.
    channel.port1.onmessage = ({ data }) => this.#hear(data as FromFrame);
    frame.contentWindow?.postMessage(this.#start, new URL(this.#address).origin, [channel.port2]);
  }

  #hear(message: FromFrame): void {
    if (message.kind !== 'answer') {
      this.#tell(message);
      return;
    }
    this.#waiting.get(message.id)?.(message.answer);
    this.#waiting.delete(message.id);
  }

  #tell(news: News): void {
    switch (news.kind) {
      case 'height':
        if (this.#frame) this.#frame.style.height = `${news.pixels}px`;
        return;
      case 'ready':
        for (const listener of this.#listeners.ready) listener({ elementType });
        return;
      case 'loaderror':
        for (const listener of this.#listeners.loaderror) {
          listener({ elementType, error: news.error });
        }
        return;
      case 'change': {
        const { empty, complete, type } = news;
        const event = { elementType, empty, complete, collapsed: false, value: { type } };
        for (const listener of this.#listeners.change) listener(event);
      }
    }
  }
}

/** Styled by its properties: the page's policy may forbid every other way. */
function buildFrame(address: string, isNight: boolean): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = 'Secure payment input frame';
  frame.src = address;
  frame.allow = 'payment';
  Object.assign(frame.style, {
    display: 'block',
    // As Stripe's own: the fields are in line with what stands around the frame.
    width: 'calc(100% + 8px)',
    margin: '-4px',
    height: '0',
    border: '0',
    // Where the scheme differs from that of the page within, a background would be painted.
    colorScheme: isNight ? 'dark' : 'light',
  });
  return frame;
}
