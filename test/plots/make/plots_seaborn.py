"""Draws plots with seaborn's own functions and themes. Usage: plots_seaborn.py OUT FIRST_SEED COUNT; truth as in
plots_matplotlib.py, whose parts it uses."""
import json
import random
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns

from plots_matplotlib import WORDS, axis_of, categories_of, curve, entry, fit_title, names_of, seen

KINDS = ["line", "scatter", "bar", "bar", "histogram", "box", "heatmap"]
STYLES = ["darkgrid", "darkgrid", "whitegrid", "white", "ticks", "dark"]


def long_frame(names, x, columns):
    parts = [pd.DataFrame({"x": x, "y": y, "series": name}) for name, y in zip(names, columns)]
    return pd.concat(parts, ignore_index=True)


def several(rng, ax, kind):
    """Lines or points of one to three series; seaborn names the legend after the column."""
    names = names_of(rng, rng.randint(1, 3))
    noise = np.random.default_rng(rng.randrange(2**31))
    x = np.linspace(0, 10 ** rng.uniform(0.5, 2.5), 30)
    columns = [curve(rng, 30) if kind == "line" and i == 0 else None for i in range(len(names))]
    base = curve(rng, 30) if columns[0] is None else columns[0]
    columns = [base * rng.uniform(0.5, 1.3) + np.ptp(base) * noise.normal(0, 0.05 if kind == "line" else 0.3, 30) for _ in names]
    hue = "series" if len(names) > 1 else None
    draw = sns.lineplot if kind == "line" else sns.scatterplot
    draw(data=long_frame(names, x, columns), x="x", y="y", hue=hue, ax=ax)
    colors = sns.color_palette(n_colors=len(names))
    out = [entry(name if hue else None, color, zip(x, y)) for name, color, y in zip(names, colors, columns)]
    for series in out:
        if kind == "scatter":
            series["size"] = 6 * ax.figure.dpi / 72
    return out


def draw_bar(rng, ax):
    cats = categories_of(rng, 3, 6)
    names = names_of(rng, rng.choice([1, 1, 2, 3]))
    size = 10 ** rng.uniform(0, 4)
    heights = [[size * rng.uniform(0.15, 1) for _ in cats] for _ in names]
    hue = "series" if len(names) > 1 else None
    sns.barplot(data=long_frame(names, cats, heights), x="x", y="y", hue=hue, errorbar=None, ax=ax)
    boxes = [container for container in ax.containers]
    return [entry(name if hue else None, box[0].get_facecolor()[:3], zip(cats, h)) for name, box, h in zip(names, boxes, heights)]


def draw_panel(rng, ax, kind):
    noise = np.random.default_rng(rng.randrange(2**31))
    panel = {"kind": kind, "title": None, "mode": "plain", "horizontal": False}
    category = []
    if kind in ("line", "scatter"):
        panel["series"] = several(rng, ax, kind)
    elif kind == "bar":
        panel["series"], category = draw_bar(rng, ax), ["x"]
        panel["mode"] = "grouped" if len(panel["series"]) > 1 else "plain"
    elif kind == "histogram":
        sns.histplot(noise.normal(rng.uniform(-5, 50), 10, 400), bins=rng.randint(8, 25), ax=ax)
        bars = ax.patches
        panel["series"] = [entry(None, seen(bars[0], ax), [(b.get_x() + b.get_width() / 2, b.get_height()) for b in bars])]
    elif kind == "box":
        cats, category = categories_of(rng, 2, 5), ["x"]
        data = [noise.normal(rng.uniform(10, 30), rng.uniform(2, 6), 80) for _ in cats]
        sns.boxplot(data=long_frame(cats, 0, data), x="series", y="y", ax=ax)
        quartiles = [np.percentile(d, [25, 50, 75]) for d in data]
        panel["boxes"] = [{"name": c, "q1": float(q[0]), "median": float(q[1]), "q3": float(q[2])} for c, q in zip(cats, quartiles)]
        panel["series"] = [entry(None, "black", [(c, q[1]) for c, q in zip(cats, quartiles)])]
    else:
        columns, category = categories_of(rng, 4, 8), ["x", "y"]
        rows = names_of(rng, rng.randint(3, 6))
        values = noise.uniform(0, 100, (len(rows), len(columns)))
        sns.heatmap(pd.DataFrame(values, index=rows, columns=columns), ax=ax, annot=rng.random() < 0.3, fmt=".1f")
        panel.update(series=[], cells=values.tolist(), cellRange=[float(values.min()), float(values.max())])
    return panel, category


def draw(seed, out):
    rng = random.Random(seed)
    kind, style = rng.choice(KINDS), rng.choice(STYLES)
    plt.rcdefaults()
    sns.set_theme(style=style, palette=rng.choice(["deep", "deep", "muted", "Set2", "colorblind"]), context=rng.choice(["notebook", "notebook", "paper", "talk"]))
    dpi = rng.choice([72, 100, 100, 150, 200])
    fig, ax = plt.subplots(figsize=(rng.uniform(5.5, 8), rng.uniform(4, 5.5)), dpi=dpi)
    panel, category = draw_panel(rng, ax, kind)
    x, y = rng.sample(WORDS["quantities"], 2)
    ax.set(xlabel=x, ylabel=y)
    if rng.random() < 0.85:
        panel["title"] = rng.choice(WORDS["titles"])
        ax.set_title(panel["title"])
    if style in ("white", "ticks") and rng.random() < 0.6:
        sns.despine(ax=ax)
    fig.tight_layout()
    fig.canvas.draw()
    fit_title(ax, panel)
    height = int(fig.bbox.height)
    panel["legend"] = ax.get_legend() is not None
    panel["x"] = axis_of(ax, "x", height, "x" in category, False)
    panel["y"] = axis_of(ax, "y", height, "y" in category, False)
    name = f"seaborn-{seed}"
    fig.savefig(out / f"{name}.png", dpi=dpi)
    truth = {"file": f"{name}.png", "seed": seed, "library": "seaborn", "style": style, "dpi": dpi, "kind": kind,
             "width": int(fig.bbox.width), "height": height, "panels": [panel]}
    plt.close(fig)
    (out / f"{name}.json").write_text(json.dumps(truth))


if __name__ == "__main__":
    folder, first, number = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    for value in range(first, first + number):
        draw(value, folder)
