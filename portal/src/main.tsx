import './style.css';
import { render } from 'preact';
import { inkOn } from '../../functions/domain/ink-on.ts';
import { chooseLanguage, chooseLocale } from '../../functions/text/choose-language.ts';
import { App } from './app.tsx';
import { Context } from './parts/context.ts';
import { readPageConfig } from './read-page-config.ts';
import { takeArrival } from './take-arrival.ts';
import { createFormat } from './text/format.ts';
import { languages, openLocale } from './text/locales.ts';

// First of all: the token of a link leaves the address bar before anything else is loaded.
const arrival = takeArrival();
const config = readPageConfig();
const language = chooseLanguage(navigator.languages, languages);
const { direction, stripeLocale, text } = openLocale(language, config.texts[language] ?? {});
const format = createFormat(chooseLocale(language, navigator.languages));
const { documentElement } = document;
documentElement.lang = language;
documentElement.dir = direction;
document.title = `${text.page.title} · ${config.business.name}`;
if (config.business.colour !== null) {
  documentElement.style.setProperty('--accent', config.business.colour);
  documentElement.style.setProperty('--on-accent', inkOn(config.business.colour));
}
const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no element with the id "app".');
render(
  <Context.Provider value={{ text, format, config, language, stripeLocale }}>
    <App arrival={arrival} />
  </Context.Provider>,
  place,
);
