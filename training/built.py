"""Pieces of furniture and other things made of simple parts with chance in every measure: more models than any library has.

A builder returns parts (y up, floor at 0, metres): ('box', centre, sides), ('tube', from, to, r0, r1), ('turned', centre, [(radius, height), ...]),
('ball', centre, radii), ('leaf', root, tip, width, droop). `points` spreads n points over them by area.
"""
import numpy as np


def box(x, y, z, w, h, d):
    """From its floor: (x, y, z) is the middle of the lower face."""
    return 'box', np.array([x, y + h / 2, z]), np.array([w, h, d])


def tube(a, b, r0, r1=None):
    return 'tube', np.array(a, float), np.array(b, float), r0, r0 if r1 is None else r1


def legs(rng, w, d, h, t, splay=0.):
    """Four legs under the corners: square, round, tapered, splayed; or two frames."""
    u, way = rng.uniform, rng.random()
    at = [(sx * (w / 2 - t), sz * (d / 2 - t)) for sx in (-1, 1) for sz in (-1, 1)]
    if way < .45:
        return [box(x, 0, z, t, h, t) for x, z in at]
    if way < .8:
        s = 1 + splay * u(0, 1)
        return [tube((x * s, 0, z * s), (x, h, z), t / 2 * u(.5, 1), t / 2) for x, z in at]
    out = [box(x, 0, 0, t, t, d) for x in (-w / 2 + t, w / 2 - t)]
    return out + ([box(x, 0, z, t, h, t) for x, z in at] if way < .9 else [box(x, 0, 0, t, h, d * u(.2, .9)) for x in (-w / 2 + t, w / 2 - t)])


def pedestal(rng, r, h):
    u, k = rng.uniform, int(rng.integers(3, 6))
    foot = [tube((0, 0, 0), (0, u(.015, .05), 0), r * u(.35, .8))] if rng.random() < .6 else [tube((0, h * .12, 0), (np.cos(a) * r * .7, .02, np.sin(a) * r * .7), .03, .02) for a in np.arange(k) * 2 * np.pi / k]
    return foot + [tube((0, 0, 0), (0, h, 0), u(.02, .08))]


def turned(rng, *knots, wobble=.08):
    """A profile through (radius, height) knots, smoothed, every knot moved a little."""
    k = np.array(knots) * (1 + rng.uniform(-wobble, wobble, (len(knots), 2)))
    k[:, 1] = np.maximum.accumulate(k[:, 1])
    t = np.linspace(0, len(k) - 1, 24)
    return 'turned', np.zeros(3), np.stack([np.interp(t, np.arange(len(k)), k[:, i]) for i in (0, 1)], 1)


def chair(rng, wide=1.):
    u = rng.uniform
    w, d, h, b, t = u(.38, .55) * wide, u(.38, .55), u(.38, .5), u(.3, .65), u(.02, .06)
    seat = box(0, h, 0, w, u(.02, .12), d) if rng.random() < .8 else tube((0, h, 0), (0, h + .04, 0), w / 2)
    way = rng.random()
    base = legs(rng, w, d, h, t, .3) if way < .75 else pedestal(rng, w / 2 * 1.2, h)
    lean, way = u(0, .2), rng.random()
    z = -d / 2
    if way < .5:
        back = [('box', np.array([0, h + .05 + b / 2, z - lean / 2]), np.array([w, b * u(.5, 1), t]))]
    elif way < .85:  # posts and slats
        back = [tube((s * w * .45, h, z), (s * w * .45, h + b, z - lean), t / 2) for s in (-1, 1)] + [box(0, h + b * f, z - lean * f, w * .9, b * u(.06, .15), t * .6) for f in np.linspace(.3, .95, int(rng.integers(1, 5)))]
    else:
        back = [tube((f * w * .45, h, z), (f * w * .45, h + b, z - lean), t / 3) for f in np.linspace(-1, 1, int(rng.integers(3, 8)))] + [box(0, h + b, z - lean, w, t, t)]
    arms = []
    if rng.random() < .25:
        a = u(.16, .26)
        arms = [box(s * w / 2, h + a, 0, t, t, d) for s in (-1, 1)] + [tube((s * w / 2, h, d * .35), (s * w / 2, h + a, d * .35), t / 2) for s in (-1, 1)]
    return [seat, *base, *back, *arms]


