"""Questions and answers about a fact sheet of `measured.py`: description, short answer, yes or no, counting, comparison,
questions that the file cannot answer, and rows of turns. The answer follows from the question and the sheet alone.
Names that stand in a file (titles, bars, series) are said between quotation marks, where the product spells them letter by letter.
"""
from functools import lru_cache

from .measured import KIND, compared, picture, sound, text_of
from .words import Words, num, pick

NUMBER = 'zero one two three four five six seven eight nine ten eleven twelve'.split()
SHORT = '\nAnswer the question using a single word or phrase.'


def many(n, one, more=None):
    more = more or one + 's'
    return f'There {"is" if n == 1 else "are"} {NUMBER[n] if n < 13 else n} {one if n == 1 else more}.'


def article(noun):
    return ('an ' if noun[:1].lower() in tuple('aeio') and noun[:2].lower() != 'eu' or noun.startswith(('um', 'hour')) else 'a ') + noun


def quoted(name):
    return f'"{name}"'


def cap(text):
    return text[:1].upper() + text[1:]


def spelled(rng, q):
    """A question as people type it."""
    r = rng.random()
    if r < .08:
        q = q.lower()
    elif r < .13:
        q = q.rstrip('?.')
    elif r < .17:
        q = q[0].lower() + q[1:]
    elif r < .2:
        q = pick(rng, ['Please tell me: ', 'Hi. ', 'Look at this. ', 'Question: ', 'Can you tell me: ', 'I wonder: ']) + q
    return q


def asked(rng, *questions):
    return spelled(rng, pick(rng, questions))


WHAT = ['What is this?', 'What does this show?', 'What do you see?', 'What is in this file?', 'Describe this.', 'Describe this file.', 'What is shown here?', 'Tell me about this file.', 'Describe the file.', 'What can you see?', 'Give a short description.', 'Summarize this.', 'What is it?']


# ---- plots

def plot_kind(s):
    return f'{s["mode"]} {KIND[s["kind"]]}'.strip()


def plot_sentence(s):
    k = plot_kind(s)
    n = s.get('count')
    unit = {'line': 'line', 'step': 'line', 'bar': 'bar', 'pie': 'slice', 'box': 'box'}.get(s['kind'])
    if s['kind'] == 'bar' and s['mode'] in ('grouped', 'stacked'):
        unit = None
    of = f' with {NUMBER[n] if n < 13 else n} {unit if n == 1 else unit + ("es" if unit == "box" else "s")}' if n and unit else ''
    return k + of


def describe_plot(rng, s):
    a = f'This is {article(plot_sentence(s))}.'
    if s['title']:
        a = a[:-1] + f', titled "{s["title"]}".'
    if s['series'] and len(s['series']) == 1 and s['kind'] in ('line', 'step', 'area', 'scatter'):
        t = s['series'][0]['trend']
        a += {'rising': ' The values rise.', 'falling': ' The values fall.', 'flat': ' The values stay about the same.', 'mixed': ' The values go up and down.'}[t]
    elif s.get('highest'):
        a += f' The highest bar is {quoted(s["highest"][0])}.'
    return asked(rng, *WHAT, 'Describe the plot.', 'Describe this chart.', 'What does the plot show?', 'What does this chart show?', 'Explain this figure.', 'Describe the figure.'), a


def q_kind(rng, s):
    return asked(rng, 'What kind of plot is this?', 'What type of chart is this?', 'What kind of chart is it?', 'Which type of plot is shown?', 'What sort of graph is this?', 'What is the plot type?', 'Name the kind of plot.', 'What kind of figure is this?', 'What type of graph is this?'), f'This is {article(plot_sentence(s))}.'


def q_is_kind(rng, s):
    k = KIND[s['kind']]
    other = pick(rng, [v for v in KIND.values() if v != k])
    yes = rng.random() < .5
    return asked(rng, f'Is this {article(k if yes else other)}?', f'Is it {article(k if yes else other)}?'), f'Yes, it is {article(k)}.' if yes else f'No, it is {article(k)}.'


def q_title(rng, s):
    q = asked(rng, 'What is the title?', 'What is the title of the plot?', 'What is the title of this chart?', 'Which title does it have?', 'Read the title.', 'What does the title say?', 'What is this plot called?', 'How is the figure titled?', 'Quote the title.', 'Title?')
    return q, f'The title is "{s["title"]}".' if s['title'] else 'I could not read a title in this plot.'


def q_label(rng, s):
    k = pick(rng, 'xy')
    side = {'x': ['x', 'horizontal', 'bottom'], 'y': ['y', 'vertical', 'left']}[k]
    q = asked(rng, f'What is on the {side[0]} axis?', f'What is the {side[0]} label?', f'What is the label of the {side[0]} axis?', f'What does the {side[0]} axis show?', f'What is the {side[0]}-axis label?', f'How is the {side[0]} axis labelled?', f'What is the {side[1]} axis?', f'Read the label of the {side[1]} axis.', f'What is the {side[0]}-axis?', f'Which quantity is on the {side[0]} axis?')
    if s['kind'] == 'pie':
        return q, 'A pie chart has no axes.'
    return q, f'The {k} axis is labelled "{s[k]}".' if s[k] else f'I could not read a label on the {k} axis.'


