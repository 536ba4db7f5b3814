import type { StripeElementLocale } from '@stripe/stripe-js';
import type { Direction } from '../../../../functions/text/speak.ts';
import type { Sentences } from './en.ts';

export const direction: Direction = 'ltr';

/** What Stripe calls the language. */
export const stripeLocale: StripeElementLocale = 'de';

export const sentences: Sentences = {
  page: {
    title: 'Zahlungsarten',
    loading: 'Ihre Zahlungsarten werden geladen …',
    account: 'Ihre Sitzung',
    signOut: 'Abmelden',
    signOutEverywhere: 'Überall abmelden',
    signedInAs: 'Angemeldet als {email}',
    switchCustomer: 'Konto wechseln',
    back: 'Zurück zu {business}',
    viewer: 'Sie können hier alles sehen. Änderungen kann nur ein Inhaber vornehmen.',
  },
  signIn: {
    title: 'Anmelden',
    hint: 'Geben Sie Ihre E-Mail-Adresse ein. Wenn wir sie kennen, senden wir Ihnen einen Link zum Anmelden.',
    email: 'E-Mail-Adresse',
    submit: 'Link per E-Mail senden',
    wrongEmail: 'Geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel ada@example.com.',
    sent: 'Wenn wir {email} kennen, ist eine E-Mail mit einem Link unterwegs. Der Link ist 10 Minuten gültig und einmal verwendbar.',
    opening: 'Sie werden angemeldet …',
    ended: 'Ihre Sitzung ist abgelaufen. Bitte melden Sie sich erneut an.',
    signedOut: 'Sie sind abgemeldet.',
  },
  choose: {
    title: 'Konto wählen',
    hint: 'Sie verwalten mehrere Konten. Welches möchten Sie sehen?',
    owner: 'Inhaber',
    viewer: 'Betrachter',
  },
  trouble: {
    offline: 'Sie sind offline',
    offlineHint: 'Sobald Sie wieder online sind, geht es von selbst weiter.',
    failing: 'Die Seite konnte nicht geladen werden',
    failingHint:
      'Wir haben keine Antwort erhalten. Es wurde nichts geändert. Bitte versuchen Sie es in einer Minute erneut.',
    retry: 'Erneut versuchen',
    lostConnection: 'Sie sind offline. Die Angaben auf dieser Seite sind möglicherweise veraltet.',
    notRead: 'Wir haben keine Antwort erhalten. Bitte versuchen Sie es in einer Minute erneut.',
    noAnswer:
      'Wir haben keine Antwort erhalten. Prüfen Sie, ob die Seite Ihre Änderung zeigt, und versuchen Sie es dann erneut.',
  },
  banner: {
    label: 'Offene Beträge',
    settled: 'Alles ist bezahlt. Sie müssen nichts tun.',
    settledPrimaryFails:
      'Alles ist bezahlt. Aktualisieren Sie Ihre Standard-Zahlungsart, damit auch die nächste Zahlung klappt.',
    settledNoPrimary:
      'Alles ist bezahlt. Fügen Sie eine Standard-Zahlungsart hinzu, damit auch die nächste Zahlung klappt.',
    settledPrimaryExpires:
      'Alles ist bezahlt. Ihre Standard-Zahlungsart läuft Ende dieses Monats ab: Aktualisieren Sie sie, oder ändern Sie das Ablaufdatum, wenn Ihre Bank die Karte erneuert hat.',
    settledSecondaryFails:
      'Alles ist bezahlt. Aktualisieren Sie Ihre Ersatz-Zahlungsart, damit sie einspringen kann, wenn die Standard-Zahlungsart abgelehnt wird.',
    settledSecondaryNotAgreed:
      'Alles ist bezahlt. Ihre Ersatz-Zahlungsart springt erst ein, wenn Sie zustimmen: Wählen Sie „Zustimmen“.',
    open: '{amount} für {invoice} sind noch nicht bezahlt: {next}',
    openUnknown: 'Der fällige Betrag für {invoice} ist noch nicht bezahlt: {next}',
    openMany:
      '{count} Rechnungen sind noch nicht bezahlt. Wie es mit jeder weitergeht, lesen Sie unten.',
    invoice: 'Rechnung {number}',
    anInvoice: 'Ihre Rechnung',
    askedBack:
      'Ihre Zahlung von {amount} wird über Ihre Bank zurückgefordert. Bitte schreiben Sie uns, damit wir das klären.',
    unpaidAfterEnd:
      '{amount} sind noch nicht bezahlt. Bitte schreiben Sie uns, damit wir das klären.',
    suspended: 'Ihr Zugang ist beendet. Sobald alles bezahlt ist, ist Ihr Zugang wieder da.',
    suspendedOtherwise:
      'Ihr Zugang ist beendet. Bitte schreiben Sie uns, damit Sie ihn zurückbekommen.',
    grace: 'Ihr Zugang besteht bis {date}. Wenn Sie bis dahin alles bezahlen, behalten Sie ihn.',
    extension: 'Sie haben mehr Zeit bekommen: bis {date}.',
  },
  next: {
    tryAt: 'Wir versuchen es am {when} erneut.',
    trying: 'Wir versuchen gerade, den Betrag abzubuchen.',
    underWay: 'Eine Zahlung läuft und kann noch erfolgreich sein.',
    yourPayment: 'Sie haben hier eine Zahlung begonnen; bis {when} wird nichts anderes abgebucht.',
    confirm: 'Ihre Bank möchte, dass Sie die Zahlung bestätigen. Wählen Sie „Jetzt bezahlen“.',
    processing: 'Eine Zahlung ist unterwegs; am {when} prüfen wir, ob sie angekommen ist.',
    held: 'Bis {when} wird nichts abgebucht.',
    nothing:
      'Wir versuchen es nicht automatisch noch einmal. Bezahlen Sie jetzt, oder aktualisieren Sie Ihre Zahlungsart.',
    end: 'Wir buchen nicht noch einmal automatisch ab. Ohne Zahlung bis {when} gilt: {what}.',
    accessEnds: 'Ihr Zugang endet',
    canceled: 'Ihr Abonnement wird gekündigt',
    paused: 'Ihr Abonnement wird pausiert',
    and: '{first}, und {second}',
    nothingFollows: 'Die Rechnung bleibt offen',
    endWithout: 'Wir versuchen es nicht automatisch noch einmal. Bitte bezahlen Sie bis {when}.',
  },
  cases: {
    title: 'Offene Rechnungen',
    heading: 'Offen: {invoice}',
    payNow: 'Jetzt bezahlen',
    goOnPaying: 'Weiter bezahlen',
    seeInvoice: 'Rechnung ansehen',
    tried: 'Bisherige Versuche',
    loading: 'Wird geladen …',
    noEntries: 'Für diese Rechnung gibt es noch keine Versuche.',
    failed:
      'Das konnte nicht geladen werden. Klappen Sie es zu und wieder auf, um es erneut zu versuchen.',
  },
  timeline: {
    paid: 'Bezahlt: {method}.',
    youPaid: 'Von Ihnen bezahlt: {method}.',
    refused: 'Abgelehnt: {method}. {why}.',
    onItsWay: 'Zahlung unterwegs: {method}.',
    notMade: 'Doch nicht abgebucht: {method}.',
    debitPaid: 'Zahlung angekommen: {method}.',
    debitRefused: 'Zahlung zurückgegeben: {method}. {why}.',
    started: 'Von Ihnen begonnen: Zahlung mit {method}.',
    roundEnded:
      'Von keiner weiteren Zahlungsart konnte abgebucht werden. Der nächste Versuch ist am {when}.',
    roundEndedLast:
      'Von keiner weiteren Zahlungsart konnte abgebucht werden. Wir versuchen es nicht automatisch noch einmal.',
    endAhead: 'Ohne Zahlung bis {when} gilt: {what}.',
    ended: 'Es wurde nicht rechtzeitig bezahlt: {what}.',
    retry: 'Ein weiterer Versuch wurde veranlasst.',
    hold: 'Zahlungen dieser Rechnung wurden pausiert.',
    release: 'Zahlungen dieser Rechnung sind wieder möglich.',
    handBack: 'Diese Rechnung wird hier nicht mehr eingezogen.',
    close: 'Wir ziehen diese Rechnung nicht mehr ein.',
    closedPaid: 'Die Rechnung ist bezahlt.',
    closedCanceled: 'Die Rechnung wurde storniert.',
    closedNotCollected: 'Hier ist nichts mehr zu bezahlen.',
  },
  methods: {
    title: 'Zahlungsarten',
    primary: 'Standard-Zahlungsart',
    secondary: 'Ersatz-Zahlungsart',
    others: 'Weitere Zahlungsarten',
    primaryHint: 'Von ihr wird zuerst abgebucht, wenn etwas fällig ist.',
    secondaryHint: 'Springt nur ein, wenn die Standard-Zahlungsart abgelehnt wird.',
    othersHint: 'Von ihnen wird nur abgebucht, wenn Sie es wählen.',
    noPrimary:
      'Sie haben noch keine Standard-Zahlungsart. Fügen Sie eine hinzu, damit Ihre Zahlungen klappen.',
    noSecondary:
      'Sie haben noch keine Ersatz-Zahlungsart. Fügen Sie eine hinzu: Sie springt ein, wenn die Standard-Zahlungsart abgelehnt wird.',
    card: '{brand} mit Endziffern {last4}',
    bank: 'Bankkonto mit Endziffern {last4}',
    plainCard: 'Karte',
    plainBank: 'Bankkonto',
    plainOther: 'Zahlungsart',
    inWallet: 'über {wallet}',
    expires: 'Gültig bis {month}',
    usable: 'Bereit',
    expired: 'Abgelaufen {month}',
    refused: 'Abgelehnt am {when}: {why}.',
    refusedPlain:
      'Von ihr wird zurzeit nichts abgebucht. Verwenden Sie eine andere Zahlungsart, oder schreiben Sie uns.',
    agreed: 'Sie haben am {when} zugestimmt, dass von ihr abgebucht werden darf.',
    notAgreed: 'Noch nicht aktiv: Von ihr wird erst abgebucht, wenn Sie zustimmen.',
  },
  actions: {
    update: 'Aktualisieren',
    add: 'Hinzufügen',
    makePrimary: 'Als Standard verwenden',
    makeSecondary: 'Als Ersatz verwenden',
    remove: 'Entfernen',
    changeExpiry: 'Ablaufdatum ändern',
    withdraw: 'Nicht mehr als Ersatz verwenden',
    agree: 'Zustimmen',
  },
  dialog: {
    cancel: 'Abbrechen',
    close: 'Schließen',
    save: 'Speichern',
    saving: 'Wird gespeichert …',
    updatePrimary: 'Standard-Zahlungsart aktualisieren',
    updateSecondary: 'Ersatz-Zahlungsart aktualisieren',
    addPrimary: 'Standard-Zahlungsart hinzufügen',
    addSecondary: 'Ersatz-Zahlungsart hinzufügen',
    addSpare: 'Zahlungsart hinzufügen',
    loadingFields: 'Die sicheren Felder werden geladen …',
    fieldsFailed:
      'Die sicheren Felder konnten nicht geladen werden. Prüfen Sie Ihre Verbindung und ob js.stripe.com blockiert wird, und versuchen Sie es erneut.',
    willTry: 'Wenn Sie speichern, werden sofort {amount} für {invoice} abgebucht.',
    willTryUnknown: 'Wenn Sie speichern, wird der offene Betrag für {invoice} sofort abgebucht.',
    willTryNothing: 'Beim Speichern wird nichts abgebucht.',
    consentTitle: 'Ihre Zustimmung',
    agreeFirst: 'Sobald Sie zustimmen, erscheinen hier die Felder für Ihre Zahlungsart.',
    notConfirmed:
      'Es wurde nicht bestätigt. Versuchen Sie es erneut, oder verwenden Sie eine andere Zahlungsart.',
    makePrimaryTitle: '{method} als Standard verwenden',
    makePrimaryHint: 'Ab jetzt wird zuerst von ihr abgebucht.',
    keepOld: '{method} als Ersatz behalten. Sonst wird davon nicht mehr automatisch abgebucht.',
    makeSecondaryTitle: '{method} als Ersatz verwenden',
    agreeTitle: 'Der Abbuchung zustimmen: {method}',
    makeSecondaryHint: 'Sie springt nur ein, wenn die Standard-Zahlungsart abgelehnt wird.',
    swapHint: '{method} wird Ihre Standard-Zahlungsart.',
    replaces: '{method} ist dann nicht mehr Ihre Ersatz-Zahlungsart.',
    mayCharge: 'Offene Beträge buchen wir danach möglicherweise sofort ab: {method}.',
    mayChargeAmount: '{amount} für {invoice} buchen wir danach möglicherweise sofort ab: {method}.',
    removeTitle: '{method} entfernen',
    removeHint: 'Von ihr wird nichts mehr abgebucht, und ihre Daten werden hier entfernt.',
    removeSecondaryHint: 'Sie haben dann keine Ersatz-Zahlungsart mehr.',
    replacement: 'Ihre neue Standard-Zahlungsart',
    withdrawTitle: '{method} nicht mehr als Ersatz verwenden',
    withdrawHint:
      'Sie bleibt bei Ihren Zahlungsarten, springt aber nicht mehr ein, wenn die Standard-Zahlungsart abgelehnt wird.',
    expiryTitle: 'Ablaufdatum ändern: {method}',
    expiryHint:
      'Falls Ihre Bank Ihnen dieselbe Karte mit neuem Datum geschickt hat. Ist auch die Nummer neu, geben Sie stattdessen die neue Karte ein.',
    month: 'Monat',
    year: 'Jahr',
    expiryPast:
      'Dieses Datum liegt in der Vergangenheit. Geben Sie das Datum ein, das auf der Karte steht.',
    payTitle: '{invoice} bezahlen',
    payHint: '{amount} werden sofort abgebucht.',
    payHintUnknown: 'Der offene Betrag wird sofort abgebucht.',
    payWith: 'Bezahlen mit',
    pay: 'Jetzt bezahlen',
    paying: 'Wird bezahlt …',
    payAmount: '{amount} bezahlen',
    payWithNew: 'Neue Karte oder neues Konto verwenden',
    saveAndPay: 'Speichern und bezahlen',
  },
  status: {
    updated: 'Ihre Zahlungsart ist aktualisiert.',
    added: 'Ihre Zahlungsart ist hinzugefügt.',
    removed: 'Die Zahlungsart wurde entfernt.',
    rolesChanged: 'Ihre Änderung ist gespeichert.',
    expiryChanged: 'Das neue Ablaufdatum ist gespeichert.',
    withdrawn: 'Sie haben keine Ersatz-Zahlungsart mehr.',
    paying: 'Die offene Rechnung wird jetzt bezahlt …',
    payingMany: 'Die offenen Rechnungen werden jetzt bezahlt …',
    paid: 'Bezahlt: {invoice}.',
    settled: 'Für {invoice} ist nichts mehr zu bezahlen.',
    refused:
      '{invoice} ist noch nicht bezahlt. {method} wurde abgelehnt: {why}. Wie es weitergeht: {next}',
    stillOpen: '{invoice} ist noch offen: {next}',
    processing:
      'Die Zahlung für {invoice} ist unterwegs. Das kann einige Tage dauern; Sie müssen nichts tun.',
    confirm:
      'Ihre Bank möchte, dass Sie die Zahlung für {invoice} bestätigen. Wählen Sie „Jetzt bezahlen“.',
    slow: 'Das dauert länger als sonst. Sie können die Seite schließen: Es geht von selbst weiter.',
    mayComplete:
      'Eine um {when} gestartete Zahlung kann noch durchgehen. Es wird nichts doppelt abgebucht.',
  },
  help: {
    title: 'Hilfe',
    contact: 'Fragen? Schreiben Sie an {business}:',
    bank: 'Vom Bankkonto bezahlen',
  },
  problem: {
    'not-signed-in': 'Ihre Sitzung ist abgelaufen. Bitte melden Sie sich erneut an.',
    'not-allowed':
      'Das darf nur ein Inhaber. Bitte wenden Sie sich an einen Inhaber dieses Kontos.',
    'no-customer-chosen': 'Sie haben keinen Zugriff mehr auf dieses Konto.',
    'not-found': 'Das gibt es nicht mehr. Die Seite zeigt jetzt den aktuellen Stand.',
    'case-ended': 'Für diese Rechnung ist nichts mehr zu bezahlen.',
    'payment-under-way':
      'Für diese Rechnung läuft gerade eine Zahlung. Bitte warten Sie, bis sie abgeschlossen ist.',
    'case-held':
      'Zahlungen dieser Rechnung sind zurzeit pausiert. Schreiben Sie uns, wenn Sie jetzt bezahlen möchten.',
    'charging-stopped':
      'Zahlungen sind zurzeit nicht möglich. Bitte versuchen Sie es später erneut.',
    'method-not-payable':
      'Diese Zahlungsart lässt sich so nicht verwenden. Aktualisieren Sie sie, oder verwenden Sie eine andere.',
    'consent-missing': 'Bitte stimmen Sie zuerst zu, indem Sie das Häkchen setzen.',
    'same-card':
      'Das ist dieselbe Karte wie Ihre Standard-Zahlungsart. Wird die eine abgelehnt, wird es auch die andere: Bitte verwenden Sie eine andere Karte.',
    'method-in-use':
      'Mit dieser Zahlungsart läuft gerade eine Zahlung. Sobald diese abgeschlossen ist, können Sie sie entfernen.',
    'method-needed':
      'Diese Zahlungsart wird noch für offene Zahlungen gebraucht. Fügen Sie zuerst eine andere hinzu.',
    'replacement-needed': 'Wählen Sie, welche Zahlungsart stattdessen Ihr Standard wird.',
    'setup-not-finished':
      'Ihre Bank hat diese Zahlungsart noch nicht angenommen. Geben Sie sie erneut ein, oder verwenden Sie eine andere.',
    'changed-meanwhile':
      'Inzwischen wurde etwas geändert, von jemand anderem oder in einem anderen Tab. Deshalb haben wir das hier nicht gespeichert. Bitte sehen Sie sich den aktuellen Stand an, und versuchen Sie es bei Bedarf erneut.',
    'tax-id-form':
      'Die Nummer passt nicht zur gewählten Art. Korrigieren Sie sie, oder wählen Sie eine andere Art.',
    'card-number':
      'Das sieht nach einer Kartennummer aus. Bitte geben Sie Karten nur in den sicheren Feldern für Zahlungsarten ein.',
    'being-handed-back':
      'Diese Rechnung wird hier nicht mehr eingezogen. Bitte schreiben Sie uns dazu.',
    'already-member':
      'Jemand mit dieser E-Mail-Adresse hat bereits Zugriff. Ändern Sie stattdessen Namen oder Rolle in der Liste.',
    'last-owner':
      'Ein Konto braucht einen Inhaber, und dies ist der einzige. Machen Sie zuerst jemand anderen zum Inhaber.',
    'too-many-members': 'Weitere Personen sind nicht möglich. Entfernen Sie zuerst jemanden.',
    'link-used-up':
      'Dieser Link gilt nicht mehr. Ein Link ist 10 Minuten gültig und einmal verwendbar.',
    'refused-by-stripe':
      'Das wurde nicht angenommen. Prüfen Sie Ihre Eingaben, oder verwenden Sie eine andere Zahlungsart.',
    'too-many-requests':
      'Das waren zu viele Versuche. Bitte warten Sie etwas, und versuchen Sie es dann erneut.',
    'stripe-unavailable':
      'Unser Zahlungspartner antwortet zurzeit nicht. Versuchen Sie es in einer Minute erneut: Es wird nichts doppelt abgebucht.',
    'invalid-request': 'Etwas an Ihren Eingaben stimmt nicht. Bitte prüfen Sie sie.',
    'other-origin':
      'Das ist nicht angekommen. Laden Sie die Seite neu, und versuchen Sie es erneut.',
    other: 'Das hat nicht geklappt. Bitte versuchen Sie es in einer Minute erneut.',
  },
  reason: {
    declined: 'Die Bank hat die Zahlung nicht freigegeben',
    insufficient_funds: 'Das Konto war nicht ausreichend gedeckt',
    incorrect_details: 'Nummer, Ablaufdatum oder Sicherheitscode stimmten nicht',
    expired: 'Laut Bank ist sie abgelaufen',
    authentication: 'Die Bank hat Sie gebeten, die Zahlung zu bestätigen',
    try_again: 'Die Bank war nicht zu erreichen',
    not_supported: 'Die Karte ist für diese Art von Zahlung nicht zugelassen',
    unusable: 'Sie lässt sich nicht mehr verwenden',
  },
  billing: {
    title: 'Rechnungsangaben',
    hint: 'Auf diesen Namen und diese Anschrift werden Ihre Rechnungen ausgestellt.',
    name: 'Name oder Firma',
    email: 'E-Mail-Adresse für Rechnungen',
    phone: 'Telefon',
    address: 'Anschrift',
    missing: 'Nicht angegeben',
    edit: 'Bearbeiten',
    editTitle: 'Rechnungsangaben bearbeiten',
    editHint:
      'Diese Angaben stehen auf Ihren nächsten Rechnungen. Bereits ausgestellte bleiben unverändert.',
    emailHint:
      'An diese Adresse gehen Rechnungen und Belege. Wer sich anmelden darf, ändert sich dadurch nicht.',
    line1: 'Straße und Hausnummer',
    line2: 'Etage, Gebäude oder Abteilung',
    postalCode: 'Postleitzahl',
    city: 'Ort',
    state: 'Bundesland, Kanton oder Provinz',
    country: 'Land',
    noCountry: 'Kein Land gewählt',
    tooLong: 'Verwenden Sie höchstens {count} Zeichen.',
    taxIds: 'Umsatzsteuer-ID und Steuernummern',
    noTaxIds: 'Noch keine angegeben. Wenn Sie eine hinzufügen, steht sie auf Ihren Rechnungen.',
    vat: 'Umsatzsteuer-ID',
    taxNumber: 'Steuernummer',
    otherKind: 'Andere Steuernummer',
    kindOf: '{country} – {kind}',
    addTaxId: 'Umsatzsteuer-ID oder Steuernummer hinzufügen',
    addTaxIdHint: 'Sie steht dann auf Ihren nächsten Rechnungen.',
    kind: 'Land und Art',
    noKind: 'Bitte wählen …',
    kindMissing: 'Wählen Sie das Land und die Art der Nummer.',
    value: 'Nummer',
    valueMissing: 'Geben Sie die Nummer ein.',
    example: 'Zum Beispiel {example}',
    removeTaxId: '{value} entfernen',
    removeTaxIdHint: 'Sie steht dann nicht mehr auf Ihren nächsten Rechnungen.',
    verified: 'Bestätigt',
    pending: 'Wird geprüft, das kann einige Minuten dauern',
    unverified: 'Nicht bestätigt: Prüfen Sie, ob die Nummer stimmt',
    unavailable: 'Nicht geprüft',
    saved: 'Ihre Rechnungsangaben sind gespeichert.',
    taxIdAdded: '{value} wurde hinzugefügt.',
    taxIdRemoved: '{value} wurde entfernt.',
  },
  people: {
    title: 'Personen mit Zugriff',
    hint: 'Zum Anmelden bekommen sie einen Link an ihre E-Mail-Adresse.',
    you: 'Sie',
    owner: 'Inhaber: kann alles sehen und ändern',
    viewer: 'Betrachter: kann alles sehen, aber nichts ändern',
    bounced:
      'Unsere E-Mails an diese Adresse kommen zurück, deshalb senden wir nichts mehr dorthin. Laden Sie eine andere Adresse ein, oder fragen Sie uns.',
    complained:
      'Eine E-Mail an diese Adresse wurde als Spam gemeldet, deshalb senden wir nichts mehr dorthin. Fragen Sie uns, wenn sie wieder E-Mails bekommen soll.',
    unmailable:
      'An diese Adresse können wir keine E-Mails senden. Laden Sie stattdessen eine andere ein.',
    invite: 'Einladen',
    change: 'Ändern',
    inviteTitle: 'Jemanden einladen',
    inviteHint:
      'Sagen Sie der Person, dass sie sich unter {address} mit dieser E-Mail-Adresse anmelden kann: Wir senden ihr keine Einladung per E-Mail.',
    name: 'Name (freiwillig)',
    role: 'Rolle',
    changeTitle: 'Zugriff von {who} ändern',
    removeTitle: 'Zugriff von {who} entfernen',
    removeHint: '{who} kann hier ab sofort nichts mehr sehen oder ändern.',
    removeYourself:
      'Sie können hier dann nichts mehr sehen oder ändern. Nur ein Inhaber kann Sie wieder einladen.',
    demoteYourself:
      'Sie können hier dann nichts mehr ändern. Nur ein anderer Inhaber kann Sie wieder zum Inhaber machen.',
    invited: '{who} kann sich jetzt unter {address} anmelden.',
    changed: '{who}: Die Änderungen wurden gespeichert.',
    removed: '{who} hat keinen Zugriff mehr.',
  },
  invoices: {
    title: 'Rechnungen',
    hint: 'Alle Ihre bisherigen Rechnungen und ob sie bezahlt sind.',
    show: 'Rechnungen anzeigen',
    more: 'Weitere anzeigen',
    loading: 'Die Rechnungen werden geladen …',
    none: 'Es gibt noch keine Rechnungen.',
    view: 'Ansehen',
    viewOf: 'Ansehen: {invoice}',
    pdf: 'Als PDF',
    pdfOf: 'Als PDF: {invoice}',
    paid: 'Bezahlt',
    open: 'Noch nicht bezahlt',
    partlyOpen: '{amount} noch nicht bezahlt',
    draft: 'In Vorbereitung',
    void: 'Storniert: nichts zu bezahlen',
    uncollectible: 'Nicht bezahlt, wird nicht mehr eingezogen',
  },
  remedy: {
    declined: 'Fragen Sie Ihre Bank nach dem Grund, oder verwenden Sie eine andere Zahlungsart.',
    insufficient_funds:
      'Sorgen Sie für ausreichende Deckung, oder verwenden Sie eine andere Zahlungsart.',
    incorrect_details: 'Bitte geben Sie sie erneut ein.',
    expired:
      'Vielleicht hat Ihre Bank Ihnen eine neue Karte geschickt: Ändern Sie das Ablaufdatum, oder geben Sie die neue Karte ein.',
    authentication:
      'Ist eine Rechnung offen, bestätigen Sie sie mit „Jetzt bezahlen“. Ihre Bank fragt möglicherweise beim nächsten Mal wieder.',
    try_again: 'Beim nächsten Mal kann es klappen.',
    not_supported: 'Verwenden Sie eine andere Zahlungsart.',
    unusable: 'Geben Sie sie erneut ein, oder verwenden Sie eine andere Zahlungsart.',
  },
  brandChanged: {
    primary:
      'Ihre Bank hat diese Karte von {before} auf {now} umgestellt, deshalb buchen wir nichts von ihr ab. Geben Sie sie mit „Aktualisieren“ erneut ein.',
    secondary:
      'Ihre Bank hat diese Karte von {before} auf {now} umgestellt. Wir buchen erst von ihr ab, wenn Sie erneut zustimmen: Wählen Sie „Zustimmen“.',
    spare:
      'Ihre Bank hat diese Karte von {before} auf {now} umgestellt. Sobald Sie sie als Standard oder Ersatz verwenden, kann wieder von ihr abgebucht werden.',
  },
};
