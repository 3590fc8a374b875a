// The state of a series or an alert, as a word with a mark.

import { el } from './dom.js';

const words = { critical: 'Critical', warning: 'Warning', info: 'Info', silent: 'Silent', warming: 'Learning', training: 'Training', active: 'Normal' };

export const badge = state => el('span', { class: `badge ${state}` }, el('span', { class: 'mark', 'aria-hidden': 'true' }), words[state] ?? state);