def stool(rng):
    u = rng.uniform
    h, r = u(.35, .85), u(.14, .26)
    seat = tube((0, h, 0), (0, h + u(.02, .1), 0), r) if rng.random() < .6 else box(0, h, 0, 2 * r, u(.02, .1), 2 * r)
    base = pedestal(rng, r, h) if rng.random() < .35 else legs(rng, 1.6 * r, 1.6 * r, h, u(.02, .05), .4)
    return [seat, *base] + ([box(0, h * .3, z, 1.5 * r, .02, .02) for z in (-.7 * r, .7 * r)] if rng.random() < .4 else [])


def table(rng):
    u = rng.uniform
    low = rng.random() < .3
    w, d, h, t = u(.5, 2.4), u(.45, 1.2), u(.3, .5) if low else u(.6, .95), u(.015, .07)
    way = rng.random()
    if way < .3:
        r = u(.3, .8)
        top, base = tube((0, h, 0), (0, h + t, 0), r), pedestal(rng, r, h) if rng.random() < .6 else legs(rng, 1.3 * r, 1.3 * r, h, u(.03, .08), .2)
        return [top, *base]
    base = legs(rng, w, d, h, u(.03, .11), .15) if way < .85 else [p for x in (-w * .3, w * .3) for p in ([box(x, 0, 0, .06, h, d * .3), box(x, 0, 0, .08, .05, d * .8)])] + [box(0, h * .3, 0, w * .6, .05, .04)]
    out = [box(0, h, 0, w, t, d), *base]
    if rng.random() < .4:  # apron
        k = u(.05, .13)
        out += [box(0, h - k, s * (d / 2 - .05), w * .9, k, .02) for s in (-1, 1)] + [box(s * (w / 2 - .05), h - k, 0, .02, k, d * .9) for s in (-1, 1)]
    return out + ([box(0, h * u(.15, .4), 0, w * .85, .02, d * .85)] if rng.random() < (.4 if low else .1) else [])


def desk(rng):
    u = rng.uniform
    w, d, h, k, t = u(1., 1.9), u(.5, .9), u(.68, .8), u(.28, .5), u(.02, .05)
    out = [box(0, h, 0, w, t, d), box(-w / 2 + k / 2, 0 if rng.random() < .6 else h * .35, 0, k, h * (1 if rng.random() < .6 else .65), d * .95)]
    other = rng.random()
    out += [box(w / 2 - k / 2, 0, 0, k, h, d * .95)] if other < .35 else [box(w / 2 - .03, 0, 0, .04, h, d)] if other < .7 else [box(w / 2 - .05, 0, z, .05, h, .05) for z in (-d / 2 + .05, d / 2 - .05)]
    out += [box(0, h * u(.3, .6), -d / 2 + .02, w * .95, h * .4, .02)] if rng.random() < .5 else []
    out += [box(-w / 2 + k / 2, h * f, d / 2, k * .4, .02, .03) for f in (.25, .5, .8)] if rng.random() < .6 else []
    return out + ([box(0, h + u(.2, .5), -d / 2 + .12, w, .02, .22), box(-w / 2, h, -d / 2 + .12, .02, .4, .22), box(w / 2, h, -d / 2 + .12, .02, .4, .22)] if rng.random() < .2 else [])


def sofa(rng, w=None):
    u = rng.uniform
    w = w or u(1.4, 2.6)
    d, h, a, t, b = u(.75, 1.05), u(.3, .48), u(.1, .32), u(.08, .28), u(.25, .55)
    low = u(0, .15) if rng.random() < .5 else 0
    out = [box(0, low, 0, w, h - low, d)] + [('box', np.array([0, h + b / 2, -d / 2 + t / 2]), np.array([w, b, t]))]
    out += [box(s * (w / 2 - t / 2), low, 0, t, h + a - low, d) if rng.random() < .7 else tube((s * (w / 2 - t / 2), h + a, -d / 2), (s * (w / 2 - t / 2), h + a, d / 2), t / 2) for s in (-1, 1)]
    out += [box(x * w * .42, 0, z * d * .42, .05, low, .05) for x in (-1, 1) for z in (-1, 1)] if low > .03 else []
    n = max(1, round(w / .75))
    if rng.random() < .6:
        out += [box((i - (n - 1) / 2) * (w - 2 * t) / n, h, .05, (w - 2 * t) / n * .95, u(.06, .16), d - t) for i in range(n)]
    if w > 1.9 and rng.random() < .2:
        out += [box(w / 2 - .4, low, d / 2 + .4, .8, h - low, .8)]
    return out


