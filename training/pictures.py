"""Photographs, stamps and catalogue pictures -> uint8 caches [N, 64, 64, 3] with captions; held out by fixed rules."""
import io
import json
import re
import tarfile
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

SIZE = 64
HELD_OUT, DEV = 20, 20  # photographs of a class by sorted name: the first are held out, the last for choosing


def to_square(picture):
    """What the product does with any picture: alpha on white, RGB, antialiased bicubic stretch to 64 x 64 -> uint8 [64, 64, 3]."""
    if picture.mode in ('RGBA', 'LA', 'P'):
        picture = picture.convert('RGBA')
        picture = Image.alpha_composite(Image.new('RGBA', picture.size, (255, 255, 255, 255)), picture)
    return np.asarray(picture.convert('RGB').resize((SIZE, SIZE), Image.BICUBIC))


def photos(data):
    """Tiny ImageNet training photographs. Returns (train [56000], train labels, dev [4000], dev labels, class names).

    Held out, and not returned: of every class the first 20 by sorted file name (`data/suite.py` asks about them). Dev: the
    last 20. A class is named by its first synonym.
    """
    data = Path(data)
    words = json.loads((data / 'tiny-imagenet-classes.json').read_text())
    wnids = sorted(words)
    files = {w: [] for w in wnids}
    with tarfile.open(data / 'tiny-imagenet-train.tar') as tar:
        for member in tar:
            if member.isfile():
                files[member.name.split('/')[-2]].append((Path(member.name).name, tar.extractfile(member).read()))
    split = ([], [], [], [])
    for label, wnid in enumerate(wnids):
        for i, (_, blob) in enumerate(sorted(files[wnid])[HELD_OUT:], HELD_OUT):
            a = to_square(Image.open(io.BytesIO(blob)))
            held = i >= len(files[wnid]) - DEV
            split[2 * held].append(a)
            split[2 * held + 1].append(label)
    names = [words[w].split(',')[0].strip() for w in wnids]
    return np.stack(split[0]), np.array(split[1], np.int16), np.stack(split[2]), np.array(split[3], np.int16), names


def stamps(folder='/usr/share/tuxpaint/stamps'):
    """Tux Paint stamps: pictures on white, the English sentence beside each as caption."""
    pictures, captions = [], []
    for path in sorted(Path(folder).rglob('*.png')):
        text = path.with_suffix('.txt')
        if not text.exists() or re.search(r'_(mirror|flip)', path.stem):
            continue
        caption = text.read_text(errors='replace').splitlines()[0].strip()
        if 3 < len(caption) < 90 and caption.isascii():
            pictures.append(to_square(Image.open(path)))
            captions.append(caption)
    return np.stack(pictures), captions


def catalogue(path):
    """Entries of a Sweet Home 3D library (.sh3f): list of dicts name, icon, model, width, depth, height."""
    with zipfile.ZipFile(path) as z:
        text = z.read('PluginFurnitureCatalog.properties').decode('latin-1')
    items = {}
    for line in text.splitlines():
        m = re.match(r'(name|icon|model|width|depth|height|modelRotation)#(\d+)\s*=\s*(.*)', line)
        if m:
            items.setdefault(int(m[2]), {})[m[1]] = m[3].strip()
    return [items[k] for k in sorted(items) if 'model' in items[k]]
