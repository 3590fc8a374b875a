// One series: each feature with what was expected of it, the score under them, and what made it up under the pointer.

import { alertCard } from './alerts.js';
import { get, query } from './api.js';
import { badge } from './badge.js';
import { axis, colour, draw, shading, timeAxis } from './charts.js';
import { el, fill, say } from './dom.js';
import { duration, moment, number, percent } from './format.js';
import { serviceNow } from './service.js';

const mostPoints = 720;
const mostFeatures = 12;

export function seriesView(main, state, parameters) {
  const names = { pipeline: parameters.get('pipeline') ?? '', series: parameters.get('series') ?? '' };
  const title = el('div', { class: 'title' });
  const facts = el('p', { class: 'facts' });
  const plots = el('div', { class: 'plots' });
  const hover = el('aside', { class: 'card hover', 'aria-live': 'off' });
  const alerts = el('div', { class: 'alerts' });
  main.append(
    el('p', { class: 'crumbs' }, el('a', { href: '#/' }, 'Overview'), ' / ', names.pipeline),
    title, facts,
    el('div', { class: 'split' }, el('section', { class: 'card', 'aria-label': 'Features, score and threshold over time' }, plots), hover),
    el('section', null, el('h2', null, 'Alerts of this series'), alerts));

  let detail = null;
  let charts = [];
  let cursor = null;
  let closed = false;

  const mine = () => state.alerts.filter(row => row.alert.pipeline === names.pipeline && row.alert.series === names.series);
  const row = () => state.rows.get(`${names.pipeline}\n${names.series}`) ?? detail?.row;
  const stretches = () => mine().filter(({ alert }) => alert.kind === 'anomaly')
    .map(({ alert }) => [Date.parse(alert.startedAt) / 1000, Date.parse(alert.endedAt ?? alert.updatedAt) / 1000]);

  function heading() {
    const now = row();
    fill(title, el('h1', null, names.series), now ? badge(now.state) : null);
    const parts = [];
    if (now && now.score !== null) parts.push(`Score ${number(now.score)} against a threshold of ${number(now.threshold)}`, `last sample ${duration(serviceNow() - now.at)} ago`);
    if (detail?.model) parts.push(`model ${detail.model}`);
    say(facts, parts.join(' · '));
  }

  /** Features by their largest share while the score was above the threshold, or ever. */
  function ranked() {
    const weight = feature => feature.contribution.reduce((sum, share, i) => sum + (share ?? 0) * (detail.score[i] > detail.threshold[i] ? 1 : 0.001), 0);
    return [...detail.features].sort((a, b) => weight(b) - weight(a));
  }

  function build() {
    for (const chart of charts) chart.close();
    charts = [];
    fill(plots);
    if (!detail || detail.at.length === 0) {
      plots.append(el('p', { class: 'empty' }, detail && !detail.recorded
        ? 'The memory for histories is used up by other series; Http:History bounds it.'
        : 'Nothing to show yet: the series is being learned, or its window is filling.'));
      fill(hover);
      return;
    }
    const x = detail.at.map(at => at / 1000);
    const sync = { key: 'series', setSeries: false };
    const cursorOptions = { sync, y: false, points: { size: 6 }, drag: { x: true, y: false, setScale: true } };
    const shown = ranked().slice(0, mostFeatures);
    for (const feature of shown) {
      const box = el('div', { class: 'plot', role: 'img', 'aria-label': `${feature.name}: measured, expected and its band` });
      plots.append(el('h3', null, feature.name), box);
      const chart = draw(box, 120, {
        cursor: cursorOptions, plugins: [shading(stretches)], scales: { x: { time: true } },
        axes: [{ ...timeAxis(), show: false }, axis()],
        bands: [{ series: [2, 1], fill: colour.band }],
        series: [{}, { stroke: 'transparent', points: { show: false } }, { stroke: 'transparent', points: { show: false } },
          { stroke: colour.expected, width: 1.25, dash: [5, 4], points: { show: false } }, { stroke: colour.value, width: 1.5, points: { show: false } }],
        hooks: { setCursor: [plot => { if (plot.cursor.idx !== cursor) { cursor = plot.cursor.idx; explain(); } }] },
      }, [x, feature.low, feature.high, feature.expected, feature.value]);
      charts.push({ ...chart, columns: () => { const now = detail.features.find(other => other.name === feature.name); return [now.low, now.high, now.expected, now.value]; } });
    }
    const box = el('div', { class: 'plot', role: 'img', 'aria-label': 'Score and threshold' });
    plots.append(el('h3', null, 'Score and threshold'), box);
    const chart = draw(box, 150, {
      cursor: cursorOptions, plugins: [shading(stretches)], scales: { x: { time: true } }, axes: [timeAxis(), axis()],
      series: [{}, { stroke: colour.alarm, width: 1.25, dash: [6, 4], points: { show: false } }, { stroke: colour.ink, width: 1.5, points: { show: false } }],
      hooks: { setCursor: [plot => { if (plot.cursor.idx !== cursor) { cursor = plot.cursor.idx; explain(); } }] },
    }, [x, detail.threshold, detail.score]);
    charts.push({ ...chart, columns: () => [detail.threshold, detail.score] });
    if (detail.features.length > shown.length)
      plots.append(el('p', { class: 'empty' }, `The ${shown.length} features that count most, of ${detail.features.length}.`));
    plots.append(el('ul', { class: 'legend' },
      el('li', { class: 'value' }, 'measured'), el('li', { class: 'expected' }, 'expected'), el('li', { class: 'band' }, 'normal band'),
      el('li', { class: 'threshold' }, 'threshold'), el('li', { class: 'area' }, 'alert')));
    explain();
  }

  /** Shares of the score at the pointer, or now. */
  function explain() {
    if (!detail || detail.at.length === 0) return;
    const i = cursor ?? detail.at.length - 1;
    const above = detail.score[i] > detail.threshold[i];
    const parts = detail.features.map(feature => ({ feature, share: feature.contribution[i] ?? 0 })).sort((a, b) => b.share - a.share).slice(0, 8);
    fill(hover,
      el('h2', null, cursor === null ? 'Now' : 'At the pointer'),
      el('p', { class: 'facts' }, moment(detail.at[i])),
      el('p', { class: above ? 'reading above' : 'reading' }, el('strong', null, number(detail.score[i])), ` of ${number(detail.threshold[i])}`),
      el('ol', { class: 'shares' }, parts.map(({ feature, share }) => el('li', null,
        el('span', { class: 'name' }, feature.name), el('span', { class: 'share' }, percent(share)),
        el('progress', { max: 1, value: share, 'aria-label': `share of ${feature.name}` }),
        el('span', { class: 'detail' }, `${number(feature.value[i])}, expected ${number(feature.expected[i])}`)))));
  }

  function drawAlerts() {
    const rows = mine();
    fill(alerts, rows.length === 0 ? el('p', { class: 'empty' }, 'None among the latest.') : rows.slice(0, 20).map(alert => alertCard(alert, false)));
  }

  function append(more) {
    const joined = !detail || detail.model !== more.model || detail.features.length !== more.features.length || detail.at.length === 0;
    if (joined) {
      load();
      return;
    }
    // The last stretch may be told again by a sample with a higher score.
    const keep = detail.at.findIndex(at => at >= more.at[0]);
    const end = keep < 0 ? detail.at.length : keep;
    const start = Math.max(0, end + more.at.length - mostPoints);
    const join = (old, fresh) => [...old.slice(start, end), ...fresh];
    for (const name of ['at', 'score', 'threshold']) detail[name] = join(detail[name], more[name]);
    detail.features.forEach((feature, f) => {
      for (const name of ['value', 'expected', 'low', 'high', 'contribution']) feature[name] = join(feature[name], more.features[f][name]);
    });
    detail.row = more.row;
    const x = detail.at.map(at => at / 1000);
    const zoomed = charts[0] && (charts[0].plot.scales.x.min > charts[0].plot.data[0][0] || charts[0].plot.scales.x.max < charts[0].plot.data[0].at(-1));
    for (const chart of charts) chart.plot.setData([x, ...chart.columns()], !zoomed);
    heading();
    if (cursor === null) explain();
  }

  async function load() {
    try {
      detail = await get(`/api/v1/series?${query(names)}`);
    } catch (error) {
      if (!closed) fill(plots, el('p', { class: 'empty' }, error.message));
      return;
    }
    if (closed) return;
    heading();
    build();
  }

  heading();
  drawAlerts();
  load();
  return {
    points: append,
    overview: heading,
    alerts: () => { drawAlerts(); for (const chart of charts) chart.plot.redraw(false); },
    close: () => { closed = true; for (const chart of charts) chart.close(); },
  };
}
