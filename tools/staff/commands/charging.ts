import type { ChargingLog, ChargingView } from '../../../functions/staff-api/charging.ts';
import { StartRefusal } from '../../../local/start/options.ts';
import { type Command, need } from '../command.ts';
import { columns, section, time } from '../layout.ts';

export const charging: Command = {
  summary: 'whether charges are allowed; stop every one, or allow them again',
  argument: 'stop|start',
  options: { reason: { value: 'TEXT', says: 'why; needed for stop and start' } },
  notes:
    'Stopped, no charge is started within a minute; one that was sent already is not called back.\nAllowed again, what waited is looked at within 15 minutes.',
  async run({ api }, given) {
    const path = ['charging'];
    const { argument } = given;
    if (argument === undefined) return shown(await api.ask({ method: 'GET', path }));
    if (argument !== 'stop' && argument !== 'start') {
      throw new StartRefusal('Say charging, charging stop or charging start.');
    }
    const wanted = argument === 'stop' ? 'stopped' : 'allowed';
    const body = { charging: wanted, reason: need(given, 'reason') };
    return shown(await api.ask({ method: 'PUT', path, body }));
  },
};

function shown(log: ChargingLog) {
  const mode =
    log.mode === 'observe' ? ' The settings say observe: nothing is charged at all.' : '';
  const before = section(
    'Before',
    columns(
      log.earlier.map((each) => [time(each.at), each.charging, each.by ?? '', each.reason ?? '']),
    ),
  );
  return { json: log, text: `${say(log)}${mode}${before === '' ? '' : `\n${before}`}` };
}

function say({ charging: state, by, at, reason }: ChargingView): string {
  if (by === null) return 'Charges are allowed; nobody ever stopped them.';
  const when = at === null ? '' : ` since ${time(at)}`;
  return `Charges are ${state}${when}, by ${by}: ${reason}`;
}
