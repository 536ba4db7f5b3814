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
    payBefore: 'Zahlbar vor dem',
    debitedFrom: 'Lastschrift von',
    card: 'Karte',
    expires: 'Gültig bis Ende',
    nextPayment: 'Nächste Zahlung',
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
    updateCard: 'Karte aktualisieren',
    billingPage:
      'Das öffnet Ihre Abrechnungsseite bei {business}. Gegebenenfalls müssen Sie sich zuerst anmelden.',
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
      'Sie können jetzt mit einer anderen Karte bezahlen, oder mit dieser, sobald ausreichend Guthaben vorhanden ist.',
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
    insufficient_funds:
      'Bitte sorgen Sie dafür, dass bis dahin ausreichend Guthaben vorhanden ist.',
    incorrect_details: 'Bitte geben Sie die Karte auf Ihrer Abrechnungsseite neu ein.',
    expired: 'Bitte geben Sie Ihre neue Karte auf Ihrer Abrechnungsseite ein.',
    authentication:
      'Die Bank fragt vielleicht wieder danach. Wenn Sie die Karte auf Ihrer Abrechnungsseite neu eingeben, können Sie sie im Voraus bestätigen.',
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
    preheader: '{amount} an {business}: bezahlt. Sie müssen jetzt nichts bezahlen.',
    title: 'Diese Rechnung wurde mit Ihrer Ersatz-Zahlungsart bezahlt',
    failed: 'Die Zahlung ist fehlgeschlagen ({failed}). {reason}',
    failedOfUnknown: 'Die Zahlung mit Ihrer Standard-Zahlungsart ist fehlgeschlagen.',
    charged:
      'Damit es ohne Unterbrechung weitergeht, haben wir wie vereinbart von Ihrer Ersatz-Zahlungsart abgebucht: {charged}. Sie müssen nichts weiter bezahlen.',
    attention:
      'Bitte prüfen Sie vor der nächsten Verlängerung Ihre Zahlungsart ({failed}). {remedy}',
    attentionOfUnknown:
      'Bitte prüfen Sie vor der nächsten Verlängerung Ihre Standard-Zahlungsart. Sie können sie auf Ihrer Abrechnungsseite ersetzen.',
  },
  paymentFailed: {
    subject: 'Ihre Zahlung von {amount} an {business} ist fehlgeschlagen',
    title: 'Ihre Zahlung ist fehlgeschlagen',
    noMethod: 'Es gibt keine Zahlungsart, von der wir abbuchen könnten.',
    noMethodRemedy: 'Bitte fügen Sie auf Ihrer Abrechnungsseite eine hinzu.',
    one: 'Die Zahlung ist fehlgeschlagen ({method}). {reason}',
    several: 'Die Zahlung ist mit allen Ihren Zahlungsarten fehlgeschlagen.',
    each: '{method}: {reason}',
  },
  authenticationNeeded: {
    subject: 'Bitte bestätigen Sie Ihre Zahlung von {amount} an {business}',
    preheader: 'Ihre Bank möchte von Ihnen hören, bevor sie die Zahlung zulässt.',
    title: 'Ihre Bank möchte, dass Sie diese Zahlung bestätigen',
    asked:
      'Die Zahlung ist noch nicht erfolgt ({method}): Die Bank möchte, dass Sie sie selbst bestätigen.',
    howTo:
      'Das können Sie jetzt auf Ihrer Abrechnungsseite tun. Es dauert eine Minute, dann ist die Rechnung bezahlt.',
  },
  recovered: {
    subject: 'Ihre Zahlung von {amount} an {business} war erfolgreich',
    preheader: 'Die Rechnung ist bezahlt. Sie müssen nichts weiter tun.',
    title: 'Ihre Zahlung war erfolgreich',
    paid: 'Die Abbuchung war diesmal erfolgreich ({charged}). Die Rechnung ist bezahlt, vielen Dank.',
    paidOfUnknown: 'Die Rechnung ist jetzt bezahlt, vielen Dank.',
    nothingToDo: 'Sie müssen nichts weiter tun.',
  },
  debitStarted: {
    subject: 'Wir ziehen {amount} von Ihrem Bankkonto ein',
    preheader: 'Für Ihre Rechnung von {business}. Die Bank braucht einige Bankarbeitstage.',
    title: 'Ihre Zahlung ist unterwegs',
    debited:
      'Den Betrag der unten genannten Rechnung ziehen wir per Lastschrift ein ({debited}). Die Bank braucht dafür einige Bankarbeitstage.',
    debitedInstead:
      'Damit es ohne Unterbrechung weitergeht, ziehen wir den Betrag wie vereinbart von Ihrer Ersatz-Zahlungsart ein ({debited}). Die Bank braucht dafür einige Bankarbeitstage.',
    meanwhile:
      'Bitte sorgen Sie dafür, dass das Konto gedeckt ist. Bis die Lastschrift ausgeführt ist, buchen wir für diese Rechnung nichts anderes ab.',
    after: 'Sollte die Bank die Lastschrift zurückgeben, schreiben wir Ihnen.',
  },
  debitReturned: {
    subject: 'Ihre Bank hat unsere Lastschrift über {amount} zurückgegeben',
    title: 'Ihre Bank hat die Lastschrift zurückgegeben',
    returned: 'Ihre Bank hat unsere Lastschrift zurückgegeben ({method}). {reason}',
    help: 'Sie können jetzt mit einer anderen Zahlungsart bezahlen. Warum die Lastschrift zurückkam, kann Ihnen Ihre Bank sagen.',
  },
  lastTryAhead: {
    subject: 'Letzter Versuch für Ihre Zahlung von {amount} an {business}',
    preheader: 'Am {day}. Danach versuchen wir es nicht mehr von selbst.',
    title: 'Letzter Zahlungsversuch',
    plan: 'Ihre Rechnung ist noch nicht bezahlt. Am {day} versuchen wir zum letzten Mal, von Ihren Zahlungsarten abzubuchen.',
    otherwise: {
      nothing: 'Wenn auch das fehlschlägt, bleibt die Rechnung offen, bis Sie sie selbst bezahlen.',
      accessEnds:
        'Wenn auch das fehlschlägt und Sie nicht bezahlen, endet Ihr Zugang einige Tage später. Wir schreiben Ihnen vorher.',
      accessEndsAndCanceled:
        'Wenn auch das fehlschlägt und Sie nicht bezahlen, endet Ihr Zugang einige Tage später und Ihr Abonnement wird gekündigt. Wir schreiben Ihnen vorher.',
      accessEndsAndPaused:
        'Wenn auch das fehlschlägt und Sie nicht bezahlen, endet Ihr Zugang einige Tage später und Ihr Abonnement wird pausiert. Wir schreiben Ihnen vorher.',
      canceled:
        'Wenn auch das fehlschlägt und Sie nicht bezahlen, wird Ihr Abonnement einige Tage später gekündigt. Wir schreiben Ihnen vorher.',
      paused:
        'Wenn auch das fehlschlägt und Sie nicht bezahlen, wird Ihr Abonnement einige Tage später pausiert. Wir schreiben Ihnen vorher.',
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
      'Die Rechnung können Sie noch bezahlen. Wenn Sie wiederkommen möchten, antworten Sie auf diese E-Mail, und wir helfen Ihnen.',
    accessReturns:
      'Sie können noch bezahlen: Sobald die Rechnung bezahlt ist, ist Ihr Zugang wieder freigeschaltet.',
    goesOn:
      'Sie können noch bezahlen: Sobald die Rechnung bezahlt ist, läuft Ihr Abonnement weiter.',
  },
  accessRestored: {
    subject: 'Ihr Zugang zu {business} ist wieder freigeschaltet',
    preheader: 'Ihre Rechnung über {amount} ist bezahlt.',
    title: 'Ihr Zugang ist wieder freigeschaltet',
    thanks: 'Ihre Rechnung ist bezahlt, vielen Dank. Sie haben wieder Zugang wie zuvor.',
  },
  methodsChanged: {
    subject: 'Ihre Zahlungsarten bei {business} wurden geändert',
    subjectOf: {
      added: 'Neue Zahlungsart: {card}',
      changed: 'Geänderte Zahlungsart: {card}',
      removed: 'Entfernte Zahlungsart: {card}',
      made_primary: 'Neue Standard-Zahlungsart: {card}',
      made_backup: 'Neue Ersatz-Zahlungsart: {card}',
      no_backup: 'Keine Ersatz-Zahlungsart mehr: {card}',
    },
    preheader: 'Wenn Sie davon wissen, müssen Sie nichts tun.',
    title: 'Ihre Zahlungsarten wurden geändert',
    each: {
      added: 'Hinzugefügt: {card}.',
      changed: 'Die Angaben wurden geändert: {card}.',
      removed: 'Entfernt: {card}. Davon wird nicht mehr abgebucht.',
      made_primary: 'Ihre Standard-Zahlungsart ist jetzt: {card}. Davon wird zuerst abgebucht.',
      made_backup:
        'Ihre Ersatz-Zahlungsart ist jetzt: {card}. Davon wird abgebucht, wenn die Standard-Zahlungsart fehlschlägt.',
      no_backup: 'Nicht mehr Ihre Ersatz-Zahlungsart: {card}.',
    },
  },
  consentGiven: {
    subject: 'Ihre Ersatz-Zahlungsart ist jetzt: {card}',
    preheader: 'Davon wird nur abgebucht, wenn Ihre Standard-Zahlungsart fehlschlägt.',
    title: 'Sie haben eine Ersatz-Zahlungsart',
    agreed:
      'Sie haben zugestimmt, dass {business} davon abbuchen darf, wenn Ihre Standard-Zahlungsart fehlschlägt: {card}.',
    recorded:
      '{business} hat festgehalten, dass Sie dem zugestimmt haben: Wenn Ihre Standard-Zahlungsart fehlschlägt, darf hiervon abgebucht werden: {card}.',
    told: 'Jedes Mal, wenn das geschieht, schreiben wir Ihnen. Sie können das jederzeit auf Ihrer Abrechnungsseite widerrufen.',
  },
  consentWithdrawn: {
    subject: 'Keine Ersatz-Zahlungsart mehr: {card}',
    preheader: 'Davon wird nicht mehr abgebucht, wenn Ihre Standard-Zahlungsart fehlschlägt.',
    title: 'Von Ihrer Ersatz-Zahlungsart wird nicht mehr abgebucht',
    withdrawn:
      'Sie haben Ihre Zustimmung widerrufen. Auch wenn Ihre Standard-Zahlungsart fehlschlägt, wird hiervon nicht mehr abgebucht: {card}.',
    again: 'Auf Ihrer Abrechnungsseite können Sie jederzeit wieder eine Ersatz-Zahlungsart wählen.',
  },
  membersChanged: {
    subject: 'Die Personen in Ihrem Konto bei {business} wurden geändert',
    preheader: 'Wenn Sie davon wissen, müssen Sie nichts tun.',
    title: 'Die Personen in Ihrem Konto wurden geändert',
    invited: {
      owner:
        '{who} wurde mit der Rolle „Inhaber“ eingeladen und kann Zahlungsarten und Personen ändern.',
      viewer:
        '{who} wurde mit der Rolle „Betrachter“ eingeladen, sieht alles und kann nichts ändern.',
    },
    role_changed: {
      owner: '{who} hat jetzt die Rolle „Inhaber“ und kann Zahlungsarten und Personen ändern.',
      viewer: '{who} hat jetzt die Rolle „Betrachter“, sieht alles und kann nichts ändern.',
    },
    somebody: 'Jemand',
    removed: '{who} wurde entfernt und kann sich in diesem Konto nicht mehr anmelden.',
  },
  invitation: {
    subject: 'Einladung zur Abrechnungsseite von {business}',
    preheader: 'Melden Sie sich mit dieser E-Mail-Adresse an. Sie brauchen kein Passwort.',
    title: 'Sie wurden eingeladen',
    by: '{who} hat Sie zur Abrechnungsseite bei {business} eingeladen.',
    byStaff: '{business} hat Sie zur Abrechnungsseite eingeladen.',
    owner:
      'Sie haben die Rolle „Inhaber“: Sie können Zahlungsarten und Personen ändern und Rechnungen bezahlen.',
    viewer:
      'Sie haben die Rolle „Betrachter“: Sie sehen Zahlungsarten und Rechnungen und können nichts ändern.',
    howTo:
      'Öffnen Sie die Seite und geben Sie diese E-Mail-Adresse ein. Dann senden wir Ihnen einen Link, mit dem Sie sich anmelden.',
    notYou: 'Wenn Sie nicht wissen, worum es geht, müssen Sie nichts tun.',
    button: 'Abrechnungsseite öffnen',
    note: 'Sie brauchen kein Passwort.',
  },
  extensionGranted: {
    subject: 'Ihr Zugang zu {business} gilt bis {day}',
    preheader: 'Bitte bringen Sie in dieser Zeit Ihre Zahlung in Ordnung.',
    title: 'Ihr Zugang gilt bis {day}',
    granted:
      'Bis {day} haben Sie Zugang, auch wenn noch etwas offen ist. Bitte prüfen Sie in dieser Zeit Ihre Zahlungsarten und bezahlen Sie, was offen ist.',
    after: 'Durch diese E-Mail wird nichts abgebucht.',
  },
  bankAccountVerification: {
    subject: 'Bitte bestätigen Sie Ihr Konto: {account}',
    preheader: 'Eine kleine Gutschrift zeigt uns, dass das Konto Ihnen gehört.',
    title: 'Bitte bestätigen Sie Ihr Bankkonto',
    deposits:
      'Bevor wir das Konto verwenden ({account}), müssen wir wissen, dass es Ihnen gehört. Stripe, unser Zahlungsdienstleister, überweist darauf einen kleinen Betrag. Er sollte bis {day} da sein.',
    howTo:
      'Sobald Sie ihn auf Ihrem Kontoauszug sehen, öffnen Sie die Seite unten und geben Sie ein, wonach sie fragt: den Code oder die Beträge.',
    button: 'Bankkonto bestätigen',
    note: 'Das öffnet eine Seite von Stripe, unserem Zahlungsdienstleister.',
  },
  cardUpdated: {
    subject: 'Ihre Bank hat Ihre Karte aktualisiert: {card}',
    preheader: 'Gültig bis {month}. Sie müssen nichts tun.',
    title: 'Ihre Karte wurde aktualisiert',
    updated:
      'Ihre Bank hat uns die neuen Angaben zu Ihrer Karte gesendet. Sie lautet jetzt: {card}, gültig bis Ende {month}.',
    nothingToDo: 'Sie müssen nichts tun: Wir buchen ab wie bisher.',
  },
  change: {
    byMember: '{who} hat das am {day} getan.',
    byFormer: 'Das hat am {day} jemand getan, der nicht mehr zu Ihrem Konto gehört.',
    byStaff: 'Das haben unsere Mitarbeiter am {day} getan.',
    byNobody:
      'Das geschah nicht auf Ihrer Abrechnungsseite: Es kam am {day} von unserem Zahlungsdienstleister.',
    notYou:
      'Wenn weder Sie noch jemand, dem Sie vertrauen, das getan hat, prüfen Sie bitte Ihre Abrechnungsseite und antworten Sie sofort auf diese E-Mail. Auf der Seite können Sie sich auch überall abmelden.',
  },
  cardExpiring: {
    subject: {
      ahead: 'Ihre Karte läuft Ende {month} ab: {card}',
      over: 'Ihre Karte ist abgelaufen: {card}',
    },
    preheader: 'Ihre nächste Zahlung an {business} ist am {day}.',
    title: {
      primary: { ahead: 'Ihre Karte läuft bald ab', over: 'Ihre Karte ist abgelaufen' },
      secondary: {
        ahead: 'Ihre Ersatz-Zahlungsart läuft bald ab',
        over: 'Ihre Ersatz-Zahlungsart ist abgelaufen',
      },
    },
    what: {
      primary: {
        ahead: 'Von dieser Karte buchen wir Ihr Abonnement ab: {card}. Sie läuft Ende {month} ab.',
        over: 'Von dieser Karte buchen wir Ihr Abonnement ab: {card}. Sie ist Ende {month} abgelaufen.',
      },
      secondary: {
        ahead:
          'Diese Karte ist Ihre Ersatz-Zahlungsart: {card}. Wir buchen nur von ihr ab, wenn Ihre Standard-Zahlungsart abgelehnt wird. Sie läuft Ende {month} ab.',
        over: 'Diese Karte ist Ihre Ersatz-Zahlungsart: {card}. Wir buchen nur von ihr ab, wenn Ihre Standard-Zahlungsart abgelehnt wird. Sie ist Ende {month} abgelaufen.',
      },
    },
    why: {
      next: 'Bitte aktualisieren Sie die Karte auf Ihrer Abrechnungsseite oder wählen Sie eine andere, damit Ihre Zahlung am {day} gelingt.',
      later:
        'Ihre Zahlung am {day} liegt noch davor. Bitte aktualisieren Sie die Karte auf Ihrer Abrechnungsseite oder wählen Sie eine andere, damit auch die Zahlungen danach gelingen.',
      secondary:
        'Eine abgelaufene Karte kann nicht für die Standard-Zahlungsart einspringen. Bitte aktualisieren Sie die Karte auf Ihrer Abrechnungsseite oder wählen Sie vor Ihrer nächsten Zahlung am {day} eine andere Ersatz-Zahlungsart.',
    },
    newDate:
      'Wenn Ihre neue Karte dieselbe Nummer hat, müssen Sie nur das Datum ändern. Manche Banken teilen uns das neue Datum von selbst mit; auf Ihrer Abrechnungsseite steht, welches wir haben.',
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
