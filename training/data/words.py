"""Words, names, titles, labels and numbers as people write them in files: what the language model must be able to quote.

Nothing here is a list of answers: titles are put together at random, so that the only way to say one is to read it.
"""
import pydoc_data.topics
import re
from pathlib import Path

import numpy as np

UNITS = ['m', 'mm', 'cm', 'km', 's', 'ms', 'min', 'h', 'days', 'kg', 'g', 'mg/L', 'mg', '%', '°C', 'K', 'Pa', 'kPa', 'hPa', 'Hz', 'kHz', 'MHz', 'V', 'mV', 'A', 'mA', 'W', 'kW', 'kWh', 'J', 'N', 'dB',
         'm/s', 'm/s2', 'km/h', 'rad/s', 'USD', 'EUR', '$', 'ppm', 'mol/L', 'px', 'MB', 'GB', 'req/s', 'nm', 'µm', 'a.u.', 'counts', '1/s', 'lux', 'rpm', 'bar', 'L', 'mL', 'ha', 'million', 'thousands', 'log10', 'per 1000', '-']
TOPICS = """rainfall temperature pressure humidity wind speed velocity acceleration force torque voltage current power energy load demand supply price cost revenue profit sales orders visitors users sessions
clicks views downloads latency throughput requests errors failures accuracy loss precision recall score reward entropy gradient weight height length width depth area volume mass density concentration absorbance
intensity frequency amplitude phase signal noise dose response yield growth rate population density births deaths cases infections tests vaccinations age income spending budget debt inflation unemployment exports imports
traffic accidents distance duration delay time memory usage disk space battery charge level flow discharge runoff soil moisture salinity oxygen nitrate phosphate chlorophyll species abundance diversity biomass grade
attendance enrolment students teachers votes seats turnout satisfaction rating reviews stars returns complaints inventory stock capacity output production emissions carbon methane ozone particles sunshine snow depth
tide level wave height heart rate glucose insulin cholesterol sleep steps calories protein pulse reaction temperature strain stress displacement error residual variance probability likelihood frequency count share""".split()
LINKS = ['by', 'per', 'vs', 'versus', 'over', 'against', 'of', 'and', 'in', 'for', 'from', 'with', 'before', 'after', 'during', 'at', 'as a function of', 'and', 'across']
GROUPS = """month week day year quarter hour season region country city state store product category group class model method treatment site station sensor machine batch epoch step iteration layer channel patient age group
team player gender income level species plot field farm hospital school line route vehicle device browser platform language department campaign""".split()
PLACES = """Berlin Paris Lima Cairo Accra Hanoi Quito Perth Oslo Tokyo Seoul Delhi Mumbai Lagos Nairobi Madrid Rome Vienna Prague Warsaw Dublin London Boston Chicago Denver Austin Seattle Toronto Sydney Auckland Santiago Bogota
Havana Athens Lisbon Zurich Geneva Munich Hamburg Turin Lyon Kyoto Osaka Taipei Manila Jakarta Bangkok Dubai Doha Riyadh Amman Tunis Rabat Dakar Kigali Lusaka Harare Maputo north south east west centre coast inland Alps Andes Germany France
Italy Spain Poland Norway Sweden Finland Denmark Japan China India Brazil Chile Peru Mexico Canada Kenya Egypt Turkey Greece""".split()
NAMES = """Alice Bob Carol Dave Eve Frank Grace Heidi Ivan Judy Ken Lena Mia Noah Olga Paul Quinn Rosa Sam Tina Uma Vera Will Xena Yara Zoe train test validation val baseline control treated placebo model A model B ours original
linear ridge lasso forest boosting SVM k-NN CNN LSTM transformer observed predicted expected actual target forecast mean median upper lower before after old new fast slow left right high low male female adult child alpha beta gamma delta
sensor 1 sensor 2 Q1 Q2 Q3 Q4 2019 2020 2021 2022 2023 2024 v1 v2 v3.1 GPU CPU baseline + aug FLAC raw filtered""".split()
MONTHS = 'January February March April May June July August September October November December'.split()
SHORT = [m[:3] for m in MONTHS]
WEEK = 'Mon Tue Wed Thu Fri Sat Sun'.split()
FRUIT = 'apples pears plums grapes lemons figs dates nuts beans rice wheat maize oats tea coffee cocoa milk eggs fish bread'.split()
FOREIGN = """Temperatur Höhe Länge Geschwindigkeit Umsatz Größe Häufigkeit Zeit Straße Übersicht Température Pression Année Débit Énergie población año temperatura ventas Número velocità città perché Månad Ålder värde Jährlicher
Niederschlag Verbrauch Bevölkerung Räumliche Verteilung Messwert Dichte""".split()
SYLLABLES = [a + b for a in 'b c d f g h k l m n p r s t v w z br cl dr fl gr pl st tr sh th'.split() for b in 'a e i o u ai ou ar en il om us'.split()]


