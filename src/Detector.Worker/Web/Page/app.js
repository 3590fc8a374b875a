// The shell: which view is shown, the link to the service, and what every view is told.

import { get, query } from './api.js';
import { fill, say } from './dom.js';
import { follow } from './live.js';
import { alertsView } from './alerts.js';
import { maintenanceView } from './maintenance.js';
import { modelsView } from './models.js';
import { overviewView } from './overview.js';
import { seriesView } from './series.js';

const views = { overview: overviewView, alerts: alertsView, maintenance: maintenanceView, models: modelsView, series: seriesView };
const main = document.getElementById('main');

/** What is known of the service; every view reads it and is told when it changes. */
export const state = { overview: { version: '', now: 0, missing: [], pipelines: [], series: [] }, rows: new Map(), alerts: [], received: 0 };

let view = null;
let unfollow = null;
let followed = null;
let refreshing = null;
let fresh = false;

const rowKey = row => `${row.pipeline}\n${row.series}`;

/** The service's clock, as far as is known here. */
export const serviceNow = () => state.overview.now + (performance.now() - state.received);

function route() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return { name: path in views ? path : 'overview', parameters: new URLSearchParams(search) };
}

function show() {
  const { name, parameters } = route();
  for (const link of document.querySelectorAll('nav a')) {
    if (link.dataset.view === name || (name === 'series' && link.dataset.view === 'overview')) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  view?.close?.();
  fill(main);
  view = views[name](main, state, parameters);
  const wanted = name === 'series' ? query({ pipeline: parameters.get('pipeline') ?? '', series: parameters.get('series') ?? '' }) : '';
  if (wanted !== followed) {
    followed = wanted;
    unfollow?.();
    unfollow = follow(wanted, { link, overview: update, alerts: refreshAlerts, series: points => view?.points?.(points) });
  }
}

function link(connected) {
  fresh ||= connected;
  document.getElementById('link').dataset.state = connected ? 'live' : 'lost';
  say(document.getElementById('link-text'), connected ? 'Live' : 'No connection');
}

function update(change) {
  state.overview.now = change.now;
  state.overview.missing = change.missing;
  state.received = performance.now();
  // The first news of a connection are of every series: what is not among them is watched no longer.
  if (fresh) state.rows.clear();
  fresh = false;
  for (const row of change.series) {
    if (row.state === 'gone') state.rows.delete(rowKey(row));
    else state.rows.set(rowKey(row), row);
  }
  notice();
  view?.overview?.(change.series);
}

function notice() {
  const box = document.getElementById('notice');
  box.hidden = state.overview.missing.length === 0;
  say(box, state.overview.missing.length === 0 ? '' : `Not ready yet: ${state.overview.missing.join('; ')}.`);
}

/** Fetches the alerts; asked while it fetches, it fetches once more. */
export async function refreshAlerts() {
  if (refreshing) {
    refreshing.again = true;
    return refreshing.done;
  }
  const round = { again: true };
  refreshing = round;
  round.done = (async () => {
    while (round.again) {
      round.again = false;
      try {
        state.alerts = await get('/api/v1/alerts');
      } catch {
        // Without the service there are no new alerts; the link says so.
      }
    }
    refreshing = null;
    const open = state.alerts.filter(row => row.alert.state !== 'resolved').length;
    const count = document.getElementById('open-alerts');
    count.hidden = open === 0;
    say(count, String(open));
    document.title = open > 0 ? `(${open}) Detector` : 'Detector';
    view?.alerts?.();
  })();
  return round.done;
}

async function start() {
  try {
    const overview = await get('/api/v1/overview');
    state.overview = overview;
    state.received = performance.now();
    for (const row of overview.series) state.rows.set(rowKey(row), row);
    notice();
  } catch {
    link(false);
  }
  await refreshAlerts();
  show();
}

document.getElementById('skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
window.addEventListener('hashchange', () => {
  show();
  main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
start();