def bed(rng):
    u = rng.uniform
    w, l, h = u(.8, 2.), u(1.8, 2.2), u(.15, .4)
    out = [box(0, h, 0, w, u(.12, .3), l)] + ([box(0, u(0, .1), 0, w * u(.95, 1.08), h, l)] if rng.random() < .6 else legs(rng, w, l, h, .06))
    out += [box(0, 0 if rng.random() < .6 else h, -l / 2, w * u(1, 1.1), u(.6, 1.3), u(.03, .15))] if rng.random() < .9 else []
    out += [box(0, 0, l / 2, w, u(.4, .85), .05)] if rng.random() < .4 else []
    out += [('ball', np.array([s * w / 4, h + .3, -l / 2 + .3]), np.array([w * .2, .08, .2])) for s in ((-1, 1) if w > 1.3 else (0,))] if rng.random() < .8 else []
    return out + ([box(0, h + 1., 0, w, .2, l)] + [box(x * w / 2, 0, z * l / 2, .06, h + 1.5, .06) for x in (-1, 1) for z in (-1, 1)] if rng.random() < .07 else [])


def bookcase(rng):
    u = rng.uniform
    w, d, h, k, t = u(.4, 1.8), u(.2, .4), u(.8, 2.3), int(rng.integers(2, 7)), .025
    out = [box(0, h * i / k, 0, w, t, d) for i in range(k + 1)] + [box(s * w / 2, 0, 0, t, h, d) for s in (-1, 1)]
    out += [box(0, 0, -d / 2, w, h, .01)] if rng.random() < .6 else []
    out += [box(x, 0, 0, t, h, d) for x in np.linspace(-w / 2, w / 2, int(rng.integers(3, 5)))[1:-1]] if w > 1 and rng.random() < .6 else []
    if rng.random() < .5:  # books
        for i in range(k):
            x, e = -w / 2 + .03, w * u(.1, .9)
            while x < -w / 2 + e:
                b = u(.02, .06)
                out.append(box(x, h * i / k + t, 0, b, h / k * u(.5, .85), d * .7))
                x += b + .003
    return out


def case(rng, w, d, h, fronts, feet):
    """A closed box with doors or drawers, handles and perhaps feet."""
    u = rng.uniform
    low = u(.04, .2) if rng.random() < feet else 0
    out = [box(0, low, 0, w, h, d)] + (legs(rng, w, d, low, .05) if low else [])
    out += [box(0, low + h, 0, w * u(1., 1.08), .03, d * 1.05)] if rng.random() < .4 else []
    rows, cols = fronts
    for i in range(rows):
        for j in range(cols):
            x, y = ((j + .5) / cols - .5) * w, low + h * (i + .1) / rows
            if rng.random() < .9:
                out.append(box(x, y, d / 2, w / cols * .92, h / rows * .88, u(.008, .03)))
            out.append(box(x if rows > 1 else x + (1 if j == 0 else -1) * w / cols * .4, y + h / rows * .4, d / 2 + .03, .12 if rows > 1 else .02, .02 if rows > 1 else .15, .025))
    return out


