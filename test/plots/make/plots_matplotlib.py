"""Draws plots with known data. Usage: plots_matplotlib.py OUT FIRST_SEED COUNT. One seed gives one PNG and one JSON.

The JSON holds what the picture shows: kind, texts, both axes (scale, two pixels with their values, range as displayed),
series in data units. Pixels: x right, y down, 0 at the outer edge of the first pixel.
"""
import json
import math
import random
import sys
from datetime import datetime, timedelta
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import to_rgb

WORDS = json.loads((Path(__file__).parent / "words.json").read_text())
STYLES = ["default", "default", "seaborn-v0_8", "ggplot", "dark_background", "bmh", "fivethirtyeight"]
KINDS = ["line", "line", "scatter", "scatter", "bar", "bar", "histogram", "pie", "box", "heatmap", "area", "step",
         "contour", "errorbar", "subplots"]


def rgb(color):
    return [round(255 * part) for part in to_rgb(color)]


def entry(name, color, points):
    """One series: points are [x or category, y]."""
    plain = [[x if isinstance(x, str) else float(x), float(y)] for x, y in points]
    return {"name": name, "color": rgb(color), "points": plain}


def curve(rng, count):
    """Smooth values of a random height; at least a tenth of their size in range."""
    t = np.linspace(0, 1, count)
    size = 10 ** rng.uniform(-1, 3.5)
    y = sum(rng.uniform(0.2, 1) / n * np.sin(2 * math.pi * n * t + rng.uniform(0, 6)) for n in (1, 2, 3))
    return size * (y + rng.uniform(-2, 3) * t + rng.choice([0, 3]))


def names_of(rng, count):
    return rng.sample(WORDS["names"], count)


def categories_of(rng, low, high):
    names = rng.choice(WORDS["categorySets"])
    count = min(len(names["names"]), rng.randint(low, high))
    if not names["ordered"]:
        return rng.sample(names["names"], count)
    first = rng.randint(0, len(names["names"]) - count)
    return names["names"][first : first + count]


def draw_line(rng, ax, step=False, count=None):
    count = count or rng.randint(1, 4)
    names = names_of(rng, count)
    points = rng.choice([8, 15, 40, 120])
    mode = "plain" if step else rng.choice(["plain", "plain", "plain", "logy", "logx", "date"])
    x = np.linspace(0, 10 ** rng.uniform(0, 3), points)
    dates = None
    if mode == "logx":
        x = np.logspace(0, rng.uniform(2, 4), points)
    if mode == "date":
        start = datetime(rng.randint(2005, 2023), rng.randint(1, 12), 1)
        dates = [start + timedelta(days=rng.choice([1, 7, 30]) * 0 + i * 7) for i in range(points)]
        x = np.array([(d - datetime(1970, 1, 1)).total_seconds() * 1000 for d in dates])
    marker = rng.choice([None, None, "o", "s", "^"]) if points <= 15 else None
    dashes = rng.random() < 0.25
    width = rng.choice([None, 1, 2.5])
    base = curve(rng, points)
    out = []
    for i, name in enumerate(names):
        y = base * rng.uniform(0.4, 1.4) + curve(rng, points) * 0 + np.ptp(base) * rng.uniform(-0.5, 0.5)
        if mode == "logy":
            y = 10 ** (rng.uniform(0, 1) + rng.uniform(1, 3) * np.linspace(0, 1, points) ** rng.uniform(0.6, 2))
        style = ["-", "--", ":", "-."][i] if dashes else "-"
        options = {"linestyle": style, "label": name}
        if width:
            options["linewidth"] = width
        if step:
            (line,) = ax.step(x, y, where=rng.choice(["pre", "post", "mid"]), **options)
        else:
            (line,) = ax.plot(dates if dates else x, y, marker=marker, **options)
        out.append(entry(name, line.get_color(), zip(x, y)))
    if mode == "logy":
        ax.set_yscale("log")
    if mode == "logx":
        ax.set_xscale("log")
    if count > 1 or rng.random() < 0.3:
        legend(rng, ax)
    return out


