import type { Direction } from '../../text/speak.ts';
import type { Sentences } from './en.ts';

export const direction: Direction = 'ltr';

export const sentences: Sentences = {
  layout: {
    greeting: 'Guten Tag {name},',
    greetingOfNobody: 'Guten Tag,',
    questions: 'Fragen? Antworten Sie auf diese E-Mail oder schreiben Sie an {address}.',
  },
  fact: {
    amountDue: 'Offener Betrag',
    amountPaid: 'Bezahlter Betrag',
    paidWith: 'Bezahlt mit',
    invoice: 'Rechnung',
    lastTry: 'Letzter Versuch',
    payBefore: 'Bezahlen bis vor',
  },
  method: {
    endingIn: '{name} mit Endziffern {last4}',
    bankAccount: 'Bankkonto',
    card: 'Karte',
    other: 'Zahlungsart',
  },
  action: {
    pay: 'Jetzt bezahlen',
    confirm: 'Zahlung bestätigen',
    methods: 'Zahlungsarten ansehen',
    billingPage:
      'Das öffnet Ihre Abrechnungsseite bei {business}. Vielleicht müssen Sie sich zuerst anmelden.',
    atStripe: 'Oder auf einer Seite von Stripe bezahlen, unserem Zahlungsdienstleister',
    invoiceAtStripe:
      'Die Rechnung auf einer Seite von Stripe ansehen, unserem Zahlungsdienstleister',
  },
  reason: {
    declined: 'Die Bank hat die Zahlung abgelehnt.',
    insufficient_funds: 'Es war nicht genug Geld verfügbar.',
    incorrect_details: 'Einige Angaben zur Karte stimmen nicht.',
    expired: 'Die Karte ist abgelaufen.',
    authentication: 'Die Bank möchte, dass Sie die Zahlung selbst bestätigen.',
    try_again: 'Die Systeme der Bank konnten die Zahlung nicht verarbeiten.',
    not_supported: 'Diese Karte kann für diese Art von Zahlung nicht verwendet werden.',
    unusable: 'Diese Zahlungsart kann nicht mehr verwendet werden.',
  },
  payNow: {
    declined: 'Sie können Ihre Bank nach dem Grund fragen oder mit einer anderen Karte bezahlen.',
    insufficient_funds:
      'Sie können jetzt mit einer anderen Karte bezahlen, oder mit dieser, sobald genug Geld da ist.',
    incorrect_details:
      'Sie können jetzt bezahlen, indem Sie die Karte neu eingeben, oder mit einer anderen Karte.',
    expired: 'Sie können jetzt mit Ihrer neuen Karte bezahlen oder mit einer anderen.',
    authentication: 'Sie können sie bestätigen, wenn Sie jetzt bezahlen.',
    try_again:
      'Das gibt sich meist von selbst. Sie können auch jetzt mit einer anderen Karte bezahlen.',
    not_supported: 'Sie können jetzt mit einer anderen Karte bezahlen.',
    unusable: 'Sie können jetzt mit einer anderen Karte bezahlen.',
  },
  beforeRenewal: {
    declined: 'Ihre Bank kann Ihnen den Grund nennen. Sie können die Karte auch ersetzen.',
    insufficient_funds: 'Bitte sorgen Sie dafür, dass bis dahin genug Geld da ist.',
    incorrect_details: 'Bitte geben Sie die Karte auf Ihrer Abrechnungsseite neu ein.',
    expired: 'Bitte geben Sie Ihre neue Karte auf Ihrer Abrechnungsseite ein.',
    authentication: 'Die Bank fragt vielleicht wieder danach.',
    try_again: 'Das gibt sich meist von selbst.',
    not_supported: 'Bitte ersetzen Sie sie auf Ihrer Abrechnungsseite.',
    unusable: 'Bitte ersetzen Sie sie auf Ihrer Abrechnungsseite.',
  },
  next: {
    again:
      'Wir versuchen es am {day} erneut. Wenn Sie vorher bezahlen, buchen wir nicht noch einmal ab.',
    lastTime:
      'Wir versuchen es am {day} ein letztes Mal. Wenn Sie vorher bezahlen, buchen wir nicht noch einmal ab.',
    never:
      'Wir versuchen es nicht mehr von selbst. Bitte bezahlen Sie die Rechnung, damit es ohne Unterbrechung weitergeht.',
  },
  secondaryCharged: {
    subject: 'Wir haben von Ihrer Ersatz-Zahlungsart abgebucht: {charged}',
    preheader: '{amount} an {business} sind bezahlt. Sie müssen jetzt nichts bezahlen.',
    title: 'Ihre Ersatz-Zahlungsart hat diese Rechnung bezahlt',
    failed: 'Die Zahlung mit {failed} hat nicht geklappt. {reason}',
    failedOfUnknown: 'Die Zahlung mit Ihrer Standard-Zahlungsart hat nicht geklappt.',
    charged:
      'Damit es ohne Unterbrechung weitergeht, haben wir wie vereinbart von Ihrer Ersatz-Zahlungsart abgebucht: {charged}. Sie müssen nichts weiter bezahlen.',
    attention: 'Bitte kümmern Sie sich vor der nächsten Verlängerung um {failed}. {remedy}',
    attentionOfUnknown:
      'Bitte kümmern Sie sich vor der nächsten Verlängerung um Ihre Standard-Zahlungsart. Sie können sie auf Ihrer Abrechnungsseite ersetzen.',
  },
  paymentFailed: {
    subject: 'Ihre Zahlung von {amount} an {business} hat nicht geklappt',
    title: 'Ihre Zahlung hat nicht geklappt',
    noMethod: 'Es gibt keine Zahlungsart, von der wir abbuchen könnten.',
    noMethodRemedy:
      'Sie können auf Ihrer Abrechnungsseite eine hinzufügen und gleich damit bezahlen.',
    one: 'Die Zahlung mit {method} hat nicht geklappt. {reason}',
    several: 'Die Zahlung hat mit keiner Ihrer Zahlungsarten geklappt.',
    each: '{method}: {reason}',
  },
  authenticationNeeded: {
    subject: 'Bitte bestätigen Sie Ihre Zahlung von {amount} an {business}',
    preheader: 'Ihre Bank möchte von Ihnen hören, bevor sie die Zahlung zulässt.',
    title: 'Ihre Bank möchte, dass Sie diese Zahlung bestätigen',
    asked:
      'Die Zahlung mit {method} hat nicht geklappt: Die Bank möchte, dass Sie sie selbst bestätigen.',
    howTo:
      'Das geht jetzt auf Ihrer Abrechnungsseite. Es dauert eine Minute, dann ist die Rechnung bezahlt.',
  },
  lastTryAhead: {
    subject: 'Wir versuchen Ihre Zahlung von {amount} an {business} ein letztes Mal',
    preheader: 'Am {day}. Danach versuchen wir es nicht mehr von selbst.',
    title: 'Noch ein Versuch, dann keiner mehr',
    plan: 'Ihre Rechnung ist noch nicht bezahlt. Am {day} versuchen wir zum letzten Mal, von Ihren Zahlungsarten abzubuchen.',
    otherwise: {
      nothing:
        'Wenn auch das nicht klappt, bleibt die Rechnung offen, bis Sie sie selbst bezahlen.',
      accessEnds:
        'Wenn auch das nicht klappt und Sie nicht bezahlen, endet Ihr Zugang einige Tage später. Wir schreiben Ihnen vorher.',
      accessEndsAndCanceled:
        'Wenn auch das nicht klappt und Sie nicht bezahlen, endet Ihr Zugang einige Tage später und Ihr Abonnement wird gekündigt. Wir schreiben Ihnen vorher.',
      accessEndsAndPaused:
        'Wenn auch das nicht klappt und Sie nicht bezahlen, endet Ihr Zugang einige Tage später und Ihr Abonnement wird pausiert. Wir schreiben Ihnen vorher.',
      canceled:
        'Wenn auch das nicht klappt und Sie nicht bezahlen, wird Ihr Abonnement einige Tage später gekündigt. Wir schreiben Ihnen vorher.',
      paused:
        'Wenn auch das nicht klappt und Sie nicht bezahlen, wird Ihr Abonnement einige Tage später pausiert. Wir schreiben Ihnen vorher.',
    },
    payNow:
      'Sie können auch jetzt bezahlen, mit jeder Karte. Dann buchen wir nicht noch einmal ab.',
  },
  endAhead: {
    headline: {
      accessEnds: 'Ihr Zugang zu {business} endet am {day}',
      canceled: 'Ihr Abonnement bei {business} wird am {day} gekündigt',
      paused: 'Ihr Abonnement bei {business} wird am {day} pausiert',
    },
    preheader: 'Es sei denn, Ihre Rechnung über {amount} ist vorher bezahlt.',
    plan: 'Ihre Rechnung ist nicht bezahlt, und wir versuchen nicht mehr von selbst, sie abzubuchen.',
    unless: {
      accessEnds: 'Wenn sie nicht vorher bezahlt wird, endet Ihr Zugang am {day}.',
      accessEndsAndCanceled:
        'Wenn sie nicht vorher bezahlt wird, endet Ihr Zugang am {day} und Ihr Abonnement wird gekündigt.',
      accessEndsAndPaused:
        'Wenn sie nicht vorher bezahlt wird, endet Ihr Zugang am {day} und Ihr Abonnement wird pausiert.',
      canceled: 'Wenn sie nicht vorher bezahlt wird, wird Ihr Abonnement am {day} gekündigt.',
      paused: 'Wenn sie nicht vorher bezahlt wird, wird Ihr Abonnement am {day} pausiert.',
    },
    goOn: 'Sobald Sie bezahlen, geht alles weiter wie bisher.',
  },
  dunningEnded: {
    headline: {
      accessEnds: 'Ihr Zugang zu {business} ist gesperrt',
      canceled: 'Ihr Abonnement bei {business} wurde gekündigt',
      paused: 'Ihr Abonnement bei {business} ist pausiert',
    },
    preheader: 'Ihre Rechnung über {amount} wurde nicht rechtzeitig bezahlt.',
    late: 'Ihre Rechnung wurde bis zu dem Tag, den wir Ihnen genannt hatten, nicht bezahlt.',
    accessEnds: 'Ihr Zugang ist ab jetzt gesperrt.',
    canceled: 'Ihr Abonnement wurde gekündigt.',
    paused: 'Ihr Abonnement ist pausiert.',
    comeBack:
      'Wenn Sie wiederkommen möchten, antworten Sie auf diese E-Mail, und wir helfen Ihnen.',
    accessReturns:
      'Sie können noch bezahlen: Sobald die Rechnung bezahlt ist, ist Ihr Zugang wieder da.',
    goesOn:
      'Sie können noch bezahlen: Sobald die Rechnung bezahlt ist, läuft Ihr Abonnement weiter.',
  },
  accessRestored: {
    subject: 'Ihr Zugang zu {business} ist wieder da',
    preheader: 'Ihre Rechnung über {amount} ist bezahlt.',
    title: 'Ihr Zugang ist wieder da',
    thanks: 'Ihre Rechnung ist bezahlt, vielen Dank. Sie haben wieder Zugang wie zuvor.',
  },
  addressUnreachable: {
    subject: 'Unsere E-Mails an {address} kommen nicht an',
    preheader: 'Bitte sorgen Sie dafür, dass jemand liest, was wir zu Ihrem Abonnement schreiben.',
    title: 'Wir erreichen eine Adresse nicht',
    bounced: 'Eine E-Mail an {address} kam zurück: Unter dieser Adresse wird sie nicht angenommen.',
    complained: 'Eine E-Mail an {address} wurde als Spam gemeldet.',
    stopped:
      'Deshalb schicken wir nichts mehr an diese Adresse: nichts zu Zahlungen und keine Links zum Anmelden.',
    remedy:
      'Sie selbst erhalten unsere E-Mails wie bisher. Auf Ihrer Abrechnungsseite können Sie eine andere Adresse einladen und diese entfernen. Wenn die Adresse stimmt, antworten Sie auf diese E-Mail, und wir helfen Ihnen.',
    button: 'Abrechnungsseite öffnen',
  },
  signIn: {
    subject: 'Anmelden auf Ihrer Abrechnungsseite bei {business}',
    preheader: 'Der Link ist 10 Minuten gültig und einmal verwendbar.',
    title: 'Anmelden',
    asked:
      'Jemand, vermutlich Sie, möchte sich auf Ihrer Abrechnungsseite bei {business} anmelden. Dort sehen Sie Ihre Zahlungsarten und Rechnungen.',
    link: 'Mit dem Link unten melden Sie sich an. Er ist 10 Minuten gültig und einmal verwendbar. Danach können Sie auf der Seite einen neuen anfordern.',
    notYou:
      'Wenn Sie das nicht waren, tun Sie nichts: Ohne diese E-Mail kann sich niemand anmelden.',
    button: 'Anmelden',
    secret:
      'Wer diesen Link hat, kann sich als Sie anmelden. Bitte geben Sie diese E-Mail nicht weiter.',
  },
};
