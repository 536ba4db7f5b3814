// Written by `npm run mails:layout` from layout.mjml: change that one.
import { type Fill, type Html, html } from './html.ts';

export interface LogoFill {
  readonly start: Fill;
  readonly logoUrl: Fill;
  readonly business: Fill;
}

export const logo = (fill: LogoFill): Html =>
  html`<tr><td align="${fill.start}" class="logo" style="font-size:0px;padding:0;word-break:break-word;"><div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:18px;font-weight:600;line-height:36px;text-align:${fill.start};color:#1b2430;"><img src="${fill.logoUrl}" alt="${fill.business}" height="36" style="display:inline-block;vertical-align:middle;height:36px;width:auto;max-width:240px;object-fit:contain;border:0;border-radius:6px;color:#1b2430;font-size:18px;line-height:36px"></div></td></tr>`;

export interface WordmarkFill {
  readonly start: Fill;
  readonly business: Fill;
}

export const wordmark = (fill: WordmarkFill): Html =>
  html`<tr><td align="${fill.start}" class="strong" style="font-size:0px;padding:0;word-break:break-word;"><div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:18px;font-weight:600;line-height:1.4;text-align:${fill.start};color:#1b2430;">${fill.business}</div></td></tr>`;

export interface ParagraphFill {
  readonly text: Fill;
}

export const paragraph = (fill: ParagraphFill): Html =>
  html`<p style="margin:0 0 14px">${fill.text}</p>`;

export interface FactFill {
  readonly start: Fill;
  readonly end: Fill;
  readonly label: Fill;
  readonly value: Fill;
}

export const fact = (fill: FactFill): Html =>
  html`<tr><th class="label soft rule" scope="row" align="${fill.start}" valign="top" style="min-width:80px;padding:11px 0;padding-${fill.end}:16px;border-top:1px solid #e3e8ee;text-align:${fill.start};font-size:14px;font-weight:400;color:#596475;overflow-wrap:normal;word-break:normal">${fill.label}</th><td class="value strong rule" align="${fill.end}" valign="top" style="padding:11px 0;border-top:1px solid #e3e8ee;font-weight:600">${fill.value}</td></tr>`;

export interface FactsFill {
  readonly start: Fill;
  readonly fact: Fill;
}

export const facts = (fill: FactsFill): Html =>
  html`<tr><td align="${fill.start}" style="font-size:0px;padding:12px 0 0;word-break:break-word;"><table cellpadding="0" cellspacing="0" width="100%" border="0" style="color:#1b2430;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;table-layout:auto;width:100%;border:none;">${fill.fact}</table></td></tr>`;

export interface OtherwiseFill {
  readonly start: Fill;
  readonly url: Fill;
  readonly label: Fill;
}

export const otherwise = (fill: OtherwiseFill): Html =>
  html`<tr><td align="${fill.start}" class="soft" style="font-size:0px;padding:12px 0 0;word-break:break-word;"><div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:1.5;text-align:${fill.start};color:#596475;"><a href="${fill.url}" target="_blank" style="color:#596475">${fill.label}</a></div></td></tr>`;

export interface ActionFill {
  readonly start: Fill;
  readonly colour: Fill;
  readonly url: Fill;
  readonly ink: Fill;
  readonly label: Fill;
  readonly note: Fill;
  readonly otherwise: Fill;
}

export const action = (fill: ActionFill): Html =>
  html`<tr><td align="${fill.start}" class="button" style="font-size:0px;padding:26px 0 0;word-break:break-word;"><table border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;"><tbody><tr><td align="center" bgcolor="${fill.colour}" role="presentation" style="border:1px solid rgba(0,0,0,.12);border-radius:8px;cursor:auto;mso-padding-alt:13px 26px;background:${fill.colour};" valign="middle"><a href="${fill.url}" style="display:inline-block;background:${fill.colour};color:${fill.ink};font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;font-weight:600;line-height:1.4;margin:0;text-decoration:none;text-transform:none;padding:13px 26px;mso-padding-alt:0px;border-radius:8px;" target="_blank">${fill.label}</a></td></tr></tbody></table></td></tr><tr><td align="${fill.start}" class="soft" style="font-size:0px;padding:16px 0 0;word-break:break-word;"><div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:1.5;text-align:${fill.start};color:#596475;">${fill.note}</div></td></tr>${fill.otherwise}`;

export interface QuestionFill {
  readonly before: Fill;
  readonly contact: Fill;
}

export const question = (fill: QuestionFill): Html =>
  html`${fill.before}<a href="mailto:${fill.contact}" style="color:#596475">${fill.contact}</a>`;

export interface AddressFill {
  readonly address: Fill;
}

export const address = (fill: AddressFill): Html => html`<br>${fill.address}`;

export interface FrameFill {
  readonly language: Fill;
  readonly direction: Fill;
  readonly subject: Fill;
  readonly preheader: Fill;
  readonly start: Fill;
  readonly logo: Fill;
  readonly wordmark: Fill;
  readonly title: Fill;
  readonly paragraph: Fill;
  readonly facts: Fill;
  readonly action: Fill;
  readonly question: Fill;
  readonly after: Fill;
  readonly business: Fill;
  readonly address: Fill;
}

