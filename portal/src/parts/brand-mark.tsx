import type { ComponentChildren } from 'preact';
import { isDebit } from '../../../functions/domain/customer/is-debit.ts';
import type { MethodView } from '../api/api-types.ts';

/** What the method is, for the eye alone: its name stands beside it. */
export function BrandMark({ method: { type, brand } }: { readonly method: MethodView }) {
  if (isDebit(type)) return <Outline path="M4 10 12 5l8 5M6 11v6m4-6v6m4-6v6m4-6v6M4 19h16" />;
  switch (brand) {
    case 'mastercard':
      return <Circles />;
    case 'diners':
      return <HalvesInRing />;
    case 'visa':
      return <Word brand="visa" word="VISA" />;
    case 'amex':
      return <Word brand="amex" word="AMEX" />;
    case 'discover':
      return <Word brand="discover" word="DISC" />;
    case 'jcb':
      return <Word brand="jcb" word="JCB" />;
    case 'unionpay':
      return <SlantedPanels />;
    case 'cartes_bancaires':
      return <Word brand="cartes_bancaires" word="CB" />;
    default:
      return <Outline path="M3 7h18v11H3zM3 11h18" />;
  }
}

/** A brand that people know by its letters; its colours are in the style sheet. */
function Word({ brand, word }: { readonly brand: string; readonly word: string }) {
  return (
    <span class={`mark brand-${brand}`} aria-hidden="true">
      {word}
    </span>
  );
}

/** Two circles, one over the other. */
function Circles() {
  return (
    <Mark>
      <circle cx="9" cy="12" r="7" fill="#eb001b" />
      <circle cx="17" cy="12" r="7" fill="#f79e1b" />
      <path d="M13 6.25a7 7 0 0 1 0 11.5 7 7 0 0 1 0-11.5" fill="#ff5f00" />
    </Mark>
  );
}

/** The two halves of a disc, in a ring. */
function HalvesInRing() {
  return (
    <Mark>
      <circle cx="13" cy="12" r="9" fill="#ffffff" stroke="#0069aa" stroke-width="3" />
      <path d="M12 6.5a5.6 5.6 0 0 0 0 11zM14 6.5a5.6 5.6 0 0 1 0 11z" fill="#0069aa" />
    </Mark>
  );
}

/** Three panels side by side, leaning. */
function SlantedPanels() {
  return (
    <Mark>
      <path d="M5 3h7L8 21H1z" fill="#e21836" />
      <path d="M12 3h7l-4 18H8z" fill="#0b5aa5" />
      <path d="M19 3h6l-4 18h-6z" fill="#007b84" />
    </Mark>
  );
}

function Outline({ path }: { readonly path: string }) {
  return (
    <Mark>
      <path d={path} fill="none" stroke="currentColor" stroke-width="1.8" />
    </Mark>
  );
}

function Mark({ children }: { readonly children: ComponentChildren }) {
  return (
    <span class="mark" aria-hidden="true">
      <svg viewBox="0 0 26 24" width="26" height="24" aria-hidden="true">
        {children}
      </svg>
    </span>
  );
}