def q_range(rng, s):
    k = pick(rng, 'xy')
    q = asked(rng, f'What is the range of the {k} axis?', f'How far does the {k} axis go?', f'What are the limits of the {k} axis?', f'From where to where does the {k} axis run?', f'Which values does the {k} axis cover?', f'What is the {k} range?')
    v = s.get(k + 'axis')
    if not v:
        return q, 'A pie chart has no axes.' if s['kind'] == 'pie' else f'I could not read the scale of the {k} axis.'
    return q, f'The {k} axis has categories, not numbers.' if v == 'categories' else f'The {k} axis runs from {v.split(",")[0]}.'


def q_log(rng, s):
    if not s.get('yaxis') or s['kind'] == 'pie':
        return q_title(rng, s)
    return asked(rng, 'Is the y axis logarithmic?', 'Is the scale logarithmic?', 'Is it a log scale?', 'Is the y axis linear or logarithmic?'), 'Yes, the y axis is logarithmic.' if s['log'] else 'No, the y axis is not logarithmic.'


def q_count(rng, s):
    n, k = s.get('count'), s['kind']
    if k in ('heatmap', 'contour', 'histogram') or not n:
        return q_kind(rng, s)
    if k == 'bar':
        if s['mode'] in ('grouped', 'stacked'):
            return asked(rng, 'How many series are there?', 'How many series does it have?', 'How many groups of bars are there?', 'How many colours of bars are there?'), many(len(s['groups']), 'series', 'series')[:-1] + ': ' + listed([quoted(g) for g in s['groups']]) + '.'
        return asked(rng, 'How many bars are there?', 'How many bars does it have?', 'Count the bars.', 'How many bars can you see?', 'How many categories are there?', 'What is the number of bars?'), many(n, 'bar')
    unit, plural = {'pie': ('slice', 'slices'), 'box': ('box', 'boxes'), 'line': ('line', 'lines'), 'step': ('line', 'lines')}.get(k, ('series', 'series'))
    words = [plural] if rng.random() < .6 or k in ('pie', 'box') else ['series']
    u = unit if words[0] == plural else 'series'
    return asked(rng, f'How many {words[0]} are there?', f'How many {words[0]} does it have?', f'How many {words[0]} are shown?', f'Count the {words[0]}.', f'What is the number of {words[0]}?', f'How many {words[0]} can you see?'), many(n, u, words[0])


TREND_SAID = {'rising': 'The values rise from left to right.', 'falling': 'The values fall from left to right.', 'flat': 'The values stay about the same.', 'mixed': 'The values go up and down, without a clear trend.'}


def q_trend(rng, s):
    if not s['series'] or s['kind'] == 'histogram':
        return q_kind(rng, s)
    if len(s['series']) > 1:
        r = pick(rng, s['series'])
        return asked(rng, f'What is the trend of {r["name"]}?', f'Does {r["name"]} rise or fall?', f'Does {r["name"]} go up or down?', f'Is {r["name"]} increasing or decreasing?', f'How does {r["name"]} change?', f'What happens to {r["name"]}?', f'What is the trend of "{r["name"]}"?'), f'{quoted(r["name"])}: ' + TREND_SAID[r['trend']].lower()
    t = s['series'][0]['trend']
    return asked(rng, 'What is the trend?', 'Does it go up or down?', 'Is the trend rising or falling?', 'Do the values rise or fall?', 'Is it increasing or decreasing?', 'Does the line go up or down?', 'Which way does it go?', 'Do the values increase?', 'How do the values change?', 'Does the line rise or fall?', 'Is the line going up?'), TREND_SAID[t]