def legend(rng, ax):
    if rng.random() < 0.25:
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
    else:
        ax.legend(loc="best")


def draw_scatter(rng, ax):
    count = rng.randint(1, 3)
    out = []
    spread = np.random.default_rng(rng.randrange(2**31))
    points = rng.choice([8, 20, 40])
    marker = rng.choice(["o", "o", "s", "^", "D"])
    size = rng.choice([12, 20, 36])
    for name in names_of(rng, count):
        x = spread.uniform(0, 50, points)
        y = x * rng.uniform(-1, 2) + spread.normal(0, 12, points)
        mark = ax.scatter(x, y, s=size, marker=marker, label=name)
        series = entry(name, mark.get_facecolor()[0][:3], zip(x, y))
        series["size"] = size**0.5 * ax.figure.dpi / 72
        out.append(series)
    if count > 1:
        legend(rng, ax)
    return out


def draw_bar(rng, ax):
    cats = categories_of(rng, 3, 7)
    mode = rng.choice(["plain", "plain", "grouped", "stacked", "horizontal"])
    count = rng.randint(2, 3) if mode in ("grouped", "stacked") else 1
    at = np.arange(len(cats))
    size = 10 ** rng.uniform(0, 3)
    bottom = np.zeros(len(cats))
    out = []
    for i, name in enumerate(names_of(rng, count)):
        h = np.array([size * rng.uniform(0.15, 1) for _ in cats])
        label = name if count > 1 else None
        if mode == "horizontal":
            bars = ax.barh(at, h)
        elif mode == "stacked":
            bars = ax.bar(at, h, bottom=bottom, label=label)
            bottom += h
        elif mode == "grouped":
            bars = ax.bar(at + (i - (count - 1) / 2) * 0.8 / count, h, 0.8 / count, label=label)
        else:
            bars = ax.bar(at, h)
        out.append(entry(label, bars[0].get_facecolor()[:3], zip(cats, h)))
    (ax.set_yticks if mode == "horizontal" else ax.set_xticks)(at, cats)
    if count > 1:
        legend(rng, ax)
    return out, mode


def draw_errorbar(rng, ax):
    x = np.arange(1, rng.randint(6, 14))
    y = curve(rng, len(x))
    e = np.ptp(y) * np.array([rng.uniform(0.05, 0.15) for _ in x])
    box = ax.errorbar(x, y, yerr=e, fmt=rng.choice(["o-", "s-"]), capsize=3)
    series = entry(None, box[0].get_color(), zip(x, y))
    series["errors"] = e.tolist()
    return [series]


def draw_other(rng, kind, ax):
    noise = np.random.default_rng(rng.randrange(2**31))
    if kind == "histogram":
        h, edges, marks = ax.hist(noise.normal(rng.uniform(-5, 50), 10, 400), bins=rng.randint(8, 25))
        return [entry(None, marks[0].get_facecolor()[:3], zip((edges[1:] + edges[:-1]) / 2, h))]
    if kind == "pie":
        cats = categories_of(rng, 3, 6)
        share = [rng.uniform(5, 40) for _ in cats]
        wedges = ax.pie(share, labels=cats)[0]
        return [entry(c, w.get_facecolor()[:3], [(c, s / sum(share) * 100)]) for c, s, w in zip(cats, share, wedges)]
    if kind == "box":
        cats = categories_of(rng, 2, 5)
        data = [noise.normal(rng.uniform(10, 30), rng.uniform(2, 6), 80) for _ in cats]
        ax.boxplot(data)
        ax.set_xticks(range(1, len(cats) + 1), cats)
        quartiles = [np.percentile(d, [25, 50, 75]) for d in data]
        ax.truth_boxes = [{"name": c, "q1": q[0], "median": q[1], "q3": q[2]} for c, q in zip(cats, quartiles)]
        return [entry(None, "black", [(c, np.median(d)) for c, d in zip(cats, data)])]
    if kind == "heatmap":
        values = noise.uniform(0, 100, (rng.randint(4, 9), rng.randint(4, 9)))
        marks = ax.imshow(values, aspect="auto", cmap=rng.choice(["viridis", "magma", "coolwarm"]))
        ax.truth_cells = values.tolist()
        ax.grid(False)
        ax.figure.colorbar(marks)
        return []
    if kind == "contour":
        x, y = np.meshgrid(np.linspace(-3, 3, 80), np.linspace(-2, 2, 80))
        z = np.exp(-x**2 - y**2) - rng.uniform(0.3, 1) * np.exp(-(x - 1) ** 2 - (y - 1) ** 2)
        rng.choice([ax.contour, ax.contourf])(x, y, z)
        return []
    x = np.linspace(0, 20, 60)
    y = np.abs(curve(rng, 60)) + 1
    mark = ax.fill_between(x, 0, y)
    ax.set_ylim(bottom=0)
    return [entry(None, mark.get_facecolor()[0][:3], zip(x, y))]


