"""Questions and answers about an example whose facts are known. The answer follows from the question's family and the
facts alone, so that the language model has nothing to guess; questions vary widely in wording.

A fact sheet is a dict: modality, source ('photo', 'plot', 'stamp', 'sound', 'cloud', 'text'), and what is known
(`name`, `caption`, `kind`, `count`, `trend`, `colour`).
"""
import numpy as np

import clouds
import plots
import sounds
from data import article
from data.words import num, pick

NUMBER = 'zero one two three four five six seven eight nine ten eleven twelve'.split()
SOUND = {'dog bark': 'A dog is barking.', 'rain': 'Rain is falling.', 'sea waves': 'Sea waves are breaking.', 'baby cry': 'A baby is crying.',
         'clock tick': 'A clock is ticking.', 'person sneeze': 'A person is sneezing.', 'helicopter': 'A helicopter is flying.',
         'chainsaw': 'A chainsaw is running.', 'rooster': 'A rooster is crowing.', 'fire crackling': 'A fire is crackling.',
         'speech': 'A person is speaking.', 'silence': 'Silence; nothing can be heard.', 'noise': 'White noise is hissing.', 'tone': 'A steady tone is sounding.'}
THING = {'image': ['image', 'picture', 'photo', 'photograph'], 'audio': ['audio', 'sound', 'recording', 'clip', 'audio clip'], 'point': ['point cloud', 'object', '3D model', 'shape', 'model'],
         'video': ['video', 'clip', 'film'], 'rgbd': ['depth image', 'scene', 'depth map', 'picture'], 'rgbn': ['normal map', 'scene', 'surface normal image', 'picture']}
WHAT = ['What is this?', 'What is this?', 'What is this?', 'What is it?', "What's this?", 'What do you see?', 'What can you see here?', 'What is shown here?', 'What am I looking at?', 'Tell me what this is.',
        'What is in this {t}?', 'What is in the {t}?', 'What does this {t} show?', 'What does the {t} show?', 'What is shown in this {t}?', 'What can be seen in the {t}?',
        'What do you see in this {t}?', 'Identify this.', 'Identify the {t}.', 'Name what you see.', 'Can you tell what this is?', 'Which object is this?', 'What object is this?', 'What object is shown?',
        'What is the main subject of this {t}?', 'What is the subject of the {t}?', 'What is depicted?', 'What kind of thing is this?', 'Classify this {t}.', 'What is this a {t} of?', 'What does this file contain?', 'What is in this file?']
DESCRIBE = ['Describe this.', 'Describe this.', 'Describe this {t}.', 'Describe the {t}.', 'Describe it.', 'Describe what you see.', 'Please describe this {t}.', 'Give a short description of this {t}.', 'Write a caption.',
            'Write a caption for this {t}.', 'Provide a one-sentence caption for the provided {t}.', 'Caption this {t}.', 'Summarise this {t}.', 'Summarize what is shown.', 'Describe this file.', 'What is going on here?', 'Explain this {t}.',
            'Can you describe this {t}?', 'Describe the contents of this {t}.', 'Describe the {t} in one sentence.', 'Tell me about this {t}.']
HEAR = ['What is this?', 'What is this?', 'What sound is this?', 'What sound is this?', 'What do you hear?', 'What do you hear?', 'What can you hear?', 'What can be heard?', 'What is the sound?', 'What kind of sound is this?', 'Which sound is this?',
        'What makes this sound?', 'What is making this noise?', 'What noise is this?', 'What is happening?', 'What is this sound?', 'What is this recording?', 'What is in this {t}?', 'What is in this recording?', 'What does this {t} contain?', 'Identify the sound.', 'Identify this {t}.',
        'Name the sound.', 'Classify this sound.', 'What type of sound is it?', 'What is going on in this {t}?', 'Which kind of sound is it?', 'What is it?', "What's this sound?", 'Tell me what you hear.', 'What is the source of this sound?', 'What is recorded here?', 'Listen: what is it?'] + DESCRIBE
DIGIT = ['Which digit is spoken?', 'Which digit is spoken?', 'What digit is spoken?', 'Which digit is this?', 'What digit is this?', 'Which number is spoken?', 'What number is spoken?', 'What number is said?', 'Which number do you hear?', 'What number do you hear?', 'Which digit do you hear?',
         'Which digit is said?', 'What digit does the person say?', 'Which number does the speaker say?', 'What is the spoken digit?', 'What is the digit?', 'What is the number?', 'Name the digit.', 'Transcribe the digit.', 'What does the person say?', 'What is said?', 'What is being said?', 'What word is spoken?', 'Which word is spoken?', 'Transcribe this.', 'Transcribe the {t}.', 'What does the speaker say?']
