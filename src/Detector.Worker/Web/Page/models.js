// Stored models: how they were trained, what normal scores look like, and where their codes lie.

import { get, post, query } from './api.js';
import { axis, colour, draw } from './charts.js';
import { el, fill } from './dom.js';
import { moment, number, percent } from './format.js';

export function modelsView(main, state, parameters) {
  const list = el('div', { class: 'scroll' });
  const detail = el('div');
  const charts = [];
  main.append(el('h1', null, 'Models'), el('section', { class: 'card' }, list), detail);

  async function load() {
    try {
      const rows = (await get('/api/v1/models')).sort((a, b) => a.pipeline.localeCompare(b.pipeline) || a.series.localeCompare(b.series, undefined, { numeric: true }) || b.version.localeCompare(a.version));
      const wanted = rows.find(row => row.pipeline === parameters.get('pipeline') && row.series === parameters.get('series') && row.version === parameters.get('version')) ?? rows.find(row => row.serves) ?? rows[0];
      fill(list, rows.length === 0 ? el('p', { class: 'empty' }, 'No model is stored yet.') : el('table', null,
        el('caption', { class: 'unseen' }, 'Stored models'),
        el('thead', null, el('tr', null, ['Series', 'Pipeline', 'Version', 'Trained', 'Networks', 'State'].map(name => el('th', { scope: 'col' }, name)))),
        el('tbody', null, rows.map(row => el('tr', { class: row === wanted ? 'chosen' : null },
          el('th', { scope: 'row' }, row.refusal ? row.series : el('a', { href: `#/models?${query({ pipeline: row.pipeline, series: row.series, version: row.version })}`, 'aria-current': row === wanted ? 'true' : null }, row.series === '*' ? 'all series' : row.series)),
          el('td', { 'data-name': 'Pipeline' }, row.pipeline), el('td', { 'data-name': 'Version' }, row.version),
          el('td', { 'data-name': 'Trained' }, row.createdAt ? moment(row.createdAt) : '–'), el('td', { 'data-name': 'Networks' }, row.networks.join(', ')),
          el('td', { 'data-name': 'State' }, row.refusal ? `refused: ${row.refusal}` : row.serves ? 'in service' : ['kept ', act('Put into service', 'serve', row)]))))));
      if (wanted && !wanted.refusal) {
        show(await get(`/api/v1/models/detail?${query({ pipeline: wanted.pipeline, series: wanted.series, version: wanted.version })}`));
        const made = wanted.serves ? await decisions(wanted) : null;
        if (wanted.retrains) detail.append(el('p', { class: 'acts' }, act('Learn anew', 'retrain', wanted)));
        if (made) detail.append(made);
      }
    } catch (error) {
      fill(detail, el('p', { class: 'card empty' }, error.message));
    }
  }

  function act(name, what, row) {
    return el('button', { type: 'button', 'aria-label': `${name}: ${row.series} ${row.version}`, onclick: async event => {
      event.target.disabled = true;
      try {
        await post(`/api/v1/models/${what}`, { pipeline: row.pipeline, series: row.series, ...(what === 'serve' ? { version: row.version } : {}), by: 'page' });
        await load();
      } catch (error) {
        fill(detail, el('p', { class: 'card empty' }, error.message));
      }
    } }, name);
  }

  async function decisions(row) {
    const made = await get(`/api/v1/models/decisions?${query({ pipeline: row.pipeline, series: row.series })}`);
    return made.length === 0 ? null : el('section', { class: 'card scroll' }, el('table', null,
      el('caption', null, 'Decisions, the newest first'),
      el('thead', null, el('tr', null, ['When', 'Why', 'Outcome', 'Version', 'Reason'].map(name => el('th', { scope: 'col' }, name)))),
      el('tbody', null, made.slice(0, 20).map(decision => el('tr', null,
        el('td', { 'data-name': 'When' }, moment(decision.at)), el('td', { 'data-name': 'Why' }, decision.trigger), el('td', { 'data-name': 'Outcome' }, decision.outcome.replace('_', ' ')),
        el('td', { 'data-name': 'Version' }, decision.challenger ?? '–'), el('td', { 'data-name': 'Reason' }, decision.reason))))));
  }

  function figure(title, words, height, options, data) {
    const box = el('div', { class: 'plot', role: 'img', 'aria-label': `${title}: ${words}` });
    const card = el('figure', { class: 'card' }, el('figcaption', null, el('h3', null, title), el('span', { class: 'facts' }, words)), box);
    return { card, draw: () => charts.push(draw(box, height, options, data)) };
  }

  const plain = { scales: { x: { time: false } }, cursor: { y: false } };
  const wide = values => values.length > 0 && Math.min(...values) > 0 && Math.max(...values) > 8 * Math.min(...values);

  function losses(network, every) {
    const count = network.validationLoss.length;
    if (count < 2) return null;
    const steps = network.validationLoss.map((_, i) => (i === count - 1 ? network.steps : Math.max(1, (Math.ceil(network.steps / every) - (count - 1 - i)) * every)));
    return figure(`Training of ${network.network}`, `best ${number(network.bestLoss)} at step ${network.bestStep}; solid training, dashed validation`, 200, {
      ...plain, scales: { x: { time: false }, y: { distr: wide([...network.trainingLoss, ...network.validationLoss]) ? 3 : 1 } }, axes: [axis({ size: 28 }), axis()],
      series: [{}, { stroke: colour.value, width: 1.5, points: { show: false } }, { stroke: colour.second, width: 1.5, dash: [5, 4], points: { show: false } }],
    }, [steps, network.trainingLoss, network.validationLoss]);
  }

  function mark(at) {
    return { hooks: { draw: plot => {
      const x = plot.valToPos(at, 'x', true);
      const { top, height } = plot.bbox;
      plot.ctx.save();
      plot.ctx.strokeStyle = colour.alarm;
      plot.ctx.lineWidth = 1.5 * devicePixelRatio;
      plot.ctx.setLineDash([6, 4]);
      plot.ctx.beginPath();
      plot.ctx.moveTo(x, top);
      plot.ctx.lineTo(x, top + height);
      plot.ctx.stroke();
      plot.ctx.restore();
    } } };
  }

  function scores(distribution) {
    const bins = distribution.counts.length;
    const low = distribution.from ?? 0;
    const width = (distribution.to - low) / bins;
    return figure('Scores of held-out windows', `threshold ${number(distribution.threshold)}, dashed`, 200, {
      ...plain, plugins: [mark(distribution.threshold)], axes: [axis({ size: 28 }), axis()], scales: { x: { time: false, range: (_, from, to) => [from, Math.max(to, 1.05 * distribution.threshold)] } },
      series: [{}, { stroke: colour.value, fill: colour.band, width: 1, paths: uPlot.paths.bars({ size: [0.9, 100] }), points: { show: false } }],
    }, [distribution.counts.map((_, i) => low + (i + 0.5) * width), distribution.counts]);
  }

  function tail(distribution) {
    const points = distribution.fitted.length;
    if (points < 2) return null;
    const positive = values => values.map(value => (value > 0 ? value : null));
    return figure('Tail of the scores', 'share of windows above a score; solid observed, dashed fitted', 200, {
      ...plain, plugins: [mark(distribution.threshold)], axes: [axis({ size: 28 }), axis({ values: (_, splits) => splits.map(value => (value && Number.isInteger(Math.log10(value)) ? value.toExponential(0) : '')) })],
      scales: { x: { time: false }, y: { distr: 3 } },
      series: [{}, { stroke: colour.value, width: 1.5, points: { show: false } }, { stroke: colour.second, width: 1.5, dash: [5, 4], points: { show: false } }],
    }, [distribution.fitted.map((_, i) => distribution.tailFrom + ((distribution.to - distribution.tailFrom) * i) / (points - 1)), positive(distribution.observed), positive(distribution.fitted)]);
  }

  function codes(latent) {
    const rank = latent.x.map((x, i) => [x, latent.y[i]]).sort((a, b) => a[0] - b[0]);
    return figure(`Codes of ${latent.network}`, `${latent.size} dimensions; ${percent(latent.first)} and ${percent(latent.second)} of their variance`, 240, {
      scales: { x: { time: false } }, cursor: { show: false }, axes: [axis({ size: 28 }), axis()],
      series: [{}, { stroke: colour.value, paths: () => null, points: { show: true, size: 5, fill: colour.value, width: 0 } }],
    }, [rank.map(point => point[0]), rank.map(point => point[1])]);
  }

  function show(model) {
    for (const chart of charts.splice(0)) chart.close();
    const figures = [
      ...(model.report ? model.report.networks.map(network => losses(network, model.report.lookEvery)) : []),
      ...(model.diagnostics ? [scores(model.diagnostics.scores), tail(model.diagnostics.scores), ...model.diagnostics.latents.map(codes)] : []),
    ].filter(Boolean);
    const report = model.report;
    fill(detail,
      el('h2', null, model.row.series === '*' ? `All series of ${model.row.pipeline}` : model.row.series),
      el('p', { class: 'facts' }, report ? `${report.trainingWindows} windows to learn from, ${report.validationWindows} held out, ${report.seconds.toFixed(1)} s. ${report.threshold}` : 'How it was trained was not kept.'),
      el('div', { class: 'figures-grid' }, figures.map(item => item.card)));
    for (const item of figures) item.draw();
  }

  load();
  return { close: () => { for (const chart of charts) chart.close(); } };
}
