/** Sums of checks: overall and in groups, as Markdown, and the failures of each bar. */

/** The bars, in its order; the others are shown below them. */
export const HEADLINES = {
  kind: 0.95,
  'title and axis labels exact': 0.9,
  'axis scale within 1 %': 0.95,
  'line within 1 %': 0.95,
  'bar heights within 1 %': 0.95,
  'scatter points found': 0.9,
};
const GROUPS = ['library', 'kind', 'style', 'dpi'];

const addTo = (sums, key, check) => {
  const sum = sums.get(key) ?? { right: 0, of: 0 };
  sum.right += check.right;
  sum.of += check.of;
  sums.set(key, sum);
};
const share = (sum) => (sum?.of ? `${((100 * sum.right) / sum.of).toFixed(1)} % (${sum.right}/${sum.of})` : '-');
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function sumBars(plots) {
  const sums = new Map();
  for (const { checks } of plots) {
    for (const check of checks) {
      addTo(sums, check.bar, check);
      if (check.detail) addTo(sums, check.detail, check);
    }
  }
  return sums;
}

/** Markdown: overall, then one table a group with the headline bars. */
export function report(plots) {
  const sums = sumBars(plots);
  const rows = [...new Set([...Object.keys(HEADLINES), ...[...sums.keys()].sort()])].filter((bar) => sums.has(bar));
  const wanted = (bar) => (HEADLINES[bar] ? `${HEADLINES[bar] * 100} %` : '');
  const lines = [`## ${plots.length} plots`, '', '| what | right | bar |', '|---|---|---|'];
  for (const bar of rows) lines.push(`| ${bar} | ${share(sums.get(bar))} | ${wanted(bar)} |`);
  lines.push('', ...numbers(plots));
  for (const group of GROUPS) lines.push('', ...groupTable(plots, group));
  return lines.join('\n');
}

function numbers(plots) {
  const errors = plots.flatMap((plot) =>
    plot.checks.filter((check) => check.bar === 'line within 1 %').map((check) => check.error),
  );
  const times = plots.map((plot) => plot.milliseconds);
  return [
    errors.length
      ? `Median over line series of their median errors: ${(middle(errors) * 100).toFixed(3)} % of the axis span.`
      : '',
    `Median time a plot: ${middle(times)?.toFixed(0)} ms; slowest ${Math.max(...times).toFixed(0)} ms. Errors thrown: ${plots.filter((plot) => plot.crash).length}.`,
  ];
}

function groupTable(plots, group) {
  const bars = Object.keys(HEADLINES);
  const values = [...new Set(plots.map((plot) => String(plot.truth[group] ?? '-')))].sort();
  const rows = values.map((value) => {
    const part = plots.filter((plot) => String(plot.truth[group] ?? '-') === value);
    const sums = sumBars(part);
    return `| ${value} | ${part.length} | ${bars.map((bar) => share(sums.get(bar))).join(' | ')} |`;
  });
  return [`| ${group} | plots | ${bars.join(' | ')} |`, `|---|---|${bars.map(() => '---|').join('')}`, ...rows];
}

/** One line a failure, by bar: "file: note". */
export function failures(plots) {
  const lists = {};
  const add = (bar, line) => {
    lists[bar] = [...(lists[bar] ?? []), line];
  };
  for (const { truth, checks, crash } of plots) {
    if (crash) add('errors thrown', `${truth.file}: ${crash}`);
    for (const check of checks) {
      if (check.right < check.of && check.note) add(check.bar, `${truth.file}: ${check.note}`);
    }
  }
  return lists;
}