KIND = ['What kind of plot is this?', 'What kind of plot is this?', 'What kind of chart is this?', 'What type of plot is this?', 'What type of chart is this?', 'What type of graph is this?', 'What sort of plot is this?', 'Which kind of plot is it?', 'Which type of plot is shown?', 'Which kind of chart is shown?',
        'What kind of graph is it?', 'What plot is this?', 'What chart is this?', 'What kind of diagram is this?', 'What kind of figure is this?', 'Name the type of this chart.', 'Name the kind of plot.', 'Identify the plot type.', 'Identify the chart type.', 'What is the plot type?', 'What is the type of the chart?', 'What type of visualization is this?',
        'Which plot type is this?', 'What kind of plot is shown in this image?', 'What type of chart is shown in the picture?', 'Is this a bar chart or something else?', 'Classify this plot.', 'Tell me the kind of this plot.', 'How is the data drawn?', 'What kind of data visualisation is this?']
PLOT = ['plot', 'chart', 'graph', 'figure', 'image', 'picture']
FURNITURE = ['What piece of furniture is this?', 'What kind of object is this?', 'What kind of furniture is this?', 'Which object is this?', 'What object is it?', 'Name this object.', 'What is this object?', 'What is the object?', 'What 3D model is this?', 'What is this 3D model?', 'What is this model?', 'What does this point cloud represent?', 'What does the point cloud show?', 'What class of object is this?', 'What is this thing?']
SHAPE = ['What shape is this?', 'What shape is it?', 'Which shape is this?', 'What kind of shape is this?', 'What geometric shape is this?', 'Name the shape.', 'What is the shape?', 'Which solid is this?', 'What geometric solid is this?', 'What shape do the points form?', 'Identify the shape.']
TEXT = [('Who are you?', 'I am OneLLM, a small model that looks at files.'), ('What are you?', 'I am OneLLM, a small model that looks at files.'), ('What can you do?', 'I can name what is in a picture, a plot, a sound or a point cloud.'), ('Help', 'I can name what is in a picture, a plot, a sound or a point cloud.'),
        ('What can I ask?', 'Ask what a file shows: a picture, a plot, a sound or a point cloud.'), ('Hello', 'Hello. Ask me about a file.'), ('Hi', 'Hello. Ask me about a file.'), ('Good morning', 'Hello. Ask me about a file.'), ('Thank you', 'You are welcome.'), ('Thanks', 'You are welcome.'),
        ('What is this?', 'There is no file to look at.'), ('Describe this.', 'There is no file to look at.'), ('What kind of plot is this?', 'There is no file to look at.'), ('What sound is this?', 'There is no file to look at.'), ('Describe the image.', 'There is no file to look at.'), ('Which digit is spoken?', 'There is no file to look at.'),
        ('How are you?', 'I am well. Ask me about a file.'), ('Goodbye', 'Goodbye.'), ('What is the weather today?', 'I do not know; I only know what is in a file.'), ('Tell me a joke', 'I do not know; I only know what is in a file.'), ('Write a poem', 'I do not know; I only know what is in a file.'), ('What is two plus two?', 'I do not know; I only know what is in a file.')]
OPENING = ['', '', '', '', '', '', '', '', 'Please: ', 'Hello. ', 'Look at this. ', 'Here is a file. ', 'Question: ']


def ask(rng, words, t=None):
    """One question of a family, in somewhat varied spelling."""
    q = str(words[rng.integers(len(words))])
    if '{t}' in q:
        q = q.replace('{t}', str(t[rng.integers(len(t))]))
    q = OPENING[rng.integers(len(OPENING))] + q
    r = rng.random()
    if r < .06:
        q = q.lower()
    elif r < .1:
        q = q.rstrip('?.')
    elif r < .13:
        q = q[0].lower() + q[1:]
    elif r < .15:
        q += '\nAnswer the question using a single word or phrase.'
    return q


def plot_sentence(f):
    """'bar chart with five bars' from the facts of a plot."""
    k, n = plots.KINDS[f['kind']], f['count']
    unit = {'bar chart': 'bar', 'horizontal bar chart': 'bar', 'line plot': 'line', 'step plot': 'line', 'pie chart': 'slice', 'box plot': 'box', 'violin plot': 'violin', 'stacked bar chart': 'bar', 'grouped bar chart': 'group'}.get(k)
    many = '' if not unit or not 0 < n < 13 else f' with {NUMBER[n]} {unit if n == 1 else unit + ("es" if unit == "box" else "s")}'
    return k + many