def plant(rng):
    """A pot and leaves on stems, a bush, a cactus, a bamboo or flowers in a pot."""
    u = rng.uniform
    h, r = u(.1, .5), u(.08, .28)
    pot = [turned(rng, (0, 0), (r * u(.6, 1), 0), (r, h), (r * .93, h))] if rng.random() < .85 else []
    if pot and rng.random() < .25:
        pot = [box(0, 0, 0, 2 * r, h, 2 * r)]
    base = h if pot else 0
    way = rng.random()
    if way < .1:
        k = u(.3, 1.2)
        out = [('ball', np.array([0, base + k / 2, 0]), np.array([r * .6, k / 2, r * .6]))] + [tube((0, base + k * .4, 0), (s * r * u(.8, 1.3), base + k * u(.5, .8), 0), r * .2) for s in (-1, 1)]
        return pot + out
    if way < .25:
        k = u(.3, .9)
        return pot + [('ball', np.array([*(rng.normal(0, .3, 3) * k / 2 + [0, base + k / 2, 0])]), np.array([1, u(.7, 1.2), 1]) * k * u(.15, .35)) for _ in range(int(rng.integers(3, 12)))]
    out, tall, size, droop = [], u(.2, 1.6), u(.1, .6), u(-.1, .7)
    for _ in range(int(rng.integers(1, 4)) if way < .7 else 1):  # stems
        top = np.array([u(-.15, .15), base + tall, u(-.15, .15)])
        if way < .75:
            out.append(tube((0, base, 0), top, u(.006, .025)))
        for _ in range(int(rng.integers(6, 40))):
            root = np.array([0, base, 0]) + (top - [0, base, 0]) * (u(.2, 1) if way < .75 else 0)
            a, up = u(0, 2 * np.pi), u(-.2, 1.2) if way < .75 else u(.5, 2.5)
            tip = root + np.array([np.cos(a), up, np.sin(a)]) / np.hypot(1, up) * size * u(.5, 1.2) * (1 if way < .75 else 2)
            out.append(('leaf', root, tip, size * u(.08, .4), droop))
    return pot + out


def tree(rng):
    u = rng.uniform
    h, crown = u(1.5, 6), u(.3, .7)
    out, way, r = [tube((0, 0, 0), (0, h * .8, 0), h * u(.015, .04), h * .01)], rng.random(), h * u(.15, .35)
    if way < .35:
        return out + [('ball', np.array([*(rng.normal(0, .5, 3) * r + [0, h * (1 - crown / 2), 0])]), np.array([1, u(.6, 1.1), 1]) * r * u(.35, .8)) for _ in range(int(rng.integers(3, 14)))]
    if way < .55:
        return out + [tube((0, h * (1 - crown) + h * crown * i / 4, 0), (0, h * (1 - crown) + h * crown * (i + 1.5) / 4, 0), r * (1 - i / 4.5), .02) for i in range(int(rng.integers(1, 5)))]
    if way < .7:  # palm
        return out + [('leaf', np.array([0, h * .8, 0]), np.array([np.cos(a) * r * 1.5, h * .8 + r * u(-.3, .6), np.sin(a) * r * 1.5]), r * .2, .6) for a in rng.uniform(0, 6.3, int(rng.integers(7, 20)))]
    for _ in range(int(rng.integers(8, 30))):
        y, a = u(1 - crown, .8) * h, u(0, 6.3)
        tip = np.array([np.cos(a) * r, y + r * u(0, .9), np.sin(a) * r])
        out.append(tube((0, y, 0), tip, h * .006, h * .003))
        out += [('leaf', tip, tip + rng.normal(0, 1, 3) * r * .3, r * .15, .3) for _ in range(int(rng.integers(2, 9)))]
    return out


def lamp(rng):
    u, way = rng.uniform, rng.random()
    h, r = u(.3, 1.8), u(.1, .3)
    shade = u(.12, .4)
    cone = lambda y: ('turned', np.zeros(3), np.array([(r, y), (r * u(.3, 1), y + shade)]))
    if way < .5:
        return [turned(rng, (r * u(.4, 1), 0), (r * u(.3, .8), .03), (.012, .05)), tube((0, 0, 0), (0, h, 0), u(.006, .03)), cone(h - shade * .5)]
    if way < .65:  # a turned foot
        return [turned(rng, (0, 0), (r * .6, 0), (r * u(.3, .9), h * .3), (r * .15, h * .6), (.02, h)), cone(h)]
    if way < .8:  # hanging
        return [tube((0, h, 0), (0, h + u(.3, 1), 0), .006), cone(h - shade) if rng.random() < .6 else ('ball', np.array([0, h, 0]), np.full(3, r))]
    joint, head = np.array([u(-.2, .2), h * .6, 0]), np.array([u(.1, .4), h * u(.7, 1), 0])  # an arm
    return [tube((0, 0, 0), (0, .03, 0), r), tube((0, 0, 0), joint, .012), tube(joint, head, .012), tube(head, head + [.08, -.1, 0], .03, .08)]