def q_extreme(rng, s):
    high = rng.random() < .6
    w = pick(rng, ['highest', 'largest', 'tallest', 'biggest', 'greatest'] if high else ['lowest', 'smallest', 'shortest'])
    if s['kind'] == 'bar':
        if not s.get('highest'):
            return q_count(rng, s)
        c, g, v = s['highest' if high else 'lowest']
        return asked(rng, f'Which bar is the {w}?', f'Which bar is {w}?', f'Which category is the {w}?', f'What is the {w} bar?', f'Which category has the {w} value?', f'Where is the value {w}?', f'Which one is the {w}?'), f'The {"highest" if high else "lowest"} bar is {quoted(c)}' + (f' of {quoted(g)}' if g else '') + f', at {num(v)}.'
    if s['kind'] == 'pie':
        if len({p for _, p in s['slices']}) < len(s['slices']):
            return q_count(rng, s)
        c, p = (max if high else min)(s['slices'], key=lambda b: b[1])
        return asked(rng, f'Which slice is the {pick(rng, ["largest", "biggest"] if high else ["smallest"])}?', f'What is the {"largest" if high else "smallest"} part?', f'Which category has the {"largest" if high else "smallest"} share?'), f'The {"largest" if high else "smallest"} slice is {quoted(c)}, with {p} %.'
    if s['kind'] == 'box':
        c, m = (max if high else min)(s['boxes'], key=lambda b: b[1])
        return asked(rng, f'Which box has the {"highest" if high else "lowest"} median?', f'Which group has the {"highest" if high else "lowest"} median?', f'Where is the median {"highest" if high else "lowest"}?'), f'{quoted(c)} has the {"highest" if high else "lowest"} median, {num(m)}.'
    if not s['series'] or s['kind'] == 'histogram':
        return q_kind(rng, s)
    r = pick(rng, s['series'])
    of, said = (f' of {r["name"]}', f' of {quoted(r["name"])}') if len(s['series']) > 1 else ('', '')
    v = r['high' if high else 'low']
    return asked(rng, f'What is the {"highest" if high else "lowest"} value{of}?', f'What is the {"maximum" if high else "minimum"}{of}?', f'What is the {"max" if high else "min"}{of}?', f'How {"high" if high else "low"} does {r["name"] if of else "it"} go?', f'What is the {"peak" if high else "smallest value"}{of}?'), f'The {"highest" if high else "lowest"} value{said} is {num(v)}.'


def q_value(rng, s):
    if s['kind'] == 'bar' and s['mode'] in ('', 'horizontal'):
        c, _, v = pick(rng, s['bars'])
        return asked(rng, f'What is the value of {c}?', f'How high is the bar {c}?', f'What is the value for {c}?', f'How much is {c}?', f'How high is {c}?', f'What value does "{c}" have?'), f'{quoted(c)} is at {num(v)}.'
    if s['kind'] == 'pie':
        c, p = pick(rng, s['slices'])
        return asked(rng, f'How large is {c}?', f'What is the share of {c}?', f'How much is {c}?', f'What percentage is {c}?'), f'{quoted(c)} has {p} %.'
    if s['kind'] == 'box':
        c, m = pick(rng, s['boxes'])
        return asked(rng, f'What is the median of {c}?', f'Where is the median of {c}?'), f'The median of {quoted(c)} is {num(m)}.'
    if not s['series'] or s['kind'] in ('histogram', 'scatter'):
        return q_extreme(rng, s)
    r = pick(rng, s['series'])
    end = rng.random() < .5
    of, said = (f' of {r["name"]}', f' of {quoted(r["name"])}') if len(s['series']) > 1 else ('', '')
    return asked(rng, f'What is the {"last" if end else "first"} value{of}?', f'Where does {r["name"] if of else "it"} {"end" if end else "start"}?', f'At which value does {r["name"] if of else "the line"} {"end" if end else "begin"}?'), f'The {"last" if end else "first"} value{said} is {num(r["last" if end else "first"])}.'


def q_names(rng, s):
    names = [r['name'] for r in s['series'] if r['name'] and s['kind'] != 'histogram'] or [g for g in s.get('groups', []) if g]
    cats = [c for c, _, _ in s['bars']] if s['bars'] and not names else [c for c, _ in s.get('slices', [])] or [c for c, _ in s.get('boxes', [])]
    if names and rng.random() < .8:
        return asked(rng, 'What are the names of the series?', 'Which series are there?', 'What does the legend say?', 'What is in the legend?', 'Name the series.', 'Which lines are shown?' if s['kind'] == 'line' else 'Which groups are compared?'), 'The series are ' + listed([quoted(n) for n in names]) + '.'
    if cats:
        return asked(rng, 'Which categories are there?', 'What are the categories?', 'Name the categories.', 'What is compared?'), 'The categories are ' + listed([quoted(c) for c in cats]) + '.'
    return asked(rng, 'What does the legend say?', 'What is in the legend?', 'What are the names of the series?'), 'I could not read a legend in this plot.'


def listed(names):
    return names[0] if len(names) == 1 else ', '.join(names[:-1]) + ' and ' + names[-1]


def q_compare(rng, s):
    rows = [r for r in s['series'] if r['name']]
    if len(rows) > 1 and s['kind'] in ('line', 'step', 'area'):
        a, b = (rows[int(k)] for k in rng.permutation(len(rows))[:2])
        if a['high'] == b['high']:
            return q_count(rng, s)
        top = a if a['high'] > b['high'] else b
        return asked(rng, f'Which goes higher, {a["name"]} or {b["name"]}?', f'Which is higher, {a["name"]} or {b["name"]}?', f'Which has the higher maximum, {a["name"]} or {b["name"]}?'), f'{quoted(top["name"])} goes higher, up to {num(top["high"])}.'
    pairs = [(c, v) for c, _, v in s['bars']] if s['mode'] in ('', 'horizontal') else []
    pairs = pairs or s.get('slices') or s.get('boxes') or []
    if len(pairs) < 2:
        return q_kind(rng, s)
    a, b = (pairs[int(k)] for k in rng.permutation(len(pairs))[:2])
    if a[1] == b[1]:
        return q_value(rng, s)
    top = a if a[1] > b[1] else b
    return asked(rng, f'Which is larger, {a[0]} or {b[0]}?', f'Which is higher, {a[0]} or {b[0]}?', f'Is {a[0]} larger than {b[0]}?'), f'{quoted(top[0])} is larger than {quoted((b if top is a else a)[0])}.'