def about_photo(rng, f, other):
    n, r = f['name'], rng.random()
    m = f['modality']
    if m == 'video':
        return (ask(rng, WHAT + ['What happens in this video?', 'What is in the video?', 'What does the video show?'], THING['video']) if r < .7 else ask(rng, DESCRIBE, THING['video'])), f'A video of {article(n)}.'
    if r < .05:
        yes = rng.random() < .5
        a = article(n if yes else other)
        return ask(rng, [f'Is this {a}?', f'Is it {a}?', f'Does this show {a}?', f'Is there {a} in the picture?', f'Do you see {a}?']), f'Yes, it is {article(n)}.' if yes else f'No, it is {article(n)}.'
    if r < .08:
        return ask(rng, ['Is this a photograph or a plot?', 'Is this a photo?', 'Is this a plot or a photograph?', 'Is this a chart?', 'Is it a plot?']), f'It is a photograph: {article(n)}.'
    if r < .1:
        return ask(rng, KIND), f'This is not a plot; it is a photograph of {article(n)}.'
    if r < .13:
        return ask(rng, ['Name the main object.', 'Name it in a word.', 'One word: what is it?', 'What is the name of this?', 'What is this called?', 'Name the object.', 'What animal or thing is this?']), f'{article(n).capitalize()}.'
    if r < .18 and f.get('group'):
        return ask(rng, ['What kind of thing is this?', 'Which group of things does it belong to?', 'What sort of thing is it?', 'In general, what is this?', 'Is it an animal, a vehicle, or what else?']), f'It is {article(f["group"])}: {article(n)}.'
    if r < .65 or not f.get('group'):
        return ask(rng, WHAT, THING['image']) if r < .65 else ask(rng, DESCRIBE, THING['image']), f'A photograph of {article(n)}.'
    return ask(rng, DESCRIBE, THING['image']), f'A photograph of {article(n)}, {article(f["group"])}.'


def about_cloud(rng, f):
    n, r = f['name'], rng.random()
    m = f['modality']
    if m in ('rgbd', 'rgbn'):
        return (ask(rng, WHAT, THING[m]) if r < .6 else ask(rng, DESCRIBE, THING[m])), f'A {"depth" if m == "rgbd" else "surface normal"} picture of {article(n)}.'
    if r < .25:
        return ask(rng, SHAPE if n in clouds.SHAPES and rng.random() < .8 else FURNITURE), f'A point cloud of {article(n)}.'
    return (ask(rng, WHAT, THING['point']) if r < .7 else ask(rng, DESCRIBE, THING['point'])), f'A point cloud of {article(n)}.'


def sound_sentence(n):
    """What a class of sound is called in a sentence."""
    if n in sounds.DIGITS:
        return f'A person says the digit {n}.'
    if n in sounds.INSTRUMENTS:
        return f'{article(n).capitalize() if not n.endswith("drums") else n.capitalize()} {"are" if n.endswith("drums") else "is"} playing, {FAMILY[sounds.INSTRUMENTS[n][1]]}.'
    return SOUND.get(n) or f'{article(n).capitalize()}.'


FAMILY = {'keyboard': 'a keyboard instrument', 'organ': 'an instrument of the organ family', 'guitar': 'an instrument of the guitar family', 'string': 'a string instrument', 'brass': 'a brass instrument',
          'reed': 'a reed instrument', 'flute': 'an instrument of the flute family', 'percussion': 'a percussion instrument'}


def seen_sound(rng, f, s):
    n, r, t = f['name'], rng.random(), THING['audio']
    long = f' It is {num(s["seconds"])} seconds long.' if s and r > .8 else ''
    if n in sounds.DIGITS and r < .6:
        return ask(rng, DIGIT, t), f'The spoken digit is {n}.'
    if n in sounds.INSTRUMENTS and r < .35:
        return ask(rng, ['Which instrument is playing?', 'What instrument is this?', 'Which instrument do you hear?', 'Name the instrument.', 'What is playing?', 'Which instrument is it?', 'What kind of instrument is this?', 'Which family of instruments is it?']), sound_sentence(n)
    if r < .04:
        return ask(rng, DIGIT, t), 'No digit is spoken. ' + sound_sentence(n)
    if r < .07 and n not in sounds.INSTRUMENTS:
        return ask(rng, ['Which instrument is playing?', 'What instrument is this?']), 'No instrument is playing. ' + sound_sentence(n)
    return ask(rng, HEAR, t), sound_sentence(n) + long


def seen_drawing(rng, f, s, other):
    n, r = f['name'], rng.random()
    if f['modality'] == 'video':
        way = s and s['way']
        to = f' moves {"to the " if way in ("left", "right") else ""}{way}.' if way else ' moves.'
        return (ask(rng, WHAT + ['What happens in this video?', 'What is in the video?', 'What does the video show?', 'What moves?', 'What moves, and which way?', 'What is moving?'], THING['video']) if r < .7 else ask(rng, DESCRIBE, THING['video'])), f'{article(n).capitalize()}{to}'
    if r < .06:
        yes = rng.random() < .5
        a = article(n if yes else other)
        return ask(rng, [f'Is this {a}?', f'Is it {a}?', f'Does this show {a}?']), f'Yes, it is {article(n)}.' if yes or other == n else f'No, it is {article(n)}.'
    if r < .1:
        return ask(rng, ['Is this a photograph or a drawing?', 'Is this a photo?', 'Is it a drawing?', 'Is this a plot or a drawing?']), f'It is a drawing: {article(n)}.'
    if r < .25:
        return ask(rng, ['What is the icon?', 'What emoji is this?', 'What does the icon show?', 'Which emoji is it?', 'What is drawn here?', 'Which thing is drawn?', 'What symbol is this?', 'What does this icon mean?']), f'A drawing of {article(n)}.'
    return (ask(rng, WHAT, THING['image'] + ['drawing', 'icon']) if r < .7 else ask(rng, DESCRIBE, THING['image'] + ['drawing', 'icon'])), f'A drawing of {article(n)}.'