def draw_none(rng, path):
    noise = np.random.default_rng(rng.randrange(2**31))
    w, h = rng.randint(200, 800), rng.randint(200, 600)
    mode = rng.choice(["noise", "gradient", "icon", "ui"])
    picture = noise.integers(0, 255, (h, w, 3)).astype(np.uint8)
    if mode == "gradient":
        t = np.add.outer(np.linspace(0, 1, h), np.linspace(0, 1, w)) / 2
        picture = (t[..., None] * np.array([200, 120, 90]) + noise.normal(0, 6, (h, w, 3)) + 20).clip(0, 255).astype(np.uint8)
    if mode == "icon":
        picture[:] = 250
        yy, xx = np.mgrid[:h, :w]
        picture[(xx - w / 2) ** 2 + (yy - h / 2) ** 2 < (min(w, h) / 3) ** 2] = [40, 110, 220]
    if mode == "ui":
        picture[:] = 240
        picture[:40] = [50, 60, 80]
        for i in range(60, h - 30, 45):
            picture[i:i + 28, 20:w - rng.randint(20, 150)] = 255
            picture[i + 6:i + 22, 28:44] = noise.integers(0, 255, 3)
    plt.imsave(path, picture)
    return mode


def axis_of(ax, which, height, category, date):
    """Scale, displayed range and two pixels with their values; time in milliseconds since 1970 UTC."""
    is_x = which == "x"
    low, high = ax.get_xlim() if is_x else ax.get_ylim()
    box = ax.get_window_extent()
    pixels = [box.x0, box.x1] if is_x else [height - box.y0, height - box.y1]
    day = 86400000 if date else 1
    scale = "category" if category else "time" if date else getattr(ax, f"get_{which}scale")()
    label = getattr(ax, f"get_{which}label")() or None
    names = {}
    if category:
        ticks = zip(ax.get_xticks() if is_x else ax.get_yticks(), ax.get_xticklabels() if is_x else ax.get_yticklabels())
        per = (pixels[1] - pixels[0]) / (high - low)
        names = {"categories": [{"name": text.get_text(), "pixel": float(pixels[0] + (at - low) * per)} for at, text in ticks]}
    return {**names, "label": label, "scale": scale, "range": [low * day, high * day],
            "at": [[float(pixels[0]), low * day], [float(pixels[1]), high * day]]}


def fit_title(ax, panel):
    """A title that the picture cuts off cannot be read: a short one instead."""
    box = ax.title.get_window_extent()
    if panel["title"] and (box.x0 < 2 or box.x1 > ax.figure.bbox.width - 2):
        panel["title"] = "Results"
        ax.set_title("Results")


def seen(patch, ax):
    """The colour of a see-through patch as it looks on its axes."""
    *color, alpha = patch.get_facecolor()
    ground = to_rgb(ax.get_facecolor())
    return [alpha * c + (1 - alpha) * g for c, g in zip(color, ground)]