def q_not_plot(rng, s):
    return asked(rng, 'Is this a photograph or a plot?', 'Is this a photo?', 'Is this a plot or a photograph?', 'Is this a chart?', 'Is it a plot?'), f'It is a plot: {article(plot_kind(s))}.'


PLOT = [(14, describe_plot), (12, q_kind), (3, q_is_kind), (17, q_title), (17, q_label), (6, q_range), (2, q_log), (12, q_count), (11, q_trend), (11, q_extreme), (9, q_value), (5, q_names), (6, q_compare), (2, q_not_plot)]


# ---- pictures

def q_text(rng, s):
    q = asked(rng, 'What does the text say?', 'Read the text.', 'What is written here?', 'Which text is in the picture?', 'What text can you read?', 'What does it say?', 'Is there any text?', 'Quote the text in the picture.')
    return q, 'It says ' + listed([f'"{t}"' for t in s['text']]) + '.' if s['text'] else 'I could not read any text in this picture.'


def q_size(rng, s):
    return asked(rng, 'How large is the picture?', 'What is the size of the image?', 'What are the dimensions?', 'What is the resolution?', 'How many pixels does it have?', 'How big is this image?'), f'The picture is {s["width"]} x {s["height"]} pixels.'


def q_colours(rng, s):
    return asked(rng, 'Which colours are in the picture?', 'What are the main colours?', 'What colors do you see?', 'What colour is it mostly?', 'What is the main color?'), f'The main colour is {s["colours"][0]}.' if len(s['colours']) == 1 else 'The main colours are ' + listed(s['colours']) + '.'


def q_shape(rng, s):
    w, h = s['width'], s['height']
    return asked(rng, 'Is it wider than tall?', 'Is the picture in portrait or landscape format?', 'Is this image landscape or portrait?'), 'It is square.' if w == h else 'It is wider than tall.' if w > h else 'It is taller than wide.'


PICTURE = [(5, q_text), (3, q_size), (3, q_colours), (1, q_shape)]


# ---- sounds

KIND_SAID = {'speech': 'A person is speaking.', 'music': 'Music is playing.', 'noise': 'Noise.', 'silence': 'Silence; nothing can be heard.'}


def q_sort(rng, s):
    q = asked(rng, 'Is this speech, music or noise?', 'Is this speech, music, noise or silence?', 'Is it speech or music?', 'Is it speech, music or another sound?', 'What kind of sound is this?', 'Is there speech in it?', 'Is this music?', 'Is somebody speaking?', 'Do you hear music?', 'Is it silent?', 'Is there anything to hear?')
    k = s['kind']
    if 'silence' == k:
        return q, 'It is silence; nothing can be heard.'
    if k in ('speech', 'music'):
        return q, f'It is {k}, {s[k]} % of it.'
    if k == 'noise':
        return q, 'It is noise.'
    return q, 'It is neither speech nor music.'


def q_long(rng, s):
    return asked(rng, 'How long is it?', 'How long is this recording?', 'What is the duration?', 'What is the length of the clip?', 'How many seconds does it last?', 'Duration?', 'How long does this last?'), f'It is {num(s["seconds"])} seconds long.'


def q_loud(rng, s):
    q = asked(rng, 'How loud is it?', 'What is the loudness?', 'What is the loudness in LUFS?', 'Is it loud or quiet?', 'How loud is the recording?')
    if s['kind'] == 'silence':
        return q, 'It is silent.'
    v = s['loudness']
    return q, f'The loudness is {num(v)} LUFS, {"loud" if v > -16 else "quiet" if v < -30 else "of middle loudness"}.'


def q_peak(rng, s):
    if s['kind'] == 'silence':
        return q_loud(rng, s)
    return asked(rng, 'What is the peak?', 'How high is the peak level?', 'What is the peak level in dB?'), f'The peak is {num(s["peak"])} dB.'


def q_clipped(rng, s):
    return asked(rng, 'Is it clipped?', 'Does it clip?', 'Is the recording clipped?', 'Is there clipping?', 'Is it distorted by clipping?'), 'Yes, it is clipped.' if s['clipped'] else 'No, it is not clipped.'


def q_rate(rng, s):
    return asked(rng, 'What is the sample rate?', 'What is the sampling rate?', 'At which rate was it sampled?', 'How many samples a second?', 'Sampling frequency?'), f'The sample rate is {s["rate"]} Hz.'


