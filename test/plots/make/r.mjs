/** Draws plots with R, ggplot2 or base graphics: node r.mjs ggplot2|base OUT FIRST_SEED COUNT. One R run a batch. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { planFor } from './plan.mjs';
import { randomFrom } from './random.mjs';

const KINDS = {
  ggplot2: [
    'line',
    'line',
    'line',
    'scatter',
    'scatter',
    'bar',
    'bar',
    'bar',
    'step',
    'area',
    'errorbar',
    'histogram',
    'box',
    'heatmap',
  ],
  base: ['line', 'line', 'scatter', 'bar', 'step', 'histogram', 'box'],
};
const SHAPES = { circle: 16, square: 15, triangle: 17 };
const LEGENDS = { right: 'right', top: 'top', bottom: 'bottom', none: 'none' };
const BASE_COLORS = ['black', 'red3', 'blue3', 'darkgreen', 'orange2'];

const text = (value) => JSON.stringify(value ?? '');
const numbers = (list) => `c(${list.map((value) => (Number.isFinite(value) ? String(value) : 'NA')).join(',')})`;
const names = (list) => `c(${list.map(text).join(',')})`;
const labels = (plan) =>
  `labs(title=${plan.title ? text(plan.title) : 'NULL'}, x=${plan.x.label ? text(plan.x.label) : 'NULL'}, y=${plan.y.label ? text(plan.y.label) : 'NULL'})`;

function frame(plan) {
  const rows = plan.series.flatMap((series) =>
    series.points.map(([x, y], i) => ({ x, y, s: series.name ?? '', e: series.errors?.[i] ?? 0 })),
  );
  const category = plan.categories !== undefined;
  const x = category
    ? `factor(${names(rows.map((row) => row.x))}, levels=${names(plan.categories)})`
    : numbers(rows.map((row) => row.x));
  const time = plan.x.scale === 'time' ? `as.POSIXct(${x}/1000, origin="1970-01-01", tz="UTC")` : x;
  return `d <- data.frame(x=${time}, y=${numbers(rows.map((row) => row.y))}, s=factor(${names(rows.map((row) => row.s))}, levels=${names(plan.series.map((series) => series.name ?? ''))}), e=${numbers(rows.map((row) => row.e))})`;
}

const many = (plan) => plan.series.length > 1;
const samples = (plan) =>
  `d <- data.frame(x=factor(rep(${names(plan.categories)}, each=${plan.samples[0].length}), levels=${names(plan.categories)}), y=${numbers(plan.samples.flat())})`;

const GGPLOT = {
  line(plan, random) {
    const size = plan.look.lineWidth === 3 ? 1.2 : 0.5;
    const own = many(plan) ? '' : `, colour=${text(random.choice(['black', 'steelblue', 'firebrick']))}`;
    const dashes = plan.look.dashes && many(plan) ? ', linetype=s' : '';
    const points = plan.look.marker ? `+geom_point(shape=${SHAPES[plan.look.marker]}, size=2${own})` : '';
    const errors =
      plan.mode === 'errors' ? `+geom_errorbar(aes(ymin=y-e, ymax=y+e), width=0.2${own})+geom_point(size=2${own})` : '';
    return `${frame(plan)}; p <- ggplot(d, aes(x, y${many(plan) ? `, colour=s${dashes}` : ''}))+geom_line(linewidth=${size}${own})${points}${errors}`;
  },
  step: (plan) => `${frame(plan)}; p <- ggplot(d, aes(x, y${many(plan) ? ', colour=s' : ''}))+geom_step()`,
  scatter: (plan) =>
    `${frame(plan)}; p <- ggplot(d, aes(x, y${many(plan) ? ', colour=s' : ''}))+geom_point(shape=${SHAPES[plan.look.marker ?? 'circle']}, size=1.8)`,
  area: (plan) =>
    `${frame(plan)}; p <- ggplot(d, aes(x, y${many(plan) ? ', fill=s' : ''}))+geom_area(${many(plan) ? '' : 'fill="steelblue"'})`,
  bar(plan, random) {
    const [x, y] = plan.horizontal ? ['y', 'x'] : ['x', 'y'];
    const position = plan.mode === 'grouped' ? 'position="dodge"' : '';
    const fill = many(plan) ? ', fill=s' : '';
    const own = many(plan) ? position : `fill=${text(random.choice(['grey35', 'steelblue', 'tomato']))}`;
    return `${frame(plan)}; p <- ggplot(d, aes(x=${x}, y=${y}${fill}))+geom_col(${own})`;
  },
  histogram: (plan, random) =>
    `d <- data.frame(x=${numbers(plan.samples)}); p <- ggplot(d, aes(x))+geom_histogram(bins=${plan.bins}${random.choice(['', ', colour="white"', ', fill="steelblue", colour="black"'])})`,
  box: (plan, random) =>
    `${samples(plan)}; p <- ggplot(d, aes(x, y))+geom_boxplot(${random.choice(['', 'fill="lightblue"'])})`,
  heatmap: (plan) =>
    `d <- expand.grid(x=factor(${names(plan.categories)}, levels=${names(plan.categories)}), y=factor(${names(plan.rows)}, levels=${names(plan.rows)})); d$v <- ${numbers(plan.matrix.flat())}; p <- ggplot(d, aes(x, y, fill=v))+geom_tile()+labs(fill=NULL)`,
};

function ggplot(plan, random) {
  const theme = {
    default: 'theme_gray',
    dark: 'theme_dark',
    other: random.choice(['theme_bw', 'theme_minimal', 'theme_classic']),
  }[plan.look.theme];
  const { font, fontSize, grid } = plan.look;
  const extra = [
    `legend.position=${plan.kind === 'heatmap' ? '"right"' : LEGENDS[plan.legend] ? text(LEGENDS[plan.legend]) : plan.legend === 'inside' ? 'c(0.12,0.84)' : '"right"'}`,
  ];
  if (random.chance(0.6)) extra.push('legend.title=element_blank()');
  if (grid === false) extra.push('panel.grid=element_blank()');
  if (plan.look.theme === 'dark')
    extra.push(
      'plot.background=element_rect(fill="grey15")',
      'text=element_text(colour="grey90")',
      'axis.text=element_text(colour="grey80")',
      'legend.background=element_rect(fill="grey15")',
    );
  const log = [plan.x.scale === 'log' ? '+scale_x_log10()' : '', plan.y.scale === 'log' ? '+scale_y_log10()' : ''].join(
    '',
  );
  const family = font ? `, base_family=${text(font)}` : '';
  plan.style = theme;
  return `${GGPLOT[plan.kind](plan, random)}${log}+${labels(plan)}+${theme}(base_size=${fontSize ?? 11}${family})+theme(${extra.join(', ')}); print(p); truth_gg(p)`;
}

const base = {
  line: (plan, type = 'l') => baseCurves(plan, type),
  step: (plan) => baseCurves(plan, 's'),
  scatter: (plan) => baseCurves(plan, 'p'),
  bar(plan) {
    const rows = plan.series.map((series) => numbers(series.points.map(([, y]) => y))).join(',');
    const options = `names.arg=${names(plan.categories)}, beside=${plan.mode === 'stacked' ? 'FALSE' : 'TRUE'}, horiz=${plan.horizontal ? 'TRUE' : 'FALSE'}, las=1`;
    const legend = many(plan) ? `, legend.text=${names(plan.series.map((s) => s.name))}` : '';
    return `m <- rbind(${rows}); k <- gray.colors(nrow(m)); b <- barplot(m, col=k, ${options}${legend}, ${baseLabels(plan)}); truth_base(k, if (is.matrix(b)) colMeans(b) else b)`;
  },
  histogram: (plan) =>
    `h <- hist(${numbers(plan.samples)}, breaks=${plan.bins}, ${baseLabels(plan)}); truth_base("lightgray"); bins(h$mids, h$counts)`,
  box: (plan) =>
    `${samples(plan)}; b <- boxplot(y ~ x, data=d, ${baseLabels(plan)}); truth_base("lightgray", seq_along(b$names)); quart(b$stats[2,], b$stats[3,], b$stats[4,])`,
};

const baseLabels = (plan) => `main=${text(plan.title)}, xlab=${text(plan.x.label)}, ylab=${text(plan.y.label)}`;

function baseCurves(plan, type) {
  const log = `${plan.x.scale === 'log' ? 'x' : ''}${plan.y.scale === 'log' ? 'y' : ''}`;
  const marks = plan.series.map(
    (series, i) =>
      `points(d$x[d$s==${text(series.name)}], d$y[d$s==${text(series.name)}], type="${type}", col=k[${i + 1}], pch=${type === 'p' ? SHAPES[plan.look.marker ?? 'circle'] : 1}, lwd=${plan.look.lineWidth ?? 1}, lty=${plan.look.dashes ? i + 1 : 1})`,
  );
  const legend = many(plan)
    ? `legend(${text('topright')}, legend=${names(plan.series.map((s) => s.name))}, col=k, ${type === 'p' ? `pch=${SHAPES[plan.look.marker ?? 'circle']}` : `lty=${plan.look.dashes ? `1:${plan.series.length}` : 1}`})`
    : '';
  return `${frame(plan)}; k <- ${names(BASE_COLORS.slice(0, plan.series.length))}; plot(d$x, d$y, type="n", log="${log}", ${baseLabels(plan)}); ${plan.look.grid ? 'grid();' : ''} ${marks.join('; ')}; ${legend}; truth_base(k)`;
}

const PRELUDE = `
say <- function(key, v) cat(key, sprintf("%.17g", as.numeric(v)), "\\n", file=out, append=TRUE)
paint <- function(k) for (c in k) say("color", col2rgb(c)[,1])
bins <- function(x, n) { say("binx", x); say("binn", n) }
quart <- function(a, b, c) { say("q1", a); say("median", b); say("q3", c) }
truth_base <- function(k, at=NULL) {
  u <- par("usr"); x <- u[1:2]; y <- u[3:4]
  if (par("xlog")) x <- 10^x
  if (par("ylog")) y <- 10^y
  say("px", grconvertX(x, "user", "device")); say("py", grconvertY(y, "user", "device"))
  say("x", x); say("y", y); paint(k); if (!is.null(at)) say("at", at)
}
truth_gg <- function(p) {
  b <- ggplot_build(p); r <- b$layout$panel_params[[1]]
  grid::grid.force(); tree <- paste(capture.output(print(grid::current.vpTree())), collapse=" ")
  grid::seekViewport(regmatches(tree, regexpr("panel\\\\.[0-9-]+", tree)))
  at <- grid::deviceLoc(grid::unit(0:1, "npc"), grid::unit(0:1, "npc"), valueOnly=TRUE)
  say("px", at$x * res); say("py", high - at$y * res); say("x", r$x.range); say("y", r$y.range)
  d <- b$data[[1]]
  if ("group" %in% names(d)) { one <- d[!duplicated(d$group) & d$group > -2,]; one <- one[order(one$group),]
    fill <- "fill" %in% names(one) && !inherits(p$layers[[1]]$geom, "GeomPoint")
    if (!is.null(p$mapping$fill) || !is.null(p$mapping$colour)) { k <- if (fill) "fill" else "colour"; paint(unique(d[order(as.numeric(d$group)), k])) } else paint(if (fill) one$fill[1] else one$colour[1]) }
  if (inherits(p$layers[[1]]$stat, "StatBin")) bins(d$x, d$count)
  if (inherits(p$layers[[1]]$stat, "StatBoxplot")) quart(d$lower, d$middle, d$upper)
}
`;

function script(library, plan, out, dpi) {
  const random = randomFrom(plan.seed + 99);
  const [width, height] = [Math.round((plan.look.width * dpi) / 96), Math.round((plan.look.height * dpi) / 96)];
  const body = library === 'ggplot2' ? ggplot(plan, random) : base[plan.kind](plan);
  const open = `out <- ${text(`${out}.txt`)}; res <- ${dpi}; high <- ${height}; png(${text(`${out}.png`)}, width=${width}, height=${height}, res=${dpi}, type="cairo")`;
  const ground =
    library === 'base' && plan.look.theme === 'dark'
      ? 'par(bg="black", fg="white", col.axis="white", col.lab="white", col.main="white");'
      : '';
  return {
    width,
    height,
    code: `tryCatch({ ${open}; ${ground} ${ground ? body.replaceAll('"black"', '"white"').replaceAll('"blue3"', '"cyan"') : body} }, error=function(e) message(out, ": ", conditionMessage(e)), finally=dev.off())`,
  };
}

/** The lines that R wrote: key and numbers; `color` may repeat. */
function parse(file) {
  const said = { color: [] };
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const [key, ...values] = line.trim().split(/\s+/);
    if (key === 'color') said.color.push(values.map(Number));
    else said[key] = values.map(Number);
  }
  return said;
}