def label_axes(rng, ax, kind):
    if kind == "pie":
        return
    x, y = rng.sample(WORDS["quantities"], 2)
    if kind not in ("heatmap",) and rng.random() < 0.9:
        ax.set_xlabel(x)
        ax.set_ylabel(y)
    grid = rng.choice([None, None, True, False])
    if grid is not None and kind != "heatmap":
        ax.grid(grid)


def draw(seed, out):
    rng = random.Random(seed)
    kind, style = rng.choice(KINDS), rng.choice(STYLES)
    name = f"mpl-{seed}"
    truth = {"file": f"{name}.png", "seed": seed, "library": "matplotlib", "style": style, "kind": kind, "panels": []}
    if kind == "none":
        truth["style"] = draw_none(rng, out / f"{name}.png")
        (out / f"{name}.json").write_text(json.dumps(truth))
        return
    plt.rcdefaults()
    with plt.style.context(style):
        plt.rcParams["font.family"] = rng.choice(["DejaVu Sans", "DejaVu Sans", "DejaVu Serif", "sans-serif"])
        dpi = rng.choice([72, 100, 100, 150, 200, 300])
        rows = 2 if kind == "subplots" else 1
        fig, axes = plt.subplots(1, rows, figsize=(rng.uniform(5, 8) * (1.5 if rows == 2 else 1), rng.uniform(3.6, 5.2)), dpi=dpi)
        for ax in np.atleast_1d(axes):
            truth["panels"].append(draw_panel(rng, ax, kind))
        fig.tight_layout()
        fig.canvas.draw()
        for ax, panel in zip(np.atleast_1d(axes), truth["panels"]):
            fit_title(ax, panel)
            height = int(fig.bbox.height)
            sideways = panel.pop("category")
            date = isinstance(ax.xaxis.get_major_locator(), mdates.AutoDateLocator)
            panel["x"] = axis_of(ax, "x", height, sideways == "x", date)
            panel["y"] = axis_of(ax, "y", height, sideways == "y", False)
            if panel.pop("pie", False):
                panel["x"] = panel["y"] = None
            panel["horizontal"] = sideways == "y"
            panel["legend"] = ax.get_legend() is not None
        truth["width"], truth["height"] = int(fig.bbox.width), int(fig.bbox.height)
        fig.savefig(out / f"{name}.png", dpi=dpi)
        plt.close(fig)
    truth["dpi"] = dpi
    truth["kind"] = truth["panels"][0]["kind"]
    (out / f"{name}.json").write_text(json.dumps(truth))


def draw_panel(rng, ax, kind):
    category, shown = None, kind
    if kind in ("line", "step", "subplots"):
        series = draw_line(rng, ax, kind == "step", 1 if kind == "subplots" else None)
        shown = "line" if kind == "subplots" else kind
    elif kind == "scatter":
        series = draw_scatter(rng, ax)
    elif kind == "bar":
        series, mode = draw_bar(rng, ax)
        category = "y" if mode == "horizontal" else "x"
    elif kind == "errorbar":
        series, shown = draw_errorbar(rng, ax), "line"
    else:
        series = draw_other(rng, kind, ax)
        category = "x" if kind == "box" else None
    title = rng.choice(WORDS["titles"]) if rng.random() < 0.9 else None
    if title:
        ax.set_title(title)
    label_axes(rng, ax, kind)
    panel = {"kind": shown, "title": title, "category": category, "series": series}
    if kind == "pie":
        panel["pie"] = True
    if kind == "box":
        panel["boxes"] = [{k: v if isinstance(v, str) else float(v) for k, v in box.items()} for box in ax.truth_boxes]
    if kind == "heatmap":
        panel.update(cells=ax.truth_cells, cellRange=[float(np.min(ax.truth_cells)), float(np.max(ax.truth_cells))])
    if kind == "bar":
        panel["mode"] = mode
    return panel


if __name__ == "__main__":
    folder, first, number = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    for value in range(first, first + number):
        draw(value, folder)