def q_channels(rng, s):
    c = s['channels']
    return asked(rng, 'How many channels are there?', 'Is it mono or stereo?', 'Is this stereo?', 'How many channels does it have?'), 'It has one channel; it is mono.' if c == 1 else 'It has two channels; it is stereo.' if c == 2 else f'It has {NUMBER[c]} channels.'


def q_pitch(rng, s):
    q = asked(rng, 'What is the pitch?', 'Which note is it?', 'How high is the pitch?', 'What note is played?', 'What is the frequency?')
    return q, f'The pitch is {num(s["pitch"])} Hz, {s["note"]}.' if s.get('pitch') else 'No pitch was measured.'


def q_tempo(rng, s):
    q = asked(rng, 'What is the tempo?', 'How fast is the beat?', 'How many beats a minute?', 'What is the BPM?', 'Tempo?')
    return q, f'The tempo is {s["tempo"]} beats a minute.' if s.get('tempo') else 'No tempo was measured.'


def q_quiet(rng, s):
    return asked(rng, 'How much of it is silent?', 'How much silence is there?', 'What share is silence?'), f'{s["silence"]} % of it is silent.'


def describe_sound(rng, s):
    k = s['kind']
    a = KIND_SAID.get(k, 'A sound, neither speech nor music.')
    return asked(rng, *WHAT, 'What do you hear?', 'What can be heard?', 'Describe the sound.', 'What sound is this?', 'What is this sound?', 'Describe the recording.'), f'{a} It is {num(s["seconds"])} seconds long.'


SOUND = [(5, q_sort), (4, q_long), (3, q_loud), (1, q_peak), (2, q_clipped), (2, q_rate), (2, q_channels), (2, q_pitch), (2, q_tempo), (1, q_quiet), (4, describe_sound)]


# ---- the other kinds

def q_points(rng, s):
    return asked(rng, 'How many points are there?', 'How many points does it have?', 'Count the points.', 'What is the number of points?'), f'There are {s["points"]} points.'


def q_extent(rng, s):
    unit = {'m': 'metres', 'mm': 'millimetres', 'units': 'units'}[s['unit']]
    x, y, z = s['size']
    r = rng.random()
    if r < .3:
        k = int(rng.integers(3))
        return asked(rng, f'How large is it along {"xyz"[k]}?', f'What is its size along the {"xyz"[k]} axis?'), f'Along {"xyz"[k]} it measures {num(s["size"][k])} {unit}.'
    return asked(rng, 'How large is it?', 'What are its dimensions?', 'How big is the object?', 'What is the size?', 'What is the extent?'), f'It measures {num(x)} x {num(y)} x {num(z)} {unit}.'


def q_groups(rng, s):
    return asked(rng, 'How many objects are there?', 'How many separate parts are there?', 'How many groups of points are there?', 'How many clusters are there?'), many(s['groups'], 'separate group')


def q_planes(rng, s):
    if s.get('planes') is None:
        return asked(rng, 'How many planes are there?', 'How many flat surfaces are there?'), 'No planes were measured.'
    return asked(rng, 'How many planes are there?', 'Are there flat surfaces?', 'How many flat surfaces are there?'), many(s['planes'], 'plane').replace('are zero planes', 'are no planes')


def q_coloured(rng, s):
    return asked(rng, 'Does it have colours?', 'Is it coloured?', 'Are the points coloured?', 'Does the cloud have color?'), 'Yes, the points have colours.' if s['colours'] else 'No, the points have no colours.'


def q_closed(rng, s):
    q = asked(rng, 'Is it watertight?', 'Is the mesh closed?', 'Does the mesh have holes?', 'Is it a closed surface?')
    return q, 'It has no faces; it is a cloud of points.' if s['faces'] is None else 'The mesh is watertight.' if s['closed'] else 'The mesh is not watertight.'


def q_faces(rng, s):
    return asked(rng, 'How many faces are there?', 'How many triangles does it have?', 'How many faces does the mesh have?'), f'There are {s["faces"]} faces.' if s['faces'] is not None else 'It has no faces; it is a cloud of points.'


CLOUD = [(3, q_points), (4, q_extent), (3, q_groups), (2, q_planes), (2, q_coloured), (1, q_closed), (1, q_faces)]


def q_way(rng, s):
    q = asked(rng, 'Which way does it move?', 'In which direction does it move?', 'What moves, which way?', 'Does it move left or right?', 'Where does it go?', 'What is the direction of the movement?', 'Which direction is the motion?', 'Does it move up or down?')
    if s['motion'] == 'still':
        return q, 'Nothing moves.'
    return q, f'It moves {"to the " if s["way"] in ("left", "right") else ""}{s["way"]}.' if s['way'] else 'It moves, but in no clear direction.'


def q_motion(rng, s):
    return asked(rng, 'Is there motion?', 'Does anything move?', 'Is it moving?', 'How fast is the movement?', 'How much movement is there?'), {'still': 'No, nothing moves.', 'slow': 'Yes, it moves slowly.', 'fast': 'Yes, it moves fast.'}[s['motion']]


