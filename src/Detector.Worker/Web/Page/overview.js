// Every series with its state; those in trouble first.

import { query } from './api.js';
import { badge } from './badge.js';
import { el, fill, say } from './dom.js';
import { duration, number, plural } from './format.js';
import { serviceNow } from './service.js';

const order = { critical: 0, warning: 1, info: 2, silent: 3, warming: 4, training: 4, active: 5 };
const page = 100;

/** Where a score stands: full at twice the threshold. */
function meter(row) {
  const ratio = row.score === null || !row.threshold ? 0 : Math.max(0, Math.min(1, row.score / row.threshold / 2));
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', row.score > row.threshold ? 'meter above' : 'meter');
  svg.setAttribute('viewBox', '0 0 100 10');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  for (const [name, x, width] of [['track', 0, 100], ['value', 0, 100 * ratio], ['limit', 49.4, 1.2]]) {
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    rect.setAttribute('class', name);
    rect.setAttribute('x', String(x));
    rect.setAttribute('width', String(width));
    rect.setAttribute('height', '10');
    svg.append(rect);
  }
  return svg;
}

export function overviewView(main, state) {
  let wanted = '';
  let shown = page;
  let dirty = false;
  const tiles = el('dl', { class: 'tiles' });
  const body = el('tbody');
  const more = el('button', { type: 'button', onclick: () => { shown += page; draw(); } });
  const empty = el('p', { class: 'empty' });
  const search = el('input', {
    type: 'search', id: 'filter', placeholder: 'Filter by name', 'aria-label': 'Filter series by name',
    oninput: event => { wanted = event.target.value.toLowerCase(); shown = page; draw(); },
  });
  const table = el('table', { class: 'series' },
    el('caption', { class: 'unseen' }, 'Series, those in trouble first'),
    el('thead', null, el('tr', null, ['Series', 'Pipeline', 'State', 'Score against threshold', 'Last sample'].map(name => el('th', { scope: 'col' }, name)))),
    body);
  main.append(
    el('h1', { class: 'unseen' }, 'Overview'), tiles,
    el('section', { class: 'card' }, el('div', { class: 'bar' }, el('h2', null, 'Series'), search), el('div', { class: 'scroll' }, table), empty, more));

  function drawTiles(rows) {
    const count = (...states) => rows.filter(row => states.includes(row.state)).length;
    const open = state.alerts.filter(row => row.alert.state !== 'resolved').length;
    const marked = state.alerts.filter(row => row.verdict !== null);
    const right = marked.filter(row => row.verdict === 'confirmed').length;
    const newest = rows.reduce((latest, row) => Math.max(latest, row.at), 0);
    const tile = (name, value, detail, tone) => el('div', { class: tone ? `tile ${tone}` : 'tile' }, el('dt', null, name), el('dd', null, value), el('dd', { class: 'detail' }, detail));
    fill(tiles,
      tile('Open alerts', open, open === 0 ? 'all is normal' : `in ${plural(count('critical', 'warning', 'info'), 'series', 'series')}`, open > 0 ? 'alarm' : ''),
      tile('Series', rows.length, `${count('active', 'critical', 'warning', 'info')} scored, ${count('warming', 'training')} learning, ${count('silent')} silent`),
      tile('Newest sample', newest ? `${duration(serviceNow() - newest)} ago` : '–', 'by event time'),
      tile('Marked alerts', marked.length, marked.length === 0 ? 'none yet' : `${right} confirmed, ${marked.length - right} not`));
  }

  function draw() {
    dirty = false;
    const rows = [...state.rows.values()];
    const found = rows.filter(row => row.series.toLowerCase().includes(wanted))
      .sort((a, b) => (order[a.state] ?? 9) - (order[b.state] ?? 9) || a.pipeline.localeCompare(b.pipeline) || a.series.localeCompare(b.series, undefined, { numeric: true }));
    drawTiles(rows);
    fill(body, found.slice(0, shown).map(row => el('tr', null,
      el('th', { scope: 'row' }, el('a', { href: `#/series?${query({ pipeline: row.pipeline, series: row.series })}` }, row.series)),
      el('td', { 'data-name': 'Pipeline' }, row.pipeline),
      el('td', { 'data-name': 'State' }, badge(row.state), row.warmupMinutes ? ` ${duration(60000 * row.warmupMinutes)} left` : ''),
      el('td', { 'data-name': 'Score', class: 'score' }, meter(row), el('span', { class: 'figures' }, row.score === null ? '–' : `${number(row.score)} / ${number(row.threshold)}`)),
      el('td', { 'data-name': 'Last sample' }, row.at ? `${duration(serviceNow() - row.at)} ago` : '–'))));
    more.hidden = found.length <= shown;
    say(more, `Show ${Math.min(page, found.length - shown)} more of ${found.length}`);
    empty.hidden = found.length > 0;
    say(empty, rows.length === 0 ? 'No series has sent a sample yet.' : 'No series has this name.');
  }

  draw();
  const timer = setInterval(() => { if (dirty && !document.hidden && !body.contains(document.activeElement)) draw(); }, 1000);
  return { overview: () => { dirty = true; }, alerts: () => { dirty = true; }, close: () => clearInterval(timer) };
}
