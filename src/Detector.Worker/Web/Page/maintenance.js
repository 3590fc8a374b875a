// Times in which series are worked on.

import { get, post, remove } from './api.js';
import { el, fill, say } from './dom.js';
import { moment } from './format.js';
import { serviceNow } from './service.js';

const local = at => new Date(at - new Date(at).getTimezoneOffset() * 60000).toISOString().slice(0, 16);

export function maintenanceView(main, state) {
  const list = el('div');
  const wrong = el('p', { class: 'wrong', role: 'alert', hidden: true });
  const field = (id, name, attributes) => [el('label', { for: id }, name), el('input', { id, name: id, required: true, ...attributes })];
  const now = serviceNow();
  const form = el('form', { class: 'card form', onsubmit: enter },
    el('h2', null, 'Enter maintenance'),
    el('p', { class: 'facts' }, 'Nothing is told of these series, and nothing learned from them, while it lasts. Patterns may hold * and ?.'),
    el('div', { class: 'fields' },
      el('div', null, field('pipelines', 'Pipelines', { value: '*', maxlength: 256 })),
      el('div', null, field('series', 'Series', { value: '*', maxlength: 256 })),
      el('div', null, field('from', 'From', { type: 'datetime-local', value: local(now) })),
      el('div', null, field('to', 'To', { type: 'datetime-local', value: local(now + 3600000) })),
      el('div', { class: 'wide' }, el('label', { for: 'comment' }, 'Comment'), el('input', { id: 'comment', name: 'comment', maxlength: 500 }))),
    wrong, el('button', { type: 'submit', class: 'primary' }, 'Enter'));
  main.append(el('h1', null, 'Maintenance'), form, list);

  async function enter(event) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    await attempt(() => post('/api/v1/maintenance', {
      pipelines: values.pipelines, series: values.series, comment: values.comment, from: new Date(values.from).toISOString(), to: new Date(values.to).toISOString(),
    }));
  }

  async function attempt(action) {
    try {
      await action();
      wrong.hidden = true;
      await load();
    } catch (error) {
      wrong.hidden = false;
      say(wrong, error.message);
    }
  }

  async function load() {
    const windows = await get('/api/v1/maintenance');
    fill(list, windows.length === 0 ? el('p', { class: 'card empty' }, 'Nothing is entered. Calendars and times of the configuration hold beside what is entered here.')
      : windows.reverse().map(window => el('article', { class: 'card window' },
        el('div', null,
          el('h3', null, `${window.series} in ${window.pipelines === '*' ? 'all pipelines' : window.pipelines}`),
          el('p', { class: 'facts' }, `${moment(window.from)} to ${moment(window.to)}`, window.comment ? ` · ${window.comment}` : '')),
        el('button', { type: 'button', onclick: () => attempt(() => remove(`/api/v1/maintenance/${encodeURIComponent(window.id)}`)) }, 'Remove'))));
  }

  attempt(async () => {});
  return {};
}
