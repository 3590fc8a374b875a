// Pictures of numbers over time, with uPlot. Colours come from the style sheet, so that light and dark are decided in one place.

import { date, number, shortTime, time } from './format.js';

const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const font = '12px system-ui, sans-serif';

export const colour = {
  get ink() { return style('--ink'); },
  get muted() { return style('--muted'); },
  get line() { return style('--line'); },
  get value() { return style('--value'); },
  get expected() { return style('--expected'); },
  get band() { return style('--band'); },
  get alarm() { return style('--alarm'); },
  get alarmArea() { return style('--alarm-area'); },
  get second() { return style('--second'); },
};

const tick = (at, step) => (step < 60 ? time(at * 1000) : step >= 86400 ? date(at * 1000) : shortTime(at * 1000));
export const timeAxis = () => ({ ...axis(), values: (_, splits, __, ___, step) => splits.map(at => tick(at, step)), space: 70, size: 28 });

export function axis(more) {
  return { stroke: colour.muted, font, grid: { stroke: colour.line, width: 1 }, ticks: { show: false }, values: (_, splits) => splits.map(value => (value === null ? '' : number(value))), size: 58, ...more };
}

/** Shades stretches of time. stretches: () => [[from, to], …] in seconds. */
export function shading(stretches) {
  return {
    hooks: {
      drawClear: plot => {
        const { left, top, width, height } = plot.bbox;
        plot.ctx.save();
        plot.ctx.fillStyle = colour.alarmArea;
        for (const [from, to] of stretches()) {
          const start = Math.max(left, plot.valToPos(from, 'x', true));
          const end = Math.min(left + width, plot.valToPos(to, 'x', true));
          if (end >= left && start <= left + width) plot.ctx.fillRect(start, top, Math.max(2 * devicePixelRatio, end - start), height);
        }
        plot.ctx.restore();
      },
    },
  };
}

/** Draws a plot that fills its box, and follows its width. Returns the plot; close() gives everything back. */
export function draw(box, height, options, data) {
  const width = () => Math.max(200, Math.floor(box.clientWidth));
  const plot = new uPlot({ width: width(), height, legend: { show: false }, padding: [8, 8, 0, 0], ...options }, data, box);
  const watch = new ResizeObserver(() => { if (Math.abs(plot.width - width()) > 1) plot.setSize({ width: width(), height }); });
  watch.observe(box);
  return { plot, close: () => { watch.disconnect(); plot.destroy(); } };
}
