import type { Mail, MailAnswer, Mailer } from '../../../functions/domain/ports.ts';
import type { SentMail, StoredItem } from '../evidence.ts';
import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { Chronicle } from './chronicle.ts';
import { fieldOf } from './coverage.ts';
import type { Faults } from './faults.ts';
import type { Process, Processes, Reply } from './processes.ts';
import type { SimulatedQueues } from './simulated-queues.ts';

export interface SimulatedMail {
  /** SES as a process sees it. */
  connect(process: () => Process): Mailer;
  /** The process ended: what it sent and did not confirm stays unconfirmed. */
  ended(process: Process, items: readonly StoredItem[]): void;
  /** Calls `listener` for each mail that lies in a mailbox from now on. */
  onMail(listener: (mail: SentMail) => void): void;
  readonly mails: readonly SentMail[];
  readonly unconfirmed: readonly string[];
}

interface Parts {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly faults: Faults;
  readonly chronicle: Chronicle;
  readonly processes: Processes;
  readonly queues: SimulatedQueues;
}

const minute = 60_000;
/** SES tells of a mail within seconds; on a bad day within hours. */
const tellsWithinMs = 5_000;
const tellsLateWithinMs = 180 * minute;

/** SES with its events, which reach the queue of `mail-events` later, twice or never. */
export function createSimulatedMail(parts: Parts): SimulatedMail {
  const { agenda, random, faults, chronicle, processes } = parts;
  const mails: SentMail[] = [];
  const unconfirmed: string[] = [];
  const sentBy = new WeakMap<Process, SentMail[]>();
  const listeners: ((mail: SentMail) => void)[] = [];

  const take = (process: Process, mail: Mail): SentMail => {
    const { to, subject, text, html, tags } = mail;
    const id = `mail-${mails.length + 1}`;
    const sent = { id, at: agenda.now, to, subject, text, html, tags };
    mails.push(sent);
    sentBy.set(process, [...(sentBy.get(process) ?? []), sent]);
    // Whoever has ended meanwhile sees no answer.
    if (process.isOver) unconfirmed.push(id);
    chronicle.tell({ kind: 'mail_sent', mail: sent });
    const bounces = faults.strikes('mail_bounced');
    tellOf(parts, sent, { eventType: 'Send' });
    tellOf(parts, sent, bounces ? bounceOf(random) : { eventType: 'Delivery' });
    if (!bounces && faults.strikes('mail_complained')) {
      tellOf(parts, sent, {
        eventType: 'Complaint',
        complaint: { complaintFeedbackType: 'abuse' },
      });
    }
    if (!bounces) for (const listener of listeners) listener(sent);
    return sent;
  };

  const send = (process: Process, mail: Mail): Reply<MailAnswer> => {
    const fault = faults.oneOf([
      'mail_refused',
      'mail_throttled',
      'mail_unknown_before',
      'mail_unknown_after',
    ]);
    if (fault === 'mail_refused') return answering({ kind: 'refused', why: 'MessageRejected' });
    if (fault === 'mail_throttled') return answering({ kind: 'throttled', why: 'Throttling' });
    if (fault === 'mail_unknown_before') return answering({ kind: 'unknown', why: 'TimeoutError' });
    const { id } = take(process, mail);
    if (fault !== 'mail_unknown_after') return answering({ kind: 'accepted', messageId: id });
    unconfirmed.push(id);
    return answering({ kind: 'unknown', why: 'TimeoutError' });
  };

  return {
    mails,
    onMail: (listener) => void listeners.push(listener),
    unconfirmed,
    connect: (process) => ({
      send(mail) {
        const sender = process();
        return processes.call(sender, 'mail send', () => send(sender, mail));
      },
    }),
    ended(process, items) {
      for (const { id } of sentBy.get(process) ?? []) {
        const isOnRecord = items.some((item) => fieldOf(item.status, 'messageId') === id);
        if (!isOnRecord && !unconfirmed.includes(id)) unconfirmed.push(id);
      }
    },
  };

  function tellOf({ queues }: Parts, mail: SentMail, told: Told): void {
    if (faults.strikes('mail_event_lost')) return;
    const body = JSON.stringify(eventOf(mail, told));
    const times = faults.strikes('mail_event_twice') ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const within = faults.strikes('mail_event_late') ? tellsLateWithinMs : tellsWithinMs;
      agenda.after(random.below(within), () => queues.put('mailEvents', body));
    }
  }
}

/** What SES says became of a mail. */
interface Told {
  readonly eventType: string;
  readonly bounce?: object;
  readonly complaint?: object;
}

/** For good, or because the mailbox was full. */
const bounceOf = (random: Random): Told => ({
  eventType: 'Bounce',
  bounce: { bounceType: random.chance(0.5) ? 'Permanent' : 'Transient' },
});

/** As EventBridge hands SES's events on. */
const eventOf = (mail: SentMail, told: Told) => ({
  version: '0',
  source: 'aws.ses',
  detail: {
    ...told,
    mail: {
      messageId: mail.id,
      timestamp: new Date(mail.at).toISOString(),
      destination: [mail.to],
      tags: Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
    },
  },
});

const answering = (answer: MailAnswer): Reply<MailAnswer> => ({ answer: () => answer });
