// What is known of the service: its series, its alerts and its clock. Views read it; who must know of new alerts listens to them.

import { get } from './api.js';

export const state = { overview: { version: '', now: 0, missing: [], pipelines: [], series: [] }, rows: new Map(), alerts: [], received: 0 };

const alerts = new EventTarget();
let refreshing = null;
let fresh = false;

const rowKey = row => `${row.pipeline}\n${row.series}`;

/** The service's clock, as far as is known here. */
export const serviceNow = () => state.overview.now + (performance.now() - state.received);

export const onAlerts = handler => alerts.addEventListener('change', handler);

/** Fetches every series; fails where the service is not there. */
export async function load() {
  const overview = await get('/api/v1/overview');
  state.overview = overview;
  state.received = performance.now();
  for (const row of overview.series) state.rows.set(rowKey(row), row);
}

/** The first news of a connection are of every series: what is not among them is watched no longer. */
export function begin() {
  fresh = true;
}

export function update(change) {
  state.overview.now = change.now;
  state.overview.missing = change.missing;
  state.received = performance.now();
  if (fresh) state.rows.clear();
  fresh = false;
  for (const row of change.series) {
    if (row.state === 'gone') state.rows.delete(rowKey(row));
    else state.rows.set(rowKey(row), row);
  }
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
    alerts.dispatchEvent(new Event('change'));
  })();
  return round.done;
}