def q_frames(rng, s):
    if rng.random() < .4:
        return asked(rng, 'What is the frame rate?', 'How many frames a second?', 'What is the fps?'), f'The frame rate is {num(s["rate"])} frames a second.'
    return asked(rng, 'How many frames are there?', 'How many frames does it have?', 'What is the number of frames?'), f'There are {s["frames"]} frames.'


def q_cuts(rng, s):
    return asked(rng, 'How many cuts are there?', 'How many scene changes are there?', 'Are there any cuts?', 'How often does the scene change?'), many(s['cuts'], 'cut').replace('are zero cuts', 'are no cuts')


def q_track(rng, s):
    return asked(rng, 'Does it have sound?', 'Is there a sound track?', 'Is it silent?', 'Does the video have audio?'), 'Yes, it has a sound track.' if s['sounding'] else 'No, it has no sound track.'


VIDEO = [(5, q_way), (3, q_motion), (3, q_long), (3, q_frames), (2, q_cuts), (2, q_size), (2, q_track)]


def q_depth(rng, s):
    if s['modality'] == 'rgbn':
        return q_invalid(rng, s)
    unit = {'m': 'metres', 'mm': 'millimetres', 'units': 'units'}[s['unit']]
    a, b = s['range']
    r = rng.random()
    if r < .3:
        return asked(rng, 'How far is the nearest point?', 'What is the smallest depth?', 'How near is the nearest surface?'), f'The nearest point is at {num(a)} {unit}.'
    if r < .6:
        return asked(rng, 'How far is the farthest point?', 'What is the largest depth?', 'How far does it reach?'), f'The farthest point is at {num(b)} {unit}.'
    return asked(rng, 'What is the depth range?', 'What is the range of depths?', 'How deep is the scene?', 'From where to where does the depth go?'), f'The depth goes from {num(a)} to {num(b)} {unit}.'


def q_invalid(rng, s):
    return asked(rng, 'How much of it is invalid?', 'How many pixels are invalid?', 'Are there holes in the map?', 'What share has no value?'), f'{s["invalid"]} % of the pixels have no value.' if s['invalid'] else 'Every pixel has a value.'


def q_which_map(rng, s):
    return asked(rng, 'Is this a depth map or a normal map?', 'What kind of map is this?', 'What kind of file is this?', 'Is it a depth map?'), 'It is a depth map.' if s['modality'] == 'rgbd' else 'It is a normal map.'


DEPTH = [(5, q_depth), (2, q_invalid), (2, q_which_map), (2, q_planes), (2, q_size)]

ACTIVITY_SAID = {'still': 'The device lies still.', 'walking': 'Somebody walks with the device.', 'running': 'Somebody runs with the device.', 'turning': 'The device is being turned.', 'shaking': 'The device is being shaken.', 'jumping': 'Somebody jumps with the device.', 'falling': 'The device falls.'}


def q_activity(rng, s):
    return asked(rng, *WHAT, 'What is happening?', 'What kind of motion is this?', 'What is the person doing?', 'What activity is this?', 'Is the person walking or running?', 'How does the device move?', 'Describe the motion.', 'Which activity is it?'), ACTIVITY_SAID[s['kind']]


def q_rhythm(rng, s):
    q = asked(rng, 'What is the rhythm?', 'What is the dominant frequency?', 'How many steps a minute?', 'What is the step rate?', 'How fast is the rhythm?')
    if not s['rhythm']:
        return q, 'No rhythm was measured.'
    return q, f'The rhythm is {num(s["rhythm"])} Hz' + (f', {round(60 * s["rhythm"])} steps a minute.' if 1.2 <= s['rhythm'] <= 3.5 else '.')


def q_gaps(rng, s):
    return asked(rng, 'Are there gaps?', 'Are samples missing?', 'Is the recording complete?', 'How many gaps are there?'), 'There are no gaps.' if not s['gaps'] else many(s['gaps'], 'gap')


def q_rest(rng, s):
    return asked(rng, 'How much of the time is it at rest?', 'How long does it stay still?', 'What share is at rest?', 'Does it lie still?'), f'It is at rest {s["still"]} % of the time.'


MOTION = [(6, q_activity), (3, q_long), (3, q_rhythm), (2, q_rate), (2, q_gaps), (2, q_rest)]

# ---- what no file of the kind can answer