function axisTruth(axis, pixels, range, names, at, library) {
  if (axis.scale === 'category') {
    const pixel = (value) => pixels[0] + ((value - range[0]) / (range[1] - range[0])) * (pixels[1] - pixels[0]);
    const places = at ?? names.map((_, i) => i + 1);
    const categories = names.map((name, i) => ({ name, pixel: pixel(places[i]) }));
    const step = names.length > 1 ? categories[1].pixel - categories[0].pixel : 50;
    const ends = [-0.5, names.length - 0.5];
    return {
      label: axis.label,
      scale: 'category',
      range: ends,
      at: ends.map((v) => [categories[0].pixel + v * step, v]),
      categories,
    };
  }
  const factor = axis.scale === 'time' ? 1000 : 1;
  const values =
    axis.scale === 'log' && library === 'ggplot2' ? range.map((v) => 10 ** v) : range.map((v) => v * factor);
  return { label: axis.label, scale: axis.scale, range: values, at: values.map((v, i) => [pixels[i], v]) };
}

function truthOf(library, plan, said, { name, width, height, dpi }) {
  const [x, y] = [plan.x, plan.y];
  const xNames = plan.horizontal ? undefined : plan.categories;
  const yNames = plan.horizontal ? plan.categories : plan.rows;
  const panel = {
    kind: plan.kind,
    mode: plan.mode,
    title: plan.title,
    horizontal: plan.horizontal,
    legend: many(plan) && plan.legend !== 'none',
    x: axisTruth(x, said.px, said.x, xNames, plan.horizontal ? undefined : said.at, library),
    y: axisTruth(y, said.py, said.y, yNames, plan.horizontal ? said.at : undefined, library),
    series: plan.series.map((series, i) => ({
      ...series,
      color: said.color[i] ?? said.color[0] ?? [0, 0, 0],
      size: plan.kind === 'scatter' ? (5.5 * dpi) / 72 : undefined,
    })),
  };
  if (said.binx)
    panel.series = [{ name: null, color: said.color[0], points: said.binx.map((at, i) => [at, said.binn[i]]) }];
  if (said.q1)
    panel.boxes = plan.categories.map((category, i) => ({
      name: category,
      q1: said.q1[i],
      median: said.median[i],
      q3: said.q3[i],
    }));
  if (plan.kind === 'heatmap')
    Object.assign(panel, {
      cells: [...plan.matrix].reverse(),
      cellRange: [Math.min(...plan.matrix.flat()), Math.max(...plan.matrix.flat())],
    });
  return {
    file: `${name}.png`,
    seed: plan.seed,
    library: library === 'base' ? 'R' : 'ggplot2',
    style: plan.style ?? plan.look.theme,
    dpi,
    kind: plan.kind,
    width,
    height,
    panels: [panel],
  };
}

