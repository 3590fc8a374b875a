// Alerts, those that belong together under one heading, and what people say of them.

import { post, query } from './api.js';
import { badge } from './badge.js';
import { el, fill } from './dom.js';
import { duration, moment, number, percent, plural } from './format.js';
import { refreshAlerts } from './service.js';

const verdicts = [['confirmed', 'Confirm', 'It was a fault'], ['no_anomaly', 'No anomaly', 'A false alarm: its like is not told again'], ['new_normal', 'New normal', 'A change that stays']];
const reasons = { silent: 'has fallen silent', stuck: 'repeats one value', feature_missing: 'lacks a feature', feature_new: 'has a new feature', wrong_type: 'sends no numbers' };

function feedback(row) {
  const status = el('span', { class: 'said', role: 'status' });
  const buttons = verdicts.map(([verdict, name, title]) => el('button', {
    type: 'button', title, 'data-verdict': verdict, 'aria-pressed': String(row.verdict === verdict),
    onclick: async () => {
      for (const button of buttons) button.disabled = true;
      try {
        await post(`/api/v1/alerts/${encodeURIComponent(row.alert.id)}/feedback`, { verdict, by: 'page' });
        await refreshAlerts();
      } catch (error) {
        status.textContent = error.message;
      }
      for (const button of buttons) button.disabled = false;
    },
  }, name));
  return el('div', { class: 'verdicts', role: 'group', 'aria-label': 'What was it?' }, buttons, status);
}

function feature(item) {
  const anomaly = Number.isFinite(item.contribution);
  return el('li', null,
    el('span', { class: 'name' }, item.name), anomaly ? el('span', { class: 'share' }, percent(item.contribution)) : null,
    anomaly ? el('progress', { max: 1, value: item.contribution, 'aria-label': `share of ${item.name}` }) : null,
    el('span', { class: 'detail' }, anomaly ? `${number(item.value)}, expected ${number(item.expected)}${item.limit === undefined ? '' : `, beyond the limit of ${number(item.limit)}`}` : number(item.value)));
}

export function alertCard(row, linked = true) {
  const { alert } = row;
  const open = alert.state !== 'resolved';
  const anomaly = alert.kind === 'anomaly';
  const lasted = Date.parse(alert.endedAt ?? alert.updatedAt) - Date.parse(alert.startedAt);
  const name = linked ? el('a', { href: `#/series?${query({ pipeline: alert.pipeline, series: alert.series })}` }, alert.series) : moment(alert.startedAt);
  return el('article', { class: open ? `card alert open ${alert.severity}` : `card alert ${alert.severity}`, 'data-id': alert.id, 'aria-label': `Alert of ${alert.series}` },
    el('header', null,
      el('h3', null, name, anomaly ? null : alert.kind === 'drift' ? ' is changing' : ` ${reasons[alert.reason] ?? 'sends bad data'}`),
      badge(alert.severity), el('span', { class: open ? 'state open' : 'state' }, open ? 'open' : 'resolved')),
    el('p', { class: 'facts' }, linked ? `${moment(alert.startedAt)} · ` : '', `${open ? 'for' : 'lasted'} ${duration(lasted)}`,
      anomaly ? ` · peak ${number(alert.peak.score)} of ${number(alert.threshold)}` : '', ` · ${alert.pipeline}`),
    alert.message ? el('p', null, alert.message) : null,
    el('ol', { class: 'shares' }, alert.features.slice(0, 4).map(feature)),
    anomaly || alert.drift === 'level' || alert.drift === 'recurrence' ? feedback(row) : null);
}

/** Alerts that began together under a heading of their own; those between them side by side. */
function blocks(groups) {
  const shown = [];
  let row = null;
  for (const members of groups) {
    if (members.length === 1) {
      if (row === null) shown.push(row = el('div', { class: 'alerts' }));
      row.append(alertCard(members[0]));
      continue;
    }
    row = null;
    shown.push(el('section', { class: 'group' }, el('h2', null, `${plural(members.length, 'alert', 'alerts')} that began together`),
      el('div', { class: 'alerts' }, members.map(member => alertCard(member)))));
  }
  return shown;
}

export function alertsView(main, state) {
  const list = el('div');
  let kind = 'all';
  const choices = [['all', 'All'], ['open', 'Open'], ['unmarked', 'Not marked']].map(([value, name]) => el('button', {
    type: 'button', 'aria-pressed': String(value === kind), 'data-kind': value,
    onclick: () => { kind = value; for (const choice of choices) choice.setAttribute('aria-pressed', String(choice.dataset.kind === kind)); draw(); },
  }, name));
  main.append(el('div', { class: 'bar' }, el('h1', null, 'Alerts'), el('div', { class: 'choices', role: 'group', 'aria-label': 'Which alerts' }, choices)), list);

  function draw() {
    const held = document.activeElement?.closest?.('article')?.dataset.id;
    const verdict = document.activeElement?.dataset?.verdict;
    const rows = state.alerts.filter(row => kind === 'all' || (kind === 'open' ? row.alert.state !== 'resolved' : row.verdict === null && row.alert.kind === 'anomaly'));
    const groups = Map.groupBy?.(rows, row => row.alert.group) ?? rows.reduce((map, row) => map.set(row.alert.group, [...(map.get(row.alert.group) ?? []), row]), new Map());
    fill(list, rows.length === 0
      ? el('p', { class: 'card empty' }, state.alerts.length === 0 ? 'No alert yet.' : 'None of this kind.')
      : blocks([...groups.values()]));
    if (held && verdict) list.querySelector(`article[data-id="${CSS.escape(held)}"] button[data-verdict="${CSS.escape(verdict)}"]`)?.focus();
  }

  draw();
  return { alerts: draw };
}
