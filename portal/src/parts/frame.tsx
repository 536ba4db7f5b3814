import type { ComponentChildren } from 'preact';
import { usePage } from './context.ts';

/** What stands around every screen: the business's name and logo, and where help is. */
export function Frame({
  children,
  end,
  foot,
  inert = false,
}: {
  readonly children: ComponentChildren;
  /** At the far end of the head. */
  readonly end?: ComponentChildren;
  /** Below where help is. */
  readonly foot?: ComponentChildren;
  /** Nothing of it can be used while a dialog is open. */
  readonly inert?: boolean;
}) {
  const { config } = usePage();
  const { name, logoUrl } = config.business;
  return (
    <div class="frame" inert={inert}>
      <header>
        <p class="business">
          {logoUrl !== null && <img src={logoUrl} alt="" height="32" />}
          <span>{name}</span>
        </p>
        {end}
      </header>
      <main>{children}</main>
      <footer>
        <Help />
        {foot}
      </footer>
    </div>
  );
}

function Help() {
  const { text, config } = usePage();
  const { name, supportEmail } = config.business;
  return (
    <>
      <p>
        {text.help.contact({ business: name })}{' '}
        <a href={`mailto:${supportEmail}`}>{supportEmail}</a>
      </p>
      {config.bankInstructions !== null && (
        <details>
          <summary>{text.help.bank}</summary>
          <p class="lines">{config.bankInstructions}</p>
        </details>
      )}
    </>
  );
}