/** ggplot2 draws bars of a horizontal plan with the labels of the axes as planned: x is the value axis. */
export function drawInR(library, out, first, count) {
  mkdirSync(out, { recursive: true });
  const jobs = Array.from({ length: count }, (_, i) => {
    const plan = planFor(first + i, { kinds: KINDS[library] });
    const dpi = randomFrom(plan.seed + 5).choice([72, 72, 100, 150, 200, 300]);
    const name = `${library === 'base' ? 'r' : 'ggplot2'}-${plan.seed}`;
    return { plan, dpi, name, at: path.join(out, name), ...script(library, plan, path.join(out, name), dpi) };
  });
  const file = path.join(out, 'batch.R');
  for (const job of jobs) rmSync(`${job.at}.txt`, { force: true });
  writeFileSync(
    file,
    `${library === 'ggplot2' ? 'suppressMessages(library(ggplot2))' : ''}\n${PRELUDE}\n${jobs.map((job) => job.code).join('\n')}\n`,
  );
  const done = spawnSync('Rscript', [file], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`Rscript: ${done.stderr}`);
  for (const job of jobs) {
    try {
      writeFileSync(`${job.at}.json`, JSON.stringify(truthOf(library, job.plan, parse(`${job.at}.txt`), job)));
    } catch (error) {
      rmSync(`${job.at}.png`, { force: true });
      console.error(`${job.name} (${job.plan.kind}) left out: ${error.message}`);
    }
    rmSync(`${job.at}.txt`, { force: true });
  }
  rmSync(file);
  if (done.stderr.trim()) console.error(done.stderr.trim().split('\n').slice(0, 10).join('\n'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [library, out, first, count] = process.argv.slice(2);
  drawInR(library, out, Number(first), Number(count));
}