def vessel(rng, kind):
    u = rng.uniform
    h = u(.1, .45)
    if kind == 'bottle':
        r = h * u(.12, .22)
        return [turned(rng, (0, 0), (r, 0), (r, h * u(.45, .7)), (r * .35, h * .8), (r * .35, h), (0, h), wobble=.04)]
    if kind == 'vase':
        r = h * u(.12, .3)
        return [turned(rng, (0, 0), (r * u(.5, 1), 0), (r * u(.9, 1.5), h * u(.3, .5)), (r * u(.35, .9), h * .8), (r * u(.5, 1.2), h), wobble=.15)]
    if kind == 'bowl':
        r = h * u(.9, 1.6)
        return [turned(rng, (0, 0), (r * .4, 0), (r * .8, h * .4), (r, h), (r * .95, h), (r * .7, h * .4), (0, h * .08), wobble=.06)]
    r = h * u(.35, .55)
    if rng.random() < .25:  # on a stem
        return [turned(rng, (0, 0), (r * .8, .01), (r * .08, h * .1), (r * .08, h * .45), (r * u(.7, 1.1), h * .65), (r * .8, h), wobble=.05)]
    cup = [turned(rng, (0, 0), (r * u(.6, 1), 0), (r, h), (r * .93, h), (r * .6, h * .06), (0, h * .06), wobble=.05)]
    if rng.random() < .75:
        a = np.linspace(-1.3, 1.3, 7)
        ring = np.stack([r * .95 + np.cos(a) * h * .28, h * .52 + np.sin(a) * h * .3, 0 * a], 1)
        cup += [tube(p, q, h * u(.025, .05)) for p, q in zip(ring, ring[1:])]
    return cup + ([tube((0, -.01, 0), (0, 0, 0), r * 1.7)] if rng.random() < .2 else [])


def radiator(rng):
    u = rng.uniform
    w, h, n = u(.4, 1.6), u(.3, .9), int(rng.integers(5, 20))
    return [box(x, 0, 0, w / n * u(.5, .85), h, u(.06, .14)) for x in np.linspace(-w / 2, w / 2, n)] + [box(0, h * f, 0, w, .04, .05) for f in (.05, .9)]


def television(rng):
    u = rng.uniform
    w = u(.5, 1.5)
    h, t = w * u(.52, .8), u(.02, .12) if rng.random() < .75 else u(.3, .5)
    low = u(.04, .15)
    return [box(0, low, 0, w, h, t), box(0, low + .03, t / 2, w * .93, h * .9, .01)] + ([box(0, 0, 0, w * u(.2, .6), .02, .25), box(0, 0, 0, .08, low, .05)] if rng.random() < .8 else [])


def toilet(rng):
    u = rng.uniform
    h, r = u(.36, .44), u(.17, .22)
    bowl = turned(rng, (r * .6, 0), (r * u(.45, .7), h * .4), (r, h), (r * .75, h), (r * .4, h * .5), (0, h * .4), wobble=.06)
    return [('turned', np.array([0, 0, .15]), bowl[2]), box(0, h - .02, -.18, u(.34, .42), u(.3, .42), u(.14, .2)), box(0, 0, -.12, .18, h, .2)] + ([('box', np.array([0, h + .22, -.06]), np.array([.36, .4, .03]))] if rng.random() < .4 else [])


def washbasin(rng):
    u, w, h = rng.uniform, rng.uniform(.4, .9), rng.uniform(.75, .9)
    bowl = turned(rng, (w * .15, h - .18), (w * .42, h - .05), (w * .5, h), (w * .42, h), (w * .3, h - .1), (0, h - .13), wobble=.04)
    foot = [tube((0, 0, 0), (0, h - .15, 0), u(.06, .12), u(.06, .12))] if rng.random() < .5 else [box(0, 0, 0, w, h - .15, w * .7)] if rng.random() < .5 else []
    tap = [tube((0, h, -w * .4), (0, h + .15, -w * .4), .015), tube((0, h + .15, -w * .4), (0, h + .13, -w * .2), .012)]
    return [bowl if rng.random() < .6 else box(0, h - .15, 0, w, .15, w * .75), *foot, *(tap if rng.random() < .8 else [])]


