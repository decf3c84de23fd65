"""HTML of Bokeh plots from plans. Usage: plots_bokeh.py PLANS.json: a list of { html, plan }; used by bokeh.mjs."""
import json
import sys
from pathlib import Path

from bokeh.embed import file_html
from bokeh.models import ColumnDataSource
from bokeh.palettes import Category10
from bokeh.plotting import curdoc, figure
from bokeh.resources import INLINE
from bokeh.transform import dodge

TYPES = {"linear": "linear", "log": "log", "time": "datetime"}
MARKERS = {"circle": "circle", "square": "square", "triangle": "triangle", None: "circle"}


def draw_bars(p, plan, colors):
    series, cats = plan["series"], plan["categories"]
    data = {"c": cats, **{f"s{i}": [y for _, y in s["points"]] for i, s in enumerate(series)}}
    keys = [f"s{i}" for i in range(len(series))]
    many = len(series) > 1
    if plan.get("horizontal"):
        p.hbar(y="c", right="s0", height=0.8, source=ColumnDataSource(data), color=colors[0])
    elif plan["mode"] == "stacked":
        p.vbar_stack(keys, x="c", width=0.8, source=ColumnDataSource(data), color=colors[: len(keys)], legend_label=[s["name"] for s in series])
    else:
        width = 0.8 / len(keys)
        for i, key in enumerate(keys):
            shift = (i - (len(keys) - 1) / 2) * width
            legend = {"legend_label": series[i]["name"]} if many else {}
            p.vbar(x=dodge("c", shift, range=p.x_range), top=key, width=width, source=ColumnDataSource(data), color=colors[i], **legend)


def draw(plan):
    look, kind = plan["look"], plan["kind"]
    options = {"x_axis_type": TYPES.get(plan["x"]["scale"], "auto"), "y_axis_type": TYPES.get(plan["y"]["scale"], "auto")}
    for axis in ("x", "y"):
        if plan[axis]["scale"] == "category":
            options[f"{axis}_range"] = plan["categories"]
    p = figure(width=look["width"], height=look["height"], title=plan["title"], toolbar_location=None, x_axis_label=plan["x"]["label"], y_axis_label=plan["y"]["label"], **options)
    colors = Category10[10]
    if kind == "bar":
        draw_bars(p, plan, colors)
    for i, series in enumerate(plan["series"]):
        x, y = [q[0] for q in series["points"]], [q[1] for q in series["points"]]
        legend = {"legend_label": series["name"]} if len(plan["series"]) > 1 else {}
        if kind == "scatter":
            p.scatter(x, y, marker=MARKERS[look.get("marker")], size=7, color=colors[i], **legend)
        if kind == "step":
            p.step(x, y, mode="after", line_width=2, color=colors[i], **legend)
        if kind == "line":
            p.line(x, y, line_width=look.get("lineWidth") or 2, color=colors[i], line_dash=["solid", "dashed", "dotted", "dashdot"][i % 4] if look["dashes"] else "solid", **legend)
    if plan["legend"] == "right" and p.legend:
        p.add_layout(p.legend[0], "right")
    if look.get("grid") is False:
        p.grid.visible = False
    plan["colors"] = list(colors)
    return p


for job in json.loads(Path(sys.argv[1]).read_text()):
    curdoc().clear()
    theme = {"dark": "dark_minimal", "other": "light_minimal"}.get(job["plan"]["look"]["theme"])
    html = file_html(draw(job["plan"]), resources=INLINE, theme=theme)
    Path(job["html"]).write_text(html)