class Words:
    """Draws strings. `common`: English words with the frequency of Python's documentation, then a dictionary's."""

    def __init__(self, dictionary='/usr/share/dict/american-english'):
        text = ' '.join(pydoc_data.topics.topics.values())
        words, counts = np.unique([w for w in re.findall(r'[a-z]{3,}', text.lower())], return_counts=True)
        keep = counts > 2
        self.common, self.share = words[keep], counts[keep] ** .5 / (counts[keep] ** .5).sum()
        path = Path(dictionary)
        self.rare = [w for w in path.read_text().split('\n') if w.isalpha() and 2 < len(w) < 13] if path.exists() else list(self.common)

    def word(self, rng):
        r = rng.random()
        if r < .5:
            return pick(rng, TOPICS)
        if r < .68:
            return str(rng.choice(self.common, p=self.share))
        if r < .9:
            return pick(rng, self.rare)
        if r < .95:
            return pick(rng, FOREIGN)
        return ''.join(pick(rng, SYLLABLES) for _ in range(int(rng.integers(2, 4))))

    def label(self, rng):
        """An axis label."""
        n = int(rng.choice([1, 1, 2, 2, 3]))
        text = ' '.join(self.word(rng) for _ in range(n))
        text = cased(rng, text)
        r = rng.random()
        if r < .35:
            text += f' ({pick(rng, UNITS)})'
        elif r < .42:
            text += f' [{pick(rng, UNITS)}]'
        elif r < .46:
            text += f', {pick(rng, UNITS)}'
        elif r < .5:
            text = pick(rng, ['x', 'y', 'n', 't', 't (s)', 'value', 'count', 'Count', 'Frequency', 'Year', 'Month', 'epoch', 'index', 'f(x)', 'log(p)', 'x1', 'PC1', 'PC2', 'time_s', 'acc_x'])
        return text

    def title(self, rng):
        r = rng.random()
        if r < .4:
            text = f'{self.word(rng)} {pick(rng, LINKS)} {pick(rng, GROUPS)}'
        elif r < .6:
            text = f'{self.word(rng)} {self.word(rng)} {pick(rng, LINKS)} {self.word(rng)}'
        elif r < .72:
            text = f'{self.word(rng)} {pick(rng, ["in", "of", "at", "near"])} {pick(rng, PLACES)}' + (f', {int(rng.integers(1950, 2030))}' if rng.random() < .6 else '')
        elif r < .8:
            text = f'{pick(rng, ["Figure", "Fig.", "Experiment", "Run", "Trial", "Sample", "Site", "Batch", "Plot"])} {int(rng.integers(1, 40))}: {self.word(rng)} {self.word(rng)}'
        elif r < .86:
            text = f'{self.word(rng)}: {self.word(rng)} {pick(rng, LINKS)} {self.word(rng)} ({pick(rng, UNITS)})'
        else:
            text = ' '.join(self.word(rng) for _ in range(int(rng.integers(1, 6))))
        return cased(rng, text)

    def name(self, rng):
        """Of a series."""
        r = rng.random()
        if r < .35:
            return pick(rng, NAMES)
        if r < .55:
            return pick(rng, PLACES)
        if r < .7:
            return f'{pick(rng, ["group", "model", "sensor", "run", "site", "series", "Series", "fold", "line", "Station"])} {pick(rng, list("ABCDEFGH") + [str(k) for k in range(1, 13)])}'
        if r < .9:
            return cased(rng, self.word(rng))
        return cased(rng, f'{self.word(rng)} {self.word(rng)}')

    def names(self, rng, n, draw=None):
        out = []
        while len(out) < n:
            name = (draw or self.name)(rng)
            if name not in out:
                out.append(name)
        return out

    def categories(self, rng, n):
        r = rng.random()
        if r < .12:
            k = int(rng.integers(0, 12))
            return [(MONTHS if rng.random() < .4 else SHORT)[(k + i) % 12] for i in range(min(n, 12))]
        if r < .2:
            return WEEK[:min(n, 7)]
        if r < .32:
            y = int(rng.integers(1960, 2020))
            return [str(y + i) for i in range(n)]
        if r < .37:
            return list('ABCDEFGHIJKLMNOP'[:n])
        if r < .44:
            q, y = int(rng.integers(0, 4)), int(rng.integers(1990, 2030))
            return [f'Q{(q + i) % 4 + 1} {y + (q + i) // 4}' for i in range(n)]
        if r < .55:
            return [str(v) for v in rng.permutation(PLACES)[:n]]
        if r < .68:
            return [str(v) for v in rng.permutation(FRUIT)[:n]]
        return self.names(rng, n, lambda g: cased(g, self.word(g)))

    def line(self, rng):
        """A line of text in a picture: a sign, a heading, a line of a page."""
        r = rng.random()
        if r < .2:
            return self.title(rng).upper()
        if r < .7:
            return self.title(rng)
        if r < .8:
            return pick(rng, ['STOP', 'OPEN', 'EXIT', 'Login', 'Settings', 'File Edit View', 'Password', 'Submit', 'Page 1 of 3', 'Total', 'Sale', 'Warning', 'Error 404', 'Menu', 'Search', 'Welcome', 'Thank you', 'No smoking', 'Sold out'])
        return ' '.join(str(w) for w in rng.choice(self.common, int(rng.integers(2, 6)), p=self.share)).capitalize()


def pick(rng, items):
    return items[int(rng.integers(len(items)))]


def cased(rng, text):
    r = rng.random()
    return text[:1].upper() + text[1:] if r < .6 else text.title() if r < .75 else text if r < .95 else text.upper()


def num(v):
    """A number as the product writes it in a prompt: four significant digits, no exponent between 1e-4 and 1e7."""
    if v == 0:
        return '0'
    s = f'{v:.4g}'
    if 'e' in s and 1e-4 <= abs(float(s)) < 1e7:
        s = f'{float(s):.10f}'.rstrip('0').rstrip('.')
    if 'e' in s:
        a, b = s.split('e')
        s = f'{a}e{int(b)}'
    return '0' if s in ('-0', '-0.0') else s


def some(rng, low, high, digits=3):
    """A number between, log-uniform where both are positive, rounded to `digits` significant digits."""
    v = float(np.exp(rng.uniform(np.log(low), np.log(high)))) if low > 0 else float(rng.uniform(low, high))
    return float(f'{v:.{digits}g}')