def bathtub(rng):
    u = rng.uniform
    l, w, h, t = u(1.4, 1.9), u(.65, .85), u(.45, .65), u(.04, .08)
    low = u(.05, .15) if rng.random() < .3 else 0
    out = [box(s * (l / 2), low, 0, t, h, w) for s in (-1, 1)] + [box(0, low, s * (w / 2), l, h, t) for s in (-1, 1)] + [box(0, low + h * u(.1, .3), 0, l, .02, w)]
    return out + [tube((-l / 2, h + low, 0), (-l / 2 + .15, h + low + .12, 0), .02)] + ([box(x * l * .4, 0, z * w * .4, .06, low, .06) for x in (-1, 1) for z in (-1, 1)] if low else [])


def car(rng):
    u = rng.uniform
    l, w, h = u(3.2, 5), u(1.5, 1.9), u(.5, .8)
    low, r = u(.15, .3), u(.28, .38)
    a, b = -l * u(.1, .35), l * u(.15, .45)
    top = h + low + u(.4, .7)
    cabin = [tube((x0, h + low, s * w * .45), (x1, top, s * w * .38), .05) for s in (-1, 1) for x0, x1 in ((a, a + .5), (b, b - .3))] + [box((a + b + .2) / 2, top, 0, b - a - .7, .04, w * .8), ('box', np.array([(a + b) / 2, (h + low + top) / 2, 0]), np.array([(b - a) * .8, top - h - low, w * .84]))]
    return [box(0, low, 0, l, h, w), *cabin] + [tube((x, r, s * w * .5 - .1 * s), (x, r, s * w * .5 + .06 * s), r) for x in (-l * .32, l * .32) for s in (-1, 1)]


def truck(rng):
    u = rng.uniform
    l, w, low = u(5, 11), u(2, 2.5), u(.6, 1)
    cab, h = u(1.4, 2.2), u(1.8, 3)
    out = [box(-l / 2 + cab / 2, low * .6, 0, cab, u(1.8, 2.6), w), box(cab / 2 + .1, low, 0, l - cab - .2, h if rng.random() < .7 else u(.3, .8), w)]
    return out + [tube((x, .48, s * w * .5 - .25 * s), (x, .48, s * w * .5), .48) for x in (-l / 2 + .9, l * .25, l * .38)[:int(rng.integers(2, 4))] for s in (-1, 1)]


def person(rng):
    u, h = rng.uniform, rng.uniform(1.1, 1.95)
    ball = lambda x, y, z, *r: ('ball', np.array([x, y, z]) * h, np.array(r) * h)
    hip, shoulder, foot = .5, .8, u(.02, .12)
    out = [ball(0, .93, 0, .05, .07, .06), ball(0, .68, 0, .1, .17, .065), ball(0, .53, 0, .09, .08, .06), tube((0, .8 * h, 0), (0, .9 * h, 0), .03 * h)]
    for s in (-1, 1):
        step = u(-.12, .12)
        out += [tube((s * .05 * h, hip * h, 0), (s * foot * h, .27 * h, step * .5 * h), .05 * h, .035 * h), tube((s * foot * h, .27 * h, step * .5 * h), (s * foot * h, .03 * h, step * h), .035 * h, .025 * h), ball(s * foot, .02, step + .04, .03, .02, .07)]
        elbow = np.array([s * (.13 + u(0, .12)), .62 + u(0, .15), u(-.05, .1)])
        hand = elbow + [s * u(-.05, .12), u(-.18, .1), u(0, .15)]
        out += [tube(np.array([s * .1, shoulder, 0]) * h, elbow * h, .027 * h), tube(elbow * h, hand * h, .022 * h)]
    return out


