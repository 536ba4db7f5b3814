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
    amount: 'Betrag',
    amountDue: 'Offener Betrag',
    amountPaid: 'Bezahlter Betrag',
    paidWith: 'Bezahlt mit',
    invoice: 'Rechnung',
    nextTry: 'Nächster Versuch',
    lastTry: 'Nächster und letzter Versuch',
    payBefore: 'Bitte bezahlen vor',
    debitedFrom: 'Lastschrift von',
    card: 'Karte',
    expires: 'Gültig bis Ende',
    nextPayment: 'Nächste Zahlung',
  },
  method: {
    endingIn: '{name} (Endziffern {last4})',
    bankAccount: 'Bankkonto',
    card: 'Karte',
    other: 'Zahlungsart',
    yours: {
      card: 'mit Ihrer {method}',
      bankAccount: 'von Ihrem {method}',
      wallet: 'mit {method}',
      other: 'mit Ihrer {method}',
    },
  },
  action: {
    pay: 'Jetzt bezahlen',
    confirm: 'Zahlung bestätigen',
    methods: 'Zahlungsarten prüfen',
    open: 'Zur Abrechnungsseite',
    updateCard: 'Karte aktualisieren',
    billingPage:
      'Sie gelangen zu Ihrer Abrechnungsseite bei {business}. Eventuell müssen Sie sich dort anmelden.',
    atStripe: 'Direkt bei unserem Zahlungsdienstleister Stripe bezahlen',
    confirmAtStripe: 'Direkt bei unserem Zahlungsdienstleister Stripe bestätigen',
    invoiceAtStripe: 'Rechnung bei unserem Zahlungsdienstleister Stripe ansehen',
  },
  reason: {
    declined: 'Die Bank hat die Zahlung abgelehnt.',
    insufficient_funds: 'Es war nicht genug Geld verfügbar.',
    incorrect_details: 'Einige Angaben zur Karte stimmen nicht.',
    expired: 'Die Karte ist abgelaufen.',
    authentication: 'Die Bank hat dafür Ihre Bestätigung verlangt.',
    try_again: 'Die Bank konnte die Zahlung aus technischen Gründen nicht verarbeiten.',
    not_supported: 'Diese Karte kann für diese Art von Zahlung nicht verwendet werden.',
    unusable: 'Diese Zahlungsart kann nicht mehr verwendet werden.',
  },
  payNow: {
    declined:
      'Sie können Ihre Bank nach dem Grund fragen oder jetzt mit einer anderen Karte bezahlen.',
    insufficient_funds:
      'Sie können jetzt mit einer anderen Karte bezahlen oder, sobald genug Geld verfügbar ist, {yours}.',
    incorrect_details:
      'Sie können jetzt bezahlen: Geben Sie die Kartendaten dabei neu ein oder nehmen Sie eine andere Karte.',
    expired: 'Sie können jetzt mit Ihrer neuen oder einer anderen Karte bezahlen.',
    authentication: 'Sie können jetzt bezahlen: Die Bank bittet Sie dabei um Ihre Bestätigung.',
    try_again:
      'Störungen bei der Bank sind meist schnell behoben. Sie können auch jetzt mit einer anderen Karte bezahlen.',
    not_supported: 'Sie können jetzt mit einer anderen Karte bezahlen.',
    unusable: 'Sie können jetzt mit einer anderen Karte bezahlen.',
  },
  beforeRenewal: {
    declined:
      'Bitte fragen Sie vor der nächsten Zahlung Ihre Bank nach dem Grund oder wählen Sie auf Ihrer Abrechnungsseite eine andere Standard-Zahlungsart.',
    insufficient_funds:
      'Bitte sorgen Sie dafür, dass bei der nächsten Zahlung genug Geld verfügbar ist, oder wählen Sie auf Ihrer Abrechnungsseite eine andere Standard-Zahlungsart.',
    incorrect_details:
      'Bitte geben Sie die Kartendaten Ihrer Standard-Zahlungsart vor der nächsten Zahlung auf Ihrer Abrechnungsseite neu ein.',
    expired:
      'Bitte geben Sie vor der nächsten Zahlung die Daten Ihrer neuen Karte auf Ihrer Abrechnungsseite ein.',
    authentication:
      'Bei der nächsten Zahlung kann die Bank wieder eine Bestätigung verlangen. Wenn Sie Ihre Kartendaten auf Ihrer Abrechnungsseite neu eingeben, können Sie künftige Zahlungen schon vorab bestätigen.',
    try_again:
      'Störungen bei der Bank sind meist schnell behoben: Sie müssen nichts tun. Bei der nächsten Zahlung buchen wir wie immer zuerst von Ihrer Standard-Zahlungsart ab.',
    not_supported:
      'Bitte wählen Sie vor der nächsten Zahlung auf Ihrer Abrechnungsseite eine andere Standard-Zahlungsart.',
    unusable:
      'Bitte wählen Sie vor der nächsten Zahlung auf Ihrer Abrechnungsseite eine andere Standard-Zahlungsart.',
  },
  next: {
    again: 'Wenn Sie nichts tun, versuchen wir es am {day} erneut.',
    lastTime: 'Wenn Sie nichts tun, versuchen wir es am {day} ein letztes Mal.',
    other:
      'Wenn Sie nicht gleich bezahlen, hinterlegen Sie bitte vor dem {day} eine gültige Zahlungsart. An diesem Tag versuchen wir erneut, den Betrag abzubuchen.',
    never: 'Diese Rechnung buchen wir nicht mehr automatisch ab. Bitte bezahlen Sie sie selbst.',
    noChange:
      'Vorerst ändert sich für Sie nichts. Bevor sich an Ihrem Zugang oder Ihrem Abonnement etwas ändert, schreiben wir Ihnen noch einmal.',
  },
  secondaryCharged: {
    subject: '{business} hat {amount} von Ihrer Ersatz-Zahlungsart abgebucht: {charged}',
    preheader: 'Die Rechnung ist bezahlt. Sie müssen jetzt nichts bezahlen.',
    title: 'Bezahlt mit Ihrer Ersatz-Zahlungsart',
    failed: 'Die Zahlung {yours} ist fehlgeschlagen. {reason}',
    failedOfUnknown: 'Die Zahlung mit Ihrer Standard-Zahlungsart ist fehlgeschlagen.',
    charged:
      'Damit Ihr Abonnement ohne Unterbrechung weiterläuft, haben wir wie vereinbart Ihre Ersatz-Zahlungsart genutzt: {charged}. Die Rechnung ist damit bezahlt.',
    attentionOfUnknown:
      'Bitte prüfen Sie vor der nächsten Zahlung Ihre Standard-Zahlungsart auf Ihrer Abrechnungsseite.',
  },
  paymentFailed: {
    subject: 'Ihre Zahlung von {amount} an {business} ist fehlgeschlagen',
    title: 'Ihre Zahlung ist fehlgeschlagen',
    subjectOfNoMethod: 'Ihre Zahlung von {amount} an {business} ist offen',
    titleOfNoMethod: 'Ihre Rechnung ist nicht bezahlt',
    noMethod:
      'Auf Ihrer Abrechnungsseite ist keine Zahlungsart hinterlegt, von der wir abbuchen können.',
    noMethodRemedy:
      'Bitte bezahlen Sie die Rechnung jetzt mit einer Karte Ihrer Wahl. Wir speichern die Karte für Ihre nächsten Zahlungen.',
    one: 'Die Zahlung {yours} ist fehlgeschlagen. {reason}',
    several: 'Die Zahlung ist mit keiner Ihrer Zahlungsarten gelungen.',
    each: '{method}: {reason}',
    either: 'Die Zahlung {yours} ist fehlgeschlagen. {reason}',
  },
  authenticationNeeded: {
    subject: 'Bitte bestätigen Sie Ihre Zahlung von {amount} an {business}',
    preheader: 'Das dauert auf Ihrer Abrechnungsseite nur eine Minute.',
    title: 'Bitte bestätigen Sie Ihre Zahlung',
    asked: 'Ihre Bank braucht für die Zahlung {yours} noch Ihre Bestätigung.',
    again:
      'Wenn Sie nichts tun, versuchen wir es am {day} erneut. Ihre Bank kann dann wieder eine Bestätigung verlangen.',
    lastTime:
      'Wenn Sie nichts tun, versuchen wir es am {day} ein letztes Mal. Ihre Bank kann dann wieder eine Bestätigung verlangen.',
    never:
      'Ohne Ihre Bestätigung bleibt die Rechnung offen: Einen weiteren automatischen Versuch gibt es nicht.',
    howTo:
      'Bitte bestätigen Sie die Zahlung jetzt auf Ihrer Abrechnungsseite. Das dauert nur etwa eine Minute.',
  },
  recovered: {
    subject: 'Ihre Zahlung von {amount} an {business} war erfolgreich',
    preheader: 'Die Rechnung ist bezahlt. Sie müssen nichts weiter tun.',
    title: 'Ihre Zahlung war erfolgreich',
    paid: 'Die Zahlung {yours} war diesmal erfolgreich. Die Rechnung ist bezahlt, vielen Dank.',
    paidOfUnknown: 'Die Rechnung ist jetzt bezahlt, vielen Dank.',
    nothingToDo: 'Sie müssen nichts weiter tun.',
  },
  debitStarted: {
    subject: '{business} zieht {amount} von Ihrem Bankkonto ein',
    preheader: 'Das dauert einige Werktage. Sie müssen jetzt nichts bezahlen.',
    title: 'Wir ziehen den Betrag von Ihrem Bankkonto ein',
    titleInstead: 'Wir ziehen den Betrag über Ihre Ersatz-Zahlungsart ein',
    debited: 'Den Betrag ziehen wir per Lastschrift ein: {debited}. Das dauert einige Werktage.',
    debitedInstead:
      'Damit Ihr Abonnement ohne Unterbrechung weiterläuft, ziehen wir den Betrag wie vereinbart per Lastschrift von Ihrer Ersatz-Zahlungsart ein: {debited}. Das dauert einige Werktage.',
    meanwhile:
      'Bitte sorgen Sie dafür, dass das Konto gedeckt ist. Mehr müssen Sie nicht tun. Solange die Lastschrift läuft, buchen wir für diese Rechnung nichts weiter ab. Sollte sie fehlschlagen, schreiben wir Ihnen.',
  },
  debitReturned: {
    subject: 'Ihre Bank hat die Lastschrift von {business} über {amount} zurückgegeben',
    title: 'Lastschrift zurückgegeben: Ihre Rechnung ist nicht bezahlt',
    returned: 'Unsere Lastschrift {yours} wurde nicht eingelöst. {reason}',
    help: 'Sie können jetzt mit einer anderen Zahlungsart bezahlen.',
    helpOfDeclined:
      'Sie können jetzt mit einer anderen Zahlungsart bezahlen. Den Grund für die Rückgabe kann Ihnen Ihre Bank nennen.',
  },
  lastTryAhead: {
    subject: 'Letzter Versuch für Ihre Zahlung von {amount} an {business}',
    preheader: 'Am {day}. Danach buchen wir nicht mehr automatisch ab.',
    title: 'Letzter Zahlungsversuch am {day}',
    plan: 'Ihre Rechnung ist noch nicht bezahlt. Am {day} versuchen wir zum letzten Mal, den Betrag von Ihren Zahlungsarten abzubuchen.',
    otherwise: {
      nothing: 'Wenn auch das fehlschlägt, bleibt die Rechnung offen, bis Sie sie selbst bezahlen.',
      accessEnds:
        'Wenn auch das fehlschlägt und Sie nicht bezahlen, wird Ihr Zugang einige Tage später gesperrt. Den genauen Tag teilen wir Ihnen vorher mit.',
      accessEndsAndCanceled:
        'Wenn auch das fehlschlägt und Sie nicht bezahlen, endet Ihr Abonnement einige Tage später und damit auch Ihr Zugang. Den genauen Tag teilen wir Ihnen vorher mit.',
      accessEndsAndPaused:
        'Wenn auch das fehlschlägt und Sie nicht bezahlen, wird Ihr Abonnement einige Tage später pausiert und Ihr Zugang gesperrt. Den genauen Tag teilen wir Ihnen vorher mit.',
      canceled:
        'Wenn auch das fehlschlägt und Sie nicht bezahlen, endet Ihr Abonnement einige Tage später. Den genauen Tag teilen wir Ihnen vorher mit.',
      paused:
        'Wenn auch das fehlschlägt und Sie nicht bezahlen, wird Ihr Abonnement einige Tage später pausiert. Den genauen Tag teilen wir Ihnen vorher mit.',
    },
    payNow:
      'Am einfachsten bezahlen Sie jetzt mit einer Karte Ihrer Wahl. Dann buchen wir für diese Rechnung nichts mehr ab.',
  },
  endAhead: {
    headline: {
      accessEnds: 'Bitte bezahlen Sie vor dem {day}, um Ihren Zugang zu {business} zu behalten',
      canceled: 'Bitte bezahlen Sie vor dem {day}, um Ihr Abonnement bei {business} zu behalten',
      paused: 'Bitte bezahlen Sie vor dem {day}, damit Ihr Abonnement bei {business} weiterläuft',
    },
    preheader: 'Ihre Rechnung über {amount} ist nicht bezahlt.',
    plan: 'Ihre Rechnung ist nicht bezahlt, und wir buchen sie nicht mehr automatisch ab.',
    unless: {
      accessEnds:
        'Wenn die Rechnung nicht vor dem {day} bezahlt ist, sperren wir an diesem Tag Ihren Zugang.',
      accessEndsAndCanceled:
        'Wenn die Rechnung nicht vor dem {day} bezahlt ist, endet Ihr Abonnement an diesem Tag und damit auch Ihr Zugang.',
      accessEndsAndPaused:
        'Wenn die Rechnung nicht vor dem {day} bezahlt ist, pausieren wir an diesem Tag Ihr Abonnement und sperren Ihren Zugang.',
      canceled:
        'Wenn die Rechnung nicht vor dem {day} bezahlt ist, endet Ihr Abonnement an diesem Tag.',
      paused:
        'Wenn die Rechnung nicht vor dem {day} bezahlt ist, pausieren wir an diesem Tag Ihr Abonnement.',
    },
    goOn: 'Wenn Sie vorher bezahlen, läuft alles weiter wie bisher.',
  },
  dunningEnded: {
    headline: {
      accessEnds: 'Ihr Zugang zu {business} ist gesperrt',
      canceled: 'Ihr Abonnement bei {business} ist beendet',
      paused: 'Ihr Abonnement bei {business} ist pausiert',
    },
    preheader: 'Ihre Rechnung über {amount} wurde nicht rechtzeitig bezahlt.',
    taken: {
      accessEnds:
        'Ihre Rechnung wurde nicht rechtzeitig bezahlt. Deshalb haben wir Ihren Zugang gesperrt.',
      accessEndsAndCanceled:
        'Ihre Rechnung wurde nicht rechtzeitig bezahlt. Deshalb haben wir Ihr Abonnement beendet und damit auch Ihren Zugang.',
      accessEndsAndPaused:
        'Ihre Rechnung wurde nicht rechtzeitig bezahlt. Deshalb haben wir Ihr Abonnement pausiert und Ihren Zugang gesperrt.',
      canceled:
        'Ihre Rechnung wurde nicht rechtzeitig bezahlt. Deshalb haben wir Ihr Abonnement beendet.',
      paused:
        'Ihre Rechnung wurde nicht rechtzeitig bezahlt. Deshalb haben wir Ihr Abonnement pausiert.',
    },
    back: {
      accessEnds: 'Sobald Sie bezahlen, haben Sie wieder Zugang.',
      accessEndsAndCanceled:
        'Die Rechnung ist noch offen, bitte bezahlen Sie sie. Ihr Abonnement beginnt dadurch nicht von selbst wieder. Möchten Sie zurückkommen? Antworten Sie einfach auf diese E-Mail.',
      accessEndsAndPaused:
        'Sobald Sie bezahlen, läuft Ihr Abonnement weiter und Sie haben wieder Zugang.',
      canceled:
        'Die Rechnung ist noch offen, bitte bezahlen Sie sie. Ihr Abonnement beginnt dadurch nicht von selbst wieder. Möchten Sie zurückkommen? Antworten Sie einfach auf diese E-Mail.',
      paused: 'Sobald Sie bezahlen, läuft Ihr Abonnement weiter.',
    },
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
      added: '{card} wurde hinzugefügt',
      changed: '{card} wurde geändert',
      removed: '{card} wurde entfernt',
      made_primary: '{card} ist jetzt Ihre Standard-Zahlungsart',
      made_backup: '{card} ist jetzt Ihre Ersatz-Zahlungsart',
      no_backup: '{card} ist nicht mehr Ihre Ersatz-Zahlungsart',
    },
    preheader: 'Wenn Sie davon wissen, müssen Sie nichts tun.',
    each: {
      added: '{card} wurde zu Ihren Zahlungsarten hinzugefügt.',
      changed: 'Die Angaben zu dieser Zahlungsart wurden geändert: {card}.',
      removed: '{card} wurde entfernt. Wir buchen nicht mehr davon ab.',
      made_primary: '{card} ist jetzt Ihre Standard-Zahlungsart: Von ihr buchen wir zuerst ab.',
      made_backup:
        '{card} ist jetzt Ihre Ersatz-Zahlungsart: Von ihr buchen wir ab, wenn eine Zahlung mit Ihrer Standard-Zahlungsart fehlschlägt.',
      no_backup:
        '{card} ist nicht mehr Ihre Ersatz-Zahlungsart, und Sie haben keine andere. Auf Ihrer Abrechnungsseite können Sie eine wählen.',
    },
  },
  consentGiven: {
    subject: '{card} ist jetzt Ihre Ersatz-Zahlungsart',
    preheader:
      'Wir buchen nur dann davon ab, wenn eine Zahlung mit Ihrer Standard-Zahlungsart fehlschlägt.',
    title: 'Ihre Ersatz-Zahlungsart ist eingerichtet',
    agreed:
      'Die Zustimmung wurde erteilt: Wenn eine Zahlung mit Ihrer Standard-Zahlungsart fehlschlägt, darf {business} von dieser Ersatz-Zahlungsart abbuchen: {card}.',
    recorded:
      'Nach unseren Unterlagen haben Sie zugestimmt: Wenn eine Zahlung mit Ihrer Standard-Zahlungsart fehlschlägt, darf {business} von dieser Ersatz-Zahlungsart abbuchen: {card}.',
    told: 'Jedes Mal, wenn das geschieht, schreiben wir Ihnen. Sie können Ihre Zustimmung jederzeit auf Ihrer Abrechnungsseite widerrufen.',
  },
  consentWithdrawn: {
    subject: '{card} ist nicht mehr Ihre Ersatz-Zahlungsart',
    preheader: 'Sie haben jetzt keine Ersatz-Zahlungsart.',
    title: 'Wir buchen nicht mehr von Ihrer Ersatz-Zahlungsart ab',
    withdrawn:
      'Die Zustimmung wurde widerrufen. Von dieser Ersatz-Zahlungsart buchen wir nicht mehr ab: {card}. Wenn eine Zahlung mit Ihrer Standard-Zahlungsart fehlschlägt, schreiben wir Ihnen.',
    again: 'Auf Ihrer Abrechnungsseite können Sie jederzeit wieder eine Ersatz-Zahlungsart wählen.',
  },
  membersChanged: {
    subject: {
      invited: '{who} wurde zu Ihrer Abrechnungsseite bei {business} eingeladen',
      role_changed: '{who} hat auf Ihrer Abrechnungsseite bei {business} eine andere Rolle',
      removed: '{who} wurde von Ihrer Abrechnungsseite bei {business} entfernt',
    },
    preheader: 'Wenn Sie davon wissen, müssen Sie nichts tun.',
    title: {
      invited: '{who} wurde zu Ihrer Abrechnungsseite eingeladen',
      role_changed: '{who} hat auf Ihrer Abrechnungsseite eine andere Rolle',
      removed: '{who} wurde von Ihrer Abrechnungsseite entfernt',
    },
    invited: {
      owner:
        '{who} wurde mit der Rolle „Inhaber“ eingeladen: Diese Person kann Zahlungsarten verwalten, Rechnungen bezahlen und entscheiden, wer Zugriff hat.',
      viewer:
        '{who} wurde mit der Rolle „Betrachter“ eingeladen: Diese Person sieht Zahlungsarten und Rechnungen und kann nichts ändern.',
    },
    role_changed: {
      owner:
        '{who} hat jetzt die Rolle „Inhaber“: Diese Person kann Zahlungsarten verwalten, Rechnungen bezahlen und entscheiden, wer Zugriff hat.',
      viewer:
        '{who} hat jetzt die Rolle „Betrachter“: Diese Person sieht Zahlungsarten und Rechnungen und kann nichts ändern.',
    },
    somebody: 'Jemand',
    removed: '{who} wurde entfernt und kann sich auf dieser Abrechnungsseite nicht mehr anmelden.',
  },
  invitation: {
    subject: 'Einladung zu einer Abrechnungsseite bei {business}',
    preheader: 'Sie brauchen kein Passwort.',
    title: 'Einladung zu einer Abrechnungsseite',
    by: '{who} hat Sie zur Abrechnungsseite für das Abonnement bei {business} eingeladen.',
    byStaff: 'Wir haben Sie zur Abrechnungsseite für ein Abonnement bei {business} eingeladen.',
    owner:
      'Sie haben die Rolle „Inhaber“: Sie können Zahlungsarten verwalten, Rechnungen bezahlen und entscheiden, wer Zugriff hat.',
    viewer:
      'Sie haben die Rolle „Betrachter“: Sie sehen Zahlungsarten und Rechnungen und können nichts ändern.',
    howTo:
      'Öffnen Sie die Seite und geben Sie {address} ein. Dann senden wir Ihnen einen Link, mit dem Sie sich anmelden.',
    notYou: 'Wenn Sie diese Einladung nicht erwartet haben, müssen Sie nichts tun.',
    button: 'Zur Abrechnungsseite',
    note: 'Sie brauchen kein Passwort.',
  },
  extensionGranted: {
    subject: 'Ihr Zugang zu {business} ist bis zum {day} verlängert',
    preheader: 'Sie haben mehr Zeit zum Bezahlen.',
    title: 'Ihr Zugang ist bis zum {day} verlängert',
    granted:
      'Bis zum {day} haben Sie Zugang, auch wenn eine Rechnung noch offen ist. Bitte nutzen Sie die Zeit, um zu bezahlen, was auf Ihrer Abrechnungsseite offen ist.',
    after: 'Wenn danach noch eine Rechnung offen ist, wird Ihr Zugang möglicherweise gesperrt.',
  },
  bankAccountVerification: {
    subject: '{business}: Bitte bestätigen Sie Ihr Konto – {account}',
    preheader: 'Eine sehr kleine Gutschrift zeigt uns, dass das Konto Ihnen gehört.',
    title: 'Bankkonto bestätigen: Bitte achten Sie auf eine kleine Gutschrift',
    deposits:
      'Zur Prüfung überweist unser Zahlungsdienstleister Stripe ein oder zwei sehr kleine Beträge auf dieses Konto: {account}. Das Geld kommt voraussichtlich bis zum {day} an.',
    howTo:
      'Öffnen Sie dann die Seite unten und geben Sie den Code aus dem Verwendungszweck oder die Beträge ein. Erst danach können wir von diesem Konto abbuchen.',
    notYou:
      'Wenn Sie dieses Konto nicht kennen, bestätigen Sie es nicht und antworten Sie auf diese E-Mail.',
    button: 'Bankkonto bestätigen',
    note: 'Sie gelangen zu einer Seite unseres Zahlungsdienstleisters Stripe.',
  },
  cardUpdated: {
    subject: 'Ihre Bank hat Ihre Karte aktualisiert: {card}',
    preheader: 'Gültig bis Ende {month}. Sie müssen nichts tun.',
    title: 'Ihre Karte wurde aktualisiert',
    updated:
      'Ihre Bank hat uns die neuen Angaben zu Ihrer Karte gesendet. Hinterlegt ist jetzt: {card}, gültig bis Ende {month}.',
    nothingToDo: 'Sie müssen nichts tun: Wir buchen ab wie bisher.',
  },
  change: {
    byMember: 'Geändert am {day} von {who}.',
    byFormer:
      'Geändert am {day} von einer Person, die keinen Zugriff mehr auf Ihre Abrechnungsseite hat.',
    byStaff:
      'Geändert am {day} von unserem Team. Wenn Sie nicht darum gebeten haben, antworten Sie bitte auf diese E-Mail, und wir gehen der Sache nach.',
    byNobody:
      'Diese Änderung hat uns unser Zahlungsdienstleister Stripe am {day} gemeldet. Wenn Sie nichts davon wissen, antworten Sie bitte auf diese E-Mail.',
    notYou:
      'Wenn diese Änderung weder von Ihnen noch von einer Person Ihres Vertrauens stammt, antworten Sie bitte sofort auf diese E-Mail. Wir helfen Ihnen. Ganz unten auf Ihrer Abrechnungsseite können Sie außerdem „Überall abmelden“ wählen.',
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
        ahead: 'Die Karte Ihrer Ersatz-Zahlungsart läuft bald ab',
        over: 'Die Karte Ihrer Ersatz-Zahlungsart ist abgelaufen',
      },
    },
    what: {
      primary: {
        ahead: 'Mit dieser Karte bezahlen Sie Ihr Abonnement: {card}. Sie läuft Ende {month} ab.',
        over: 'Mit dieser Karte bezahlen Sie Ihr Abonnement: {card}. Sie ist Ende {month} abgelaufen.',
      },
      secondary: {
        ahead:
          'Diese Karte ist Ihre Ersatz-Zahlungsart: {card}. Sie läuft Ende {month} ab. Wir buchen nur dann von ihr ab, wenn eine Zahlung mit Ihrer Standard-Zahlungsart fehlschlägt.',
        over: 'Diese Karte ist Ihre Ersatz-Zahlungsart: {card}. Sie ist Ende {month} abgelaufen. Wir buchen nur dann von ihr ab, wenn eine Zahlung mit Ihrer Standard-Zahlungsart fehlschlägt.',
      },
    },
    why: {
      next: 'Bitte aktualisieren Sie die Karte vor dem {day} auf Ihrer Abrechnungsseite oder wählen Sie eine andere. Sonst kann Ihre Zahlung an diesem Tag fehlschlagen.',
      later:
        'Ihre Zahlung am {day} liegt noch davor. Für die Zahlungen danach aktualisieren Sie bitte die Karte auf Ihrer Abrechnungsseite oder wählen Sie eine andere.',
      secondary:
        'Bitte aktualisieren Sie die Karte vor Ihrer nächsten Zahlung am {day} auf Ihrer Abrechnungsseite oder wählen Sie eine andere Ersatz-Zahlungsart. Von einer abgelaufenen Karte können wir nicht abbuchen.',
    },
    newDate:
      'Hat Ihre neue Karte dieselbe Nummer, müssen Sie nur das Datum ändern. Manche Banken teilen uns das neue Datum mit. Steht es schon auf Ihrer Abrechnungsseite, müssen Sie nichts tun.',
  },
  addressUnreachable: {
    subject: {
      bounce: 'Unsere E-Mails an {address} kommen nicht an',
      complaint: 'Wir schreiben nicht mehr an {address}',
    },
    preheader: 'Sie selbst erhalten unsere E-Mails wie bisher.',
    happened: {
      bounce:
        'Eine E-Mail an {address} kam zurück: Unter dieser Adresse wird sie nicht angenommen.',
      complaint: 'Eine E-Mail an {address} wurde als Spam gemeldet, vielleicht aus Versehen.',
    },
    stopped:
      'Deshalb schicken wir nichts mehr an diese Adresse: nichts zu Zahlungen und keine Links zum Anmelden.',
    remedy:
      'Wenn diese Adresse unsere E-Mails erhalten soll, antworten Sie auf diese E-Mail, und wir helfen Ihnen. Sonst können Sie die Person auf Ihrer Abrechnungsseite mit einer anderen Adresse neu einladen und diese Adresse entfernen.',
  },
  signIn: {
    subject: 'Anmelden auf Ihrer Abrechnungsseite bei {business}',
    preheader: 'Der Link ist 10 Minuten gültig und einmal verwendbar.',
    title: 'Ihr Link zum Anmelden',
    asked:
      'Für Ihre E-Mail-Adresse wurde ein Link zum Anmelden angefordert. Er führt zu Ihren Zahlungsarten und Rechnungen auf der Abrechnungsseite bei {business}.',
    link: 'Der Link funktioniert nur einmal und ist 10 Minuten gültig. Danach können Sie auf derselben Seite einen neuen anfordern.',
    notYou:
      'Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun: Ohne diese E-Mail kann sich niemand in Ihrem Namen anmelden.',
    button: 'Anmelden',
    secret:
      'Bitte leiten Sie diese E-Mail nicht weiter: Wer den Link hat, kann sich in Ihrem Namen anmelden.',
  },
};