export const frame = (fill: FrameFill): Html =>
  html`<!doctype html><html lang="${fill.language}" dir="${fill.direction}" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>${fill.subject}</title><!--[if !mso]><!--><meta http-equiv="X-UA-Compatible" content="IE=edge"><!--<![endif]--><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1"><style> #outlook a { padding:0; } body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; } table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; } img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; } p { display:block;margin:13px 0; } </style><!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><![endif]--><!--[if lte mso 11]><style> .mj-outlook-group-fix { width:100% !important; } </style><![endif]--><style> @media only screen and (min-width:480px) { .mj-column-per-100 { width:100% !important; max-width: 100%; } } </style><style media="screen and (min-width:480px)"> .moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; } </style><style> :root { color-scheme: light dark; supported-color-schemes: light dark; } @media (min-width: 481px) { .card > table > tbody > tr > td { padding: 36px 36px 38px !important; } } @media (max-width: 480px) { .edge > table > tbody > tr > td { padding: 20px 10px 28px !important; } .button table { width: 100% !important; } .button a { display: block !important; } .label, .value { display: block !important; text-align: start !important; } .label { padding: 11px 0 0 !important; } .value { padding: 1px 0 11px !important; border-top: 0 !important; } } @media (prefers-color-scheme: dark) { body, .page > div { background-color: #111418 !important; } .card, .card > table { background: #1c2027 !important; background-color: #1c2027 !important; } .card > table > tbody > tr > td { border-color: #2c323c !important; } .strong, .strong div, .strong h1, .strong p { color: #f2f4f7 !important; } .soft, .soft div, .soft a { color: #aab3bf !important; } .rule { border-color: #343b46 !important; } .logo img { padding: 6px 10px !important; background-color: #ffffff !important; } .button td { border-color: rgba(255, 255, 255, .22) !important; } } </style><meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"><meta name="x-apple-disable-message-reformatting"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><!--[if mso]><style>td,th,p,h1,a,div{font-family:'Segoe UI',Arial,sans-serif !important}</style><![endif]--></head><body class="page" style="word-spacing:normal;background-color:#f4f6f8;"><div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">${fill.preheader}</div><div aria-label="${fill.subject}" aria-roledescription="email" role="article" lang="${fill.language}" dir="${fill.direction}" style="word-spacing:normal;background-color:#f4f6f8;"><!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="edge-outlook" role="presentation" style="width:584px;" width="584" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]--><div class="edge" style="overflow-wrap: anywhere; word-break: break-word; margin: 0px auto; max-width: 584px;"><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"><tbody><tr><td style="direction:${fill.direction};font-size:0px;padding:32px 12px 40px;text-align:center;"><!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" width="584px" ><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:560px;" width="560" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]--><div style="margin:0px auto;max-width:560px;"><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"><tbody><tr><td style="direction:${fill.direction};font-size:0px;padding:0 4px 20px;text-align:center;"><!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:552px;" ><![endif]--><div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:${fill.start};direction:${fill.direction};display:inline-block;vertical-align:top;width:100%;"><table border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%"><tbody>${fill.logo}${fill.wordmark}</tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table></td></tr><tr><td class="card-outlook" width="584px" ><table align="center" border="0" cellpadding="0" cellspacing="0" class="card-outlook" role="presentation" style="width:560px;" width="560" bgcolor="#ffffff" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]--><div class="card" style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:560px;border-radius:12px;overflow:hidden;"><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;width:100%;border-collapse:separate;"><tbody><tr><td style="border:1px solid #e3e8ee;border-radius:12px;direction:${fill.direction};font-size:0px;padding:28px 22px 30px;text-align:center;"><!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:514px;" ><![endif]--><div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:${fill.start};direction:${fill.direction};display:inline-block;vertical-align:top;width:100%;"><table border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%"><tbody><tr><td align="${fill.start}" class="strong" style="font-size:0px;padding:0;padding-bottom:18px;word-break:break-word;"><div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.55;text-align:${fill.start};color:#1b2430;"><h1 style="margin:0;font-size:24px;line-height:1.3;font-weight:700;letter-spacing:-.2px">${fill.title}</h1></div></td></tr><tr><td align="${fill.start}" class="strong" style="font-size:0px;padding:0;word-break:break-word;"><div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.55;text-align:${fill.start};color:#1b2430;">${fill.paragraph}</div></td></tr>${fill.facts}${fill.action}</tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table></td></tr><tr><td class="" width="584px" ><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:560px;" width="560" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]--><div style="margin:0px auto;max-width:560px;"><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"><tbody><tr><td style="direction:${fill.direction};font-size:0px;padding:24px 4px 0;text-align:center;"><!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:552px;" ><![endif]--><div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:${fill.start};direction:${fill.direction};display:inline-block;vertical-align:top;width:100%;"><table border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%"><tbody><tr><td align="${fill.start}" class="soft" style="font-size:0px;padding:0;word-break:break-word;"><div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:1.5;text-align:${fill.start};color:#596475;">${fill.question}${fill.after}</div></td></tr><tr><td align="${fill.start}" class="soft" style="font-size:0px;padding:14px 0 0;word-break:break-word;"><div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:13px;line-height:1.5;text-align:${fill.start};color:#596475;">${fill.business}${fill.address}</div></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></div></body></html>`;