def bicycle(rng):
    u = rng.uniform
    r, l = u(.28, .36), u(.9, 1.15)
    a = np.linspace(0, 2 * np.pi, 17)
    wheel = lambda x: [tube((x + np.cos(p) * r, r + np.sin(p) * r, 0), (x + np.cos(q) * r, r + np.sin(q) * r, 0), u(.012, .05)) for p, q in zip(a, a[1:])]
    seat, bar, pedal = np.array([-.2, r + .55, 0]), np.array([l / 2 - .12, r + .6, 0]), np.array([-.05, r, 0])
    return [*wheel(-l / 2), *wheel(l / 2)] + [tube(p, q, .018) for p, q in (((-l / 2, r, 0), pedal), (pedal, seat), (pedal, bar), (seat * [1, .9, 1], bar * [1, .9, 1]), ((-l / 2, r, 0), seat), ((l / 2, r, 0), bar))] + [box(-.2, r + .55, 0, .25, .05, .12), tube(bar - [0, 0, .25], bar + [0, 0, .25], .015)]


def railing(rng):
    u = rng.uniform
    w, h, n = u(1, 3), u(.7, 1.2), int(rng.integers(5, 22))
    return [tube((x, 0, 0), (x, h, 0), u(.008, .03)) if rng.random() < .99 else box(x, 0, 0, .04, h, .04) for x in np.linspace(-w / 2, w / 2, n)] + [box(0, y, 0, w, .05, .05) for y in (h, h * u(.05, .2))]


def opening(rng, kind):
    """A door or a window in its frame."""
    u = rng.uniform
    w, h, t = (u(.7, 1.1), u(1.9, 2.3), .06) if kind == 'door' else (u(.6, 2), u(.6, 1.5), .05)
    frame = [box(s * w / 2, 0, 0, t, h, u(.06, .14)) for s in (-1, 1)] + [box(0, h, 0, w, t, .1)]
    if kind == 'door':
        out = frame + [box(0, 0, 0, w * .97, h * .99, u(.02, .05))] + [box(s * w * .4, h * .45, .06, .12, .03, .06) for s in (1,)]
        return out + [box(0, h * y, .03, w * .6, h * .25, .02) for y in (.1, .6)] if rng.random() < .5 else out
    n = int(rng.integers(1, 4))
    return frame + [box(0, 0, 0, w, t, .12)] + [box(x, 0, 0, t * .7, h, .05) for x in np.linspace(-w / 2, w / 2, n + 1)[1:-1]] + ([box(0, h * u(.3, .7), 0, w, t * .6, .05)] if rng.random() < .5 else []) + ([box(0, 0, 0, w, h, .005)] if rng.random() < .5 else [])


def computer(rng):
    u = rng.uniform
    w, d = u(.3, .4), u(.2, .27)
    lean = u(.02, .2)
    if rng.random() < .65:
        return [box(0, 0, 0, w, .02, d), *[('box', np.array([0, d * .47 * f + .02, -d / 2 - lean * f]), np.array([w, d / 12, .008])) for f in np.linspace(.05, 1.8, 12)]]
    return [box(0, .12, 0, w * 1.6, w, .04), tube((0, 0, 0), (0, .15, -.03), .03), box(0, 0, 0, .25, .015, .2), box(0, 0, .3, .42, .02, .14)]


BUILDERS = {
    'chair': chair, 'stool': stool, 'table': table, 'desk': desk, 'sofa': sofa, 'armchair': lambda r: sofa(r, r.uniform(.65, 1.)), 'bed': bed, 'bookcase': bookcase,
    'bench': lambda r: [p for p in (chair(r, 3.2) if r.random() < .6 else [box(0, .42, 0, 1.6, .05, .35), *legs(r, 1.6, .35, .42, .06)])],
    'wardrobe': lambda r: case(r, r.uniform(.6, 2.), r.uniform(.5, .7), r.uniform(1.6, 2.4), (1, int(r.integers(1, 4))), .3),
    'cabinet': lambda r: case(r, r.uniform(.3, 1.8), r.uniform(.3, .6), r.uniform(.4, 1.3), (int(r.integers(1, 5)), int(r.integers(1, 4))), .5),
    'refrigerator': lambda r: case(r, r.uniform(.5, .8), r.uniform(.55, .7), r.uniform(.9, 1.9), (int(r.integers(1, 3)), 1), .1),
    'oven': lambda r: case(r, .6, .6, r.uniform(.6, .9), (1, 1), .1) + [tube((x * .15, .9, z * .15), (x * .15, .92, z * .15), .09) for x in (-1, 1) for z in (-1, 1)],
    'plant': plant, 'tree': tree, 'lamp': lamp, 'vase': lambda r: vessel(r, 'vase'), 'bottle': lambda r: vessel(r, 'bottle'), 'cup': lambda r: vessel(r, 'cup'), 'bowl': lambda r: vessel(r, 'bowl'),
    'radiator': radiator, 'television': television, 'toilet': toilet, 'washbasin': washbasin, 'bathtub': bathtub, 'car': car, 'truck': truck, 'person': person, 'bicycle': bicycle, 'railing': railing,
    'window': lambda r: opening(r, 'window'), 'door': lambda r: opening(r, 'door'), 'computer': computer}


