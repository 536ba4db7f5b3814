import { useEffect, useState } from 'preact/hooks';
import type { PageView, SessionView } from '../api/api-types.ts';
import { portalApi } from '../api/portal-api.ts';
import type { Failure } from '../api/result.ts';
import { BillingSection } from '../billing/billing-section.tsx';
import { Invoices } from '../invoices/invoices.tsx';
import { usePage } from '../parts/context.ts';
import { Frame } from '../parts/frame.tsx';
import { People } from '../people/people.tsx';
import type { Return } from '../words/read-return.ts';
import { sayFailure } from '../words/say-failure.ts';
import { showPaying } from '../words/show-paying.ts';
import { type Asked, AskedDialog } from './asked-dialog.tsx';
import { CasesBanner } from './cases-banner.tsx';
import { Methods } from './methods.tsx';
import { SessionActs } from './session-acts.tsx';
import { SignOutEverywhere } from './sign-out-everywhere.tsx';
import { StatusLine } from './status-line.tsx';
import { type DeskState, useDesk } from './use-desk.ts';

/** The customer's page: what is open, the payment methods, and all that can be done. */
export function AccountScreen({
  first,
  takeReturn,
  onLeft,
  onSwitch,
  onSignedOut,
}: {
  readonly first: PageView;
  /** From the page of a bank, once; `null` of who was not there. */
  readonly takeReturn: () => Return | null;
  readonly onLeft: (failure: Failure) => void;
  readonly onSwitch: (session: SessionView) => void;
  readonly onSignedOut: () => void;
}) {
  const page = usePage();
  const { text } = page;
  const [asked, setAsked] = useState<Asked | null>(null);
  const desk = useDesk(page, first, () => setAsked(null), onLeft);
  const isOffline = useFreshness(desk.refresh);
  useEffect(() => {
    const cameBack = takeReturn();
    if (cameBack !== null) void finishReturn(desk, cameBack, text.status.added);
  }, []);
  const { session } = desk.view;
  const isOwner = session.role === 'owner';
  const ask = isOwner ? setAsked : null;
  return (
    <>
      <Frame
        inert={asked !== null}
        end={
          <SessionActs
            session={session}
            onSwitch={() => onSwitch(session)}
            onSignedOut={onSignedOut}
          />
        }
        foot={<SignOutEverywhere onSignedOut={onSignedOut} />}
      >
        <h1 tabIndex={-1}>{text.page.title}</h1>
        {isOffline && <p class="note wait">{sayFailure(page, { kind: 'offline' })}</p>}
        <StatusLine status={desk.status} />
        {!isOwner && <p class="note">{text.page.viewer}</p>}
        <CasesBanner
          view={{ ...desk.view, cases: showPaying(desk.view.cases, desk.status.paying) }}
          ask={ask}
        />
        <Methods view={desk.view} ask={ask} />
        <BillingSection view={desk.view} ask={ask} />
        <People view={desk.view} ask={ask} />
        <Invoices cases={desk.view.cases} onLeft={desk.left} />
      </Frame>
      {asked !== null && <AskedDialog desk={desk} asked={asked} ask={setAsked} />}
    </>
  );
}

/** Goes on after the page of a bank: what became of it is asked for, whatever the address says. */
async function finishReturn(desk: DeskState, cameBack: Return, added: string): Promise<void> {
  if (cameBack.from === 'set-up') {
    const send = () => portalApi.finishSetUp(cameBack.setupIntent);
    const told = { said: added, watch: desk.view.cases, isSure: false };
    const refused = await desk.change(send, told);
    if (refused !== null) desk.say(refused);
    return;
  }
  const openCase = desk.view.cases.find(({ invoice }) => invoice === cameBack.invoice);
  if (openCase !== undefined) await desk.paid(openCase);
}

/** Looks again when the reader comes back to the page or the connection does. */
function useFreshness(refresh: () => Promise<void>): boolean {
  const [isOffline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const onShown = () => {
      if (document.visibilityState === 'visible') void refresh();
    };
    const onOnline = () => {
      setOffline(false);
      void refresh();
    };
    const onOffline = () => setOffline(true);
    document.addEventListener('visibilitychange', onShown);
    window.addEventListener('online', onOnline);
    window.addEventListener('offline', onOffline);
    return () => {
      document.removeEventListener('visibilitychange', onShown);
      window.removeEventListener('online', onOnline);
      window.removeEventListener('offline', onOffline);
    };
  }, []);
  return isOffline;
}
