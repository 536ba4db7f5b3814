import type { ComponentChildren } from 'preact';
import type { MethodView } from '../api/api-types.ts';
import { isBankAccount } from '../words/say-method.ts';

/** What the method is, for the eye alone: its name stands beside it. */
export function BrandMark({ method: { type, brand } }: { readonly method: MethodView }) {
  if (isBankAccount(type))
    return <Outline path="M4 10 12 5l8 5M6 11v6m4-6v6m4-6v6m4-6v6M4 19h16" />;
  switch (brand) {
    case 'mastercard':
      return <Circles first="#eb001b" second="#f79e1b" both="#ff5f00" />;
    case 'diners':
      return <Circles first="#0069aa" second="#ffffff" both="#0069aa" />;
    case 'visa':
      return <Word brand="visa" word="VISA" />;
    case 'amex':
      return <Word brand="amex" word="AMEX" />;
    case 'discover':
      return <Word brand="discover" word="DISC" />;
    case 'jcb':
      return <Word brand="jcb" word="JCB" />;
    case 'unionpay':
      return <Word brand="unionpay" word="UP" />;
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
function Circles({
  first,
  second,
  both,
}: {
  readonly first: string;
  readonly second: string;
  /** Where they overlap. */
  readonly both: string;
}) {
  return (
    <Mark>
      <circle cx="9" cy="12" r="7" fill={first} />
      <circle cx="17" cy="12" r="7" fill={second} />
      <path d="M13 6.25a7 7 0 0 1 0 11.5 7 7 0 0 1 0-11.5" fill={both} />
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