NEVER = {
    'plot': ['Who made this plot?', 'Which software drew this?', 'Why do the values change?', 'Where were the data collected?', 'Who collected the data?', 'Is this statistically significant?', 'What caused this?', 'What will the next value be?', 'When was this plot made?', 'How much did the study cost?'],
    'picture': ['Who took this picture?', 'Where was this taken?', 'When was this photo taken?', 'What is her name?', 'Who is this person?', 'How much does it cost?', 'What happened before this?', 'How old is it?', 'Who owns this?', 'What is behind it?', 'What does it smell like?', 'Which camera was used?'],
    'sound': ['Who is speaking?', 'What is the name of the speaker?', 'Where was this recorded?', 'When was this recorded?', 'Which microphone was used?', 'What colour is it?', 'Who composed this?', 'What does the room look like?', 'Who recorded this?', 'How old is the speaker?'],
    'cloud': ['Who made this model?', 'How much does it weigh?', 'What is it made of?', 'What does it cost?', 'Who designed this?', 'When was this scanned?', 'Which scanner was used?', 'Where is this?', 'How old is this object?'],
    'video': ['Who filmed this?', 'Where was this filmed?', 'When was this filmed?', 'What is the name of the person?', 'Why does it move?', 'What happens next?', 'Which camera was used?', 'Who is in this video?'],
    'depth': ['Who took this?', 'Where is this?', 'What colour is the wall?', 'Which camera was used?', 'When was this taken?', 'How warm is it?', 'Who lives here?'],
    'motion': ['Who is walking?', 'Where is the person going?', 'What is the name of the person?', 'What is the weather?', 'Which phone was used?', 'When was this recorded?', 'How old is the person?', 'How much does the person weigh?', 'What colour is the device?'],
}
WHAT_IS = {'plot': 'this plot', 'picture': 'this picture', 'sound': 'this recording', 'cloud': 'this point cloud', 'video': 'this video', 'depth': 'this map', 'motion': 'this recording'}


# of any file; {}: any word
ANY = ['Does this come from a {}?', 'Was this made with a {}?', 'Did a {} make this?', 'Who is the {}?', 'Who paid for the {}?', 'How many {} were sold last year?', 'When will the {} be ready?', 'Why is the {} {}?', 'Is the {} expensive?', 'What is the price of the {}?',
       'Which {} is the best one?', 'How do I fix the {}?', 'Will there be more {} tomorrow?', 'Can you send it to the {}?', 'Where can I buy the {}?', 'What does the {} think of it?', 'How old is the {}?', 'Is it the {} of the {}?', 'Has the {} changed since?', 'Do you like the {}?',
       'What is the {} worth?', 'Who invented the {}?', 'What does the law say about the {}?', 'Was the {} there before the {}?', 'Is the {} healthy?', 'Which {} did they use?', 'Whose {} is it?', 'Is this legal?', 'What is the phone number?', 'What is the password?', 'Is it true?', 'Can I trust this?']


@lru_cache
def vocabulary():
    return Words()


def never(rng, s):
    """The answer says that the file cannot tell."""
    here, r = s['source'], rng.random()
    if r < .35:
        q = pick(rng, ANY)
        for _ in range(q.count('{}')):
            q = q.replace('{}', vocabulary().word(rng).lower(), 1)
    elif r < .85:
        q = pick(rng, NEVER[here])
    else:  # what files of another kind can tell
        other = pick(rng, [k for k in FOREIGN if k != here])
        q = pick(rng, FOREIGN[other])
    return spelled(rng, q), f'I cannot tell that from {WHAT_IS[here]}.'


FOREIGN = {
    'sound': ['What is the tempo?', 'How loud is it?', 'What is the pitch?', 'Which digit is spoken?', 'Which instrument is playing?'],
    'plot': ['What is the title of the plot?', 'What is on the x axis?'],
    'cloud': ['How many points are in the cloud?', 'Is the mesh watertight?'],
    'motion': ['How many steps a minute?', 'Is the person walking or running?'],
}

FAMILIES = {'plot': PLOT, 'picture': PICTURE, 'sound': SOUND, 'cloud': CLOUD, 'video': VIDEO, 'depth': DEPTH, 'motion': MOTION}


def pair(rng, s, unanswerable=.06):
    """One question and its answer."""
    if rng.random() < unanswerable:
        return never(rng, s)
    families = [f for f in FAMILIES[s['source']] if not (s.get('known') and f[1] in (describe_sound, q_activity))]  # what it is, is asked of the file itself
    r, total = rng.random() * sum(w for w, _ in families), 0
    for w, family in families:
        total += w
        if r < total:
            return family(rng, s)
    return families[-1][1](rng, s)