def seen_plot(rng, f, s):
    """From the picture alone where the reader gave nothing or the wrong kind; with the measured facts otherwise."""
    from data import talk
    k, r = plots.KINDS[f['kind']], rng.random()
    if s and s['source'] == 'plot' and not s.get('misread'):
        return pick(rng, [talk.describe_plot, talk.q_kind, talk.q_kind, talk.q_kind, talk.q_is_kind, talk.q_not_plot])(rng, s)
    if r < .45:
        return ask(rng, KIND), f'This is {article(k)}.'
    if r < .75:
        return (ask(rng, WHAT, PLOT) if r < .6 else ask(rng, DESCRIBE, PLOT)), f'This is {article(k)}.'
    if r < .8:
        return ask(rng, ['Is this a photograph or a plot?', 'Is this a photo?', 'Is this a plot or a photograph?', 'Is this a chart?', 'Is it a plot?']), f'It is a plot: {article(k)}.'
    if s and s.get('misread'):
        return ask(rng, KIND), f'This is {article(k)}.'
    if r < .88:
        return ask(rng, ['What is the title?', 'What is the title of the plot?', 'Read the title.', 'What does the title say?']), 'I could not read a title in this plot.'
    return ask(rng, ['What is the trend?', 'Does it go up or down?', 'Which bar is the highest?', 'How many lines are there?', 'How many bars are there?', 'What is the highest value?', 'What is on the x axis?', 'What is the range of the y axis?']), 'I could not read the values in this plot.'


def name_of(f):
    """What two examples must share to be the same thing."""
    return f.get('name') or f.get('caption') or plots.KINDS[f['kind']]


def both(rng, f, g):
    """Turns about two files of one modality."""
    say = lambda e: {'photo': 'a photograph of {}', 'drawing': 'a drawing of {}', 'cloud': 'a point cloud of {}'}.get(e['source'], '{}').format(article(name_of(e))) if e['source'] in ('photo', 'drawing', 'cloud', 'plot') else name_of(e)
    same = name_of(f) == name_of(g)
    out = []
    if f['source'] != 'stamp' and g['source'] != 'stamp':
        out.append((ask(rng, ['Are they the same?', 'Do both show the same?', 'Same or different?', 'Is it the same thing?', 'Do these two show the same thing?', 'Are both the same kind of thing?', 'Compare the two.', 'What is the difference?']),
                    f'The first is {say(f)}, the second {say(g)}: {"the same" if same and f["source"] == g["source"] else "different"}.'))  # in this order: what they are, then the verdict
        which = rng.random() < .5
        e, w = (f, 'first') if which else (g, 'second')
        out.append((ask(rng, [f'What is the {w}?', f'What is in the {w} file?', f'What does the {w} show?', f'Describe the {w}.']), f'The {w} is {say(e)}.'))
    else:
        e, w = (f, 'first') if rng.random() < .5 else (g, 'second')
        out.append((ask(rng, [f'What is the {w}?', f'What is in the {w} file?']), f'The {w} is {say(e)}.' if e['source'] != 'stamp' else e['caption']))
    return [out[int(k)] for k in rng.permutation(len(out))]


def seen(rng, f, s, other='dog'):
    """What the example is: facts -> (question, answer). `s`: its measured sheet, or None."""
    source = f['source']
    if source == 'photo':
        return about_photo(rng, f, other)
    if source == 'drawing':
        return seen_drawing(rng, f, s, other)
    if source == 'plot':
        return seen_plot(rng, f, s)
    if source == 'stamp':
        return ask(rng, WHAT + DESCRIBE, THING['image']), f['caption']
    if source == 'sound':
        return seen_sound(rng, f, s)
    if source == 'cloud':
        return about_cloud(rng, f)
    from data import talk
    return talk.q_activity(rng, {'kind': f['name']})


def prompt(turns, question):
    """The product's template ("demo" style, no system text) for earlier (question, answer) turns and an open question."""
    return ''.join(f'###Human: {q}\n###Assistant: {a}\n' for q, a in turns) + f'###Human: {question}\n###Assistant:'
