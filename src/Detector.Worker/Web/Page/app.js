// The shell: which view is shown, the link to the service, and what every view is told.

import { query } from './api.js';
import { fill, say } from './dom.js';
import { follow } from './live.js';
import { begin, load, onAlerts, refreshAlerts, state, update } from './service.js';
import { alertsView } from './alerts.js';
import { maintenanceView } from './maintenance.js';
import { modelsView } from './models.js';
import { overviewView } from './overview.js';
import { seriesView } from './series.js';

const views = { overview: overviewView, alerts: alertsView, maintenance: maintenanceView, models: modelsView, series: seriesView };
const main = document.getElementById('main');

let view = null;
let unfollow = null;
let followed = null;

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
    unfollow = follow(wanted, { link, overview: takeOverview, alerts: refreshAlerts, series: points => view?.points?.(points) });
  }
}

function link(connected) {
  if (connected) begin();
  document.getElementById('link').dataset.state = connected ? 'live' : 'lost';
  say(document.getElementById('link-text'), connected ? 'Live' : 'No connection');
}

function takeOverview(change) {
  update(change);
  notice();
  view?.overview?.(change.series);
}

function notice() {
  const box = document.getElementById('notice');
  box.hidden = state.overview.missing.length === 0;
  say(box, state.overview.missing.length === 0 ? '' : `Not ready yet: ${state.overview.missing.join('; ')}.`);
}

function countAlerts() {
  const open = state.alerts.filter(row => row.alert.state !== 'resolved').length;
  const count = document.getElementById('open-alerts');
  count.hidden = open === 0;
  say(count, String(open));
  document.title = open > 0 ? `(${open}) Detector` : 'Detector';
  view?.alerts?.();
}

async function start() {
  onAlerts(countAlerts);
  try {
    await load();
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