def area(p):
    if p[0] == 'box':
        a, b, c = p[2]
        return 2 * (a * b + b * c + a * c)
    if p[0] == 'tube':
        return np.pi * ((p[3] + p[4]) * np.linalg.norm(p[2] - p[1]) + p[3] ** 2 + p[4] ** 2)
    if p[0] == 'ball':
        a, b, c = p[2] ** 1.6075
        return 4 * np.pi * ((a * b + a * c + b * c) / 3) ** (1 / 1.6075)
    if p[0] == 'turned':
        r, y = p[2].T
        return np.pi * ((r[1:] + r[:-1]) * np.hypot(np.diff(r), np.diff(y))).sum()
    return np.linalg.norm(p[2] - p[1]) * p[3] * .7


def spread(rng, p, n):
    """n points on the part."""
    if p[0] == 'box':
        s = p[2]
        face = np.array([s[1] * s[2], s[0] * s[2], s[0] * s[1]]) + 1e-9
        q = rng.uniform(-.5, .5, (n, 3))
        q[np.arange(n), rng.choice(3, n, p=face / face.sum())] = rng.choice([-.5, .5], n)
        return q * s + p[1]
    if p[0] == 'ball':
        q = rng.normal(0, 1, (n, 3))
        return q / np.linalg.norm(q, axis=1, keepdims=True) * p[2] + p[1]
    t, a = rng.random(n), rng.uniform(0, 2 * np.pi, n)
    if p[0] == 'turned':
        r, y = p[2].T
        piece = (r[1:] + r[:-1]) * np.hypot(np.diff(r), np.diff(y)) + 1e-12
        k = rng.choice(len(piece), n, p=piece / piece.sum())
        radius = r[k] + (r[k + 1] - r[k]) * t
        return np.stack([radius * np.cos(a), y[k] + (y[k + 1] - y[k]) * t, radius * np.sin(a)], 1) + p[1]
    axis = p[2] - p[1]
    long = np.linalg.norm(axis) + 1e-9
    side = np.cross(axis / long, [0, 1, 0] if abs(axis[1]) < .9 * long else [1, 0, 0])
    side /= np.linalg.norm(side)
    other = np.cross(axis / long, side)
    if p[0] == 'leaf':
        across = rng.uniform(-.5, .5, n) * p[3] * np.sin(np.pi * np.clip(t, .05, .98)) ** .7
        return p[1] + t[:, None] * axis + across[:, None] * side - np.outer(p[4] * long * t ** 2, [0, 1, 0])
    r0, r1 = p[3], p[4]
    caps = np.array([(r0 + r1) * long, r0 ** 2, r1 ** 2])
    part = rng.choice(3, n, p=caps / caps.sum())
    t = np.where(part == 0, t, part - 1)
    radius = np.where(part == 0, r0 + (r1 - r0) * t, np.sqrt(rng.random(n)) * np.where(part == 1, r0, r1))
    return p[1] + t[:, None] * axis + (radius * np.cos(a))[:, None] * side + (radius * np.sin(a))[:, None] * other


def points(rng, kind, n):
    """n points [n, 3] of a new thing of this kind, and a colour [n, 3] for each of its parts."""
    parts = BUILDERS[kind](rng)
    size = np.array([area(p) for p in parts]) ** .85  # thin parts a little more than their area
    count, palette = rng.multinomial(n, size / size.sum()), rng.random((3, 3))
    kept = [(p, k) for p, k in zip(parts, count) if k]
    return np.concatenate([spread(rng, p, k) for p, k in kept]), np.concatenate([np.tile(palette[rng.integers(3)], (k, 1)) for _, k in kept])