def two_sounds(rng, words, a=None, b=None):
    while a is None or b is None or 'silence' in (a['kind'], b['kind']) or abs(a['loudness'] - b['loudness']) <= 1 or a['seconds'] == b['seconds']:
        a, b = (sound(rng, words, s and s['kind'].replace('silence', 'noise')) for s in (a, b))
    first = {'louder': a['loudness'] > b['loudness'], 'longer': a['seconds'] > b['seconds']}
    turns = []
    for _ in range(int(rng.integers(2, 4))):
        r = rng.random()
        if r < .45:
            turns.append((asked(rng, 'Which is louder?', 'Which one is louder?', 'Which file is louder?', 'Is the first louder than the second?', 'Which recording is louder?'), f'The {"first" if first["louder"] else "second"} is louder, {num((a if first["louder"] else b)["loudness"])} LUFS.'))
        elif r < .7:
            turns.append((asked(rng, 'Which is longer?', 'Which one is longer?', 'Which recording lasts longer?', 'Is the second longer than the first?'), f'The {"first" if first["longer"] else "second"} is longer, {num((a if first["longer"] else b)["seconds"])} seconds.'))
        else:
            k = [KIND_SAID.get(s['kind'], 'A sound, neither speech nor music.') for s in (a, b)]
            turns.append((asked(rng, 'Are they the same kind of sound?', 'Do both contain the same?', 'Is it the same in both?', 'Same or different?'), ('Yes, both: ' + k[0]) if a['kind'] == b['kind'] else f'No. The first: {k[0]} The second: {k[1]}'))
    return [a, b], turns


def two_plots(rng, words):
    from .measured import plot
    a, b = (plot(rng, words, pick(rng, ['line', 'line', 'bar', 'scatter', 'pie'])) for _ in range(2))
    turns = []
    for _ in range(int(rng.integers(2, 4))):
        one = lambda s: len(s['series']) == 1 and s['kind'] in ('line', 'scatter')
        r = rng.random()
        if one(a) and one(b) and r < .5:
            up = [s['series'][0]['trend'] == 'rising' for s in (a, b)]
            turns.append((asked(rng, 'Which one is rising?', 'Which plot rises?', 'Which of the two goes up?', 'Do both rise?'), 'Both are rising.' if all(up) else 'Neither is rising.' if not any(up) else f'The {"first" if up[0] else "second"} is rising.'))
        elif r < .75:
            same = a['kind'] == b['kind']
            turns.append((asked(rng, 'Are they the same kind of plot?', 'Are both of the same kind?', 'Same or different?', 'Is it the same kind of chart?'), f'Yes, both are {KIND[a["kind"]]}s.' if same else f'No. The first is {article(KIND[a["kind"]])}, the second {article(KIND[b["kind"]])}.'))
        else:
            which = rng.random() < .5
            s = a if which else b
            w = 'first' if which else 'second'
            turns.append((asked(rng, f'What is the title of the {w} plot?', f'What is the title of the {w}?', f'What is the {w} plot called?'), f'The title of the {w} is "{s["title"]}".' if s['title'] else f'I could not read a title in the {w}.'))
    return [a, b], turns


def two_pictures(rng, words, a=None, b=None):
    a, b = a or picture(rng, words), b or picture(rng, words)
    turns = []
    for _ in range(2):
        if rng.random() < .6:
            pa, pb = a['width'] * a['height'], b['width'] * b['height']
            if pa == pb:
                continue
            t = pa > pb
            s = a if t else b
            turns.append((asked(rng, 'Which is larger?', 'Which picture is larger?', 'Which image has more pixels?', 'Which one is bigger?'), f'The {"first" if t else "second"} is larger, {s["width"]} x {s["height"]} pixels.'))
        else:
            which = rng.random() < .5
            s, w = (a, 'first') if which else (b, 'second')
            turns.append((asked(rng, f'What does the {w} say?', f'What is written in the {w} picture?', f'Read the text of the {w}.'), f'The {w} says ' + listed([f'"{t}"' for t in s['text']]) + '.' if s['text'] else f'I could not read any text in the {w}.'))
    return [a, b], turns or [(asked(rng, 'Which is larger?'), 'They are the same size.')]


def two_clouds(rng, words, a=None, b=None):
    from .measured import cloud
    if a is None:
        a, b = cloud(rng, words), cloud(rng, words)
    b['unit'] = a['unit']
    b['lines'] = [(k, v if k != 'size' else ' x '.join(num(x) for x in b['size']) + f' {b["unit"]}') for k, v in b['lines']]
    more, turns = a['points'] > b['points'], []
    turns.append((asked(rng, 'Which has more points?', 'Which cloud has more points?', 'Which one is denser in points?'), f'The {"first" if more else "second"} has more points, {(a if more else b)["points"]}.'))
    big = max(a['size']) > max(b['size'])
    if max(a['size']) != max(b['size']):
        turns.append((asked(rng, 'Which is larger?', 'Which object is larger?', 'Which one is bigger?'), f'The {"first" if big else "second"} is larger, {num(max((a if big else b)["size"]))} {dict(m="metres", mm="millimetres", units="units")[a["unit"]]} at most.'))
    return [a, b], turns


def block(sheets):
    """The measured lines as they stand in a prompt, before the first turn."""
    if len(sheets) == 1:
        return 'Measured:\n' + text_of(sheets[0]['lines']) + '\n'
    lines = compared(sheets)
    return ''.join(f'Measured in file {i + 1}:\n' + text_of(s['lines']) + '\n' for i, s in enumerate(sheets)) + ('Compared:\n' + text_of(lines) + '\n' if lines else '')
