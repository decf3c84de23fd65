/**
 * Emoji and icons as small pictures with the noun that each shows:
 *   npm install @iconify-json/{noto,noto-v1,twemoji,openmoji,fluent-emoji,fluent-emoji-flat,fluent-emoji-high-contrast,emojione,emojione-v1,emojione-monotone,fxemoji,mdi,tabler,ph,fa6-solid,game-icons} unicode-emoji-json sharp
 *   npm install --no-save $(node drawings.mjs --more)     # more sets of icons of one colour, which widen training and nothing else
 *   node drawings.mjs FOLDER_OF_NODE_MODULES OUT
 * Writes OUT/drawings.bin (72 x 72 RGBA each, straight alpha), OUT/drawings.json: { nouns, items: [{ noun, set, name }] }.
 * Whole sets are held out (HELD_OUT, DEV): a style never seen, not pictures chosen by chance.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** More styles to learn from, where they are installed. They do not choose the nouns, and no set of Font Awesome or Phosphor is among them (held out, dev); none that is GPL, share-alike or not for commerce is read. */
const MORE_SETS = 'akar-icons arcticons basil bi bx bxs carbon cbi cil circum clarity covid cuida duo-icons el entypo ep et eva f7 fad famicons flat-color-icons fluent fluent-color fontisto foundation gis grommet-icons guidance healthicons heroicons hugeicons humbleicons ic icon-park icon-park-solid iconamoon iconoir ion iwwa ix jam la lets-icons line-md lineicons lsicon lucide mage majesticons maki map marketeq material-symbols material-symbols-light mdi-light medical-icon memory meteocons meteor-icons mingcute mynaui nimbus nrk octicon oi pepicons pepicons-pop pepicons-print picon pixel pixelarticons prime proicons ps qlementine-icons ri roentgen sargam-icons si simple-line-icons skill-icons solar stash streamline streamline-color streamline-emojis streamline-flex streamline-plump streamline-sharp subway system-uicons tdesign teenyicons temaki typcn uil uim uis uit unjs vscode-icons weui whh wi zondicons'.split(' ');
if (process.argv[2] === '--more') {
  console.log(MORE_SETS.map((s) => `@iconify-json/${s}`).join(' '));
  process.exit();
}

const [modules, out] = process.argv.slice(2);
const require = createRequire(path.resolve(modules, 'x.js'));
const sharp = require('sharp');
const SIDE = 72;
const EMOJI = ['noto', 'noto-v1', 'twemoji', 'openmoji', 'fluent-emoji', 'fluent-emoji-flat', 'fluent-emoji-high-contrast', 'emojione', 'emojione-v1', 'emojione-monotone', 'fxemoji'];
const ICONS = ['mdi', 'tabler', 'ph', 'fa6-solid', 'game-icons'];
/** Of these sets nothing is trained on. DEV is looked at while choosing; HELD_OUT once, of the finished model. */
export const HELD_OUT = ['openmoji', 'fa6-solid'];
export const DEV = ['emojione-v1', 'ph'];

/** Groups of Unicode's emoji of which every entry is a thing; of the others only those listed. */
const GROUPS = ['Animals & Nature', 'Food & Drink', 'Travel & Places', 'Activities', 'Objects'];
const MORE = ['ear', 'nose', 'eye', 'brain', 'tooth', 'bone', 'mouth', 'foot', 'leg', 'anatomical heart', 'lungs', 'robot', 'skull', 'ghost', 'alien', 'red heart', 'broken heart', 'snowman', 'baby', 'mermaid', 'fairy', 'zombie', 'vampire'];
/** No one noun names them, or they are a second drawing of a thing. */
const OUT = /keycap|clock$|o’clock|-thirty|moon (symbol)|hour|quarter|crescent|new moon|gibbous|japanese (?!castle|dolls)|waving|button|sign$|arrow|medium|large |small |diamond with|with (?!rice|horn)|before|over|behind|at night|no-|input|mobile phone (off|with)|muted|off$|closed |open |envelope with|inbox|outbox|card index|tear-off|spiral|round pushpin|crossed|left|right|increasing|decreasing|face without|speaker (high|medium|low)|wood$|hospital$|love hotel|department|office$|derelict|houses|garden$|post office|convenience|national|map of|performing|flower playing|red paper|curly|admission|reminder|carp|1st|2nd|3rd|military|sports medal/;
const RENAMED = {
  'dog face': 'dog', 'cat face': 'cat', 'horse face': 'horse', 'cow face': 'cow', 'pig face': 'pig', 'tiger face': 'tiger', 'rabbit face': 'rabbit', 'mouse face': 'mouse', 'monkey face': 'monkey', 'dragon face': 'dragon',
  'red apple': 'apple', 'green apple': 'apple', 'hot beverage': 'coffee', 'oncoming automobile': 'car', automobile: 'car', 'oncoming bus': 'bus', 'oncoming taxi': 'taxi', 'oncoming police car': 'police car', 'baby chick': 'chick', 'front-facing baby chick': 'chick', 'hatching chick': 'chick',
  'spouting whale': 'whale', 'two-hump camel': 'camel', 'paw prints': 'paw', 'grapes': 'grapes', 'sailboat': 'sailboat', 'motor boat': 'boat', 'bullet train': 'train', 'high-speed train': 'train', locomotive: 'train', 'small airplane': 'airplane', 'desktop computer': 'computer', 'video camera': 'video camera', 'movie camera': 'film camera', 'camera with flash': 'camera', 'mobile phone': 'phone', 'telephone receiver': 'telephone', 'light bulb': 'light bulb', 'soccer ball': 'soccer ball',
  'musical notes': 'musical note', 'bar chart': 'bar chart', 'old key': 'key', locked: 'padlock', unlocked: 'padlock', 'red heart': 'heart', 'sun with face': 'sun', 'maple leaf': 'leaf', 'fallen leaf': 'leaf', 'birthday cake': 'cake', shortcake: 'cake', 'deciduous tree': 'tree', 'evergreen tree': 'fir tree', 'palm tree': 'palm tree', 'wrapped gift': 'gift', 'wine glass': 'wine glass', 'beer mug': 'beer', 'clinking beer mugs': 'beer', 'cooked rice': 'rice', 'fork and knife': 'fork and knife', 'white cane': 'cane', 'sheaf of rice': 'rice plant', 'man’s shoe': 'shoe', 'running shoe': 'shoe', 'woman’s hat': 'hat', 'top hat': 'top hat', 'woman’s boot': 'boot', 'hiking boot': 'boot', handbag: 'bag', 'clutch bag': 'bag', purse: 'bag', 'safety pin': 'safety pin', 'closed umbrella': 'umbrella', 'umbrella on ground': 'umbrella', 'glowing star': 'star', 'trophy': 'trophy', rosette: 'rosette', 'cherry blossom': 'flower', blossom: 'flower', hibiscus: 'flower', 'ear of corn': 'corn', 'hot pepper': 'pepper', 'meat on bone': 'meat', 'poultry leg': 'chicken leg', 'cut of meat': 'meat', 'soft ice cream': 'ice cream', 'shaved ice': 'ice cream', 'racing car': 'racing car', 'sport utility vehicle': 'car', 'delivery truck': 'truck', 'articulated lorry': 'truck', 'passenger ship': 'ship', 'house with garden': 'house', 'star': 'star', 'snowman without snow': 'snowman', 'musical note': 'musical note', 'water pistol': 'water gun', 'books': 'book', 'green book': 'book', 'blue book': 'book', 'orange book': 'book', 'notebook': 'notebook', 'ledger': 'notebook', 'page facing up': 'page', 'page with curl': 'page', 'telescope': 'telescope', 'magnifying glass tilted left': 'magnifying glass', 'magnifying glass tilted right': 'magnifying glass',
};

/** Words by which the icon sets name a noun, where they differ from it. */
const ICON_NAMES = {
  airplane: ['airplane', 'plane'], phone: ['cellphone', 'device-mobile', 'mobile-screen'], telephone: ['phone', 'telephone'], 'light bulb': ['lightbulb', 'bulb'], padlock: ['lock'], computer: ['desktop-classic', 'desktop', 'computer'], 'soccer ball': ['soccer', 'ball-football', 'soccer-ball', 'futbol'], gift: ['gift'], coffee: ['coffee', 'mug-hot'], beer: ['beer', 'beer-stein', 'beer-mug-empty'], 'wine glass': ['glass-wine', 'wine', 'glass-full', 'wine-glass'], fish: ['fish'], fir: [], tree: ['tree'], 'fir tree': ['pine-tree', 'tree-evergreen'], car: ['car'], truck: ['truck'], train: ['train'], bicycle: ['bicycle', 'bike'], 'magnifying glass': ['magnify', 'search', 'magnifying-glass'], 'hammer': ['hammer'], scissors: ['content-cut', 'scissors', 'cut'], key: ['key'], 'video camera': ['video', 'video-camera'], 'film camera': ['movie-camera'], laptop: ['laptop'], sun: ['white-balance-sunny', 'sun'], moon: ['moon-waning-crescent', 'moon'], 'snowflake': ['snowflake'], envelope: ['email', 'mail', 'envelope'], heart: ['heart'], 'teddy bear': ['teddy-bear'], 'musical note': ['music-note', 'music'], guitar: ['guitar-acoustic', 'guitar'], pizza: ['pizza', 'pizza-slice'], hamburger: ['hamburger', 'burger'], apple: ['food-apple', 'apple', 'apple-whole'], ship: ['ferry', 'ship', 'boat'], bag: ['bag-personal', 'shopping-bag', 'handbag'], 'bar chart': ['chart-bar'], shoe: ['shoe-sneaker', 'shoe', 'sneaker'], glasses: ['glasses', 'eyeglasses'], 'leaf': ['leaf'], 'flower': ['flower'], house: ['home', 'house'], spoon: ['silverware-spoon', 'spoon'], 'fork and knife': ['silverware-fork-knife', 'tools-kitchen-2', 'fork-knife', 'utensils'], 'paw': ['paw'],
};

const emoji = Object.values(JSON.parse(readFileSync(require.resolve('unicode-emoji-json/data-by-emoji.json'), 'utf8')));
const set = (name) => JSON.parse(readFileSync(require.resolve(`@iconify-json/${name}/icons.json`), 'utf8'));
const sets = Object.fromEntries([...EMOJI, ...ICONS].map((name) => [name, set(name)]));
const slug = (name) => name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[’']/g, '').replace(/[^a-zA-Z0-9]+/g, '-').toLowerCase();

/** noun -> slugs of the emoji that show it */
const byNoun = new Map();
for (const e of emoji) {
  const listed = MORE.includes(e.name);
  if (!listed && (!GROUPS.includes(e.group) || (OUT.test(e.name) && !RENAMED[e.name]))) continue;
  const noun = RENAMED[e.name] ?? e.name;
  byNoun.set(noun, [...(byNoun.get(noun) ?? []), slug(e.name)]);
}

function find(collection, name) {
  const icon = collection.icons[name] ?? collection.icons[collection.aliases?.[name]?.parent];
  return icon && { body: icon.body, w: icon.width ?? collection.width ?? 16, h: icon.height ?? collection.height ?? 16, left: icon.left ?? collection.left ?? 0, top: icon.top ?? collection.top ?? 0 };
}

const ICON_VARIANTS = { mdi: ['', '-outline', '-variant'], tabler: ['', '-filled'], ph: ['', '-fill', '-bold', '-duotone', '-thin'], 'fa6-solid': [''], 'game-icons': [''] };
function entries(noun, slugs) {
  const found = [];
  for (const name of EMOJI) for (const s of slugs) for (const form of [s, s.replaceAll('-', '')]) if (find(sets[name], form) && !found.some((f) => f.set === name && f.name === form)) found.push({ set: name, name: form });
  for (const name of ICONS)
    for (const base of ICON_NAMES[noun] ?? [slug(noun)])
      for (const ending of ICON_VARIANTS[name]) if (find(sets[name], base + ending)) found.push({ set: name, name: base + ending });
  return found;
}

/** What an icon's name may end with and still show the same thing. */
const STYLE = /^(?:-(?:outlined?|outline-?rounded|line|lined|linear|fill|filled|solid|bold|bold-duotone|line-duotone|duotone|broken|twotone|round|rounded|sharp|regular|light|thin|color|alt|variant|stroke|two-tone|flat|\d{1,2}|[1-3]x|\d\d-(?:regular|filled|solid)|(?:outline|fill|solid)-\d\d))*$/;
const PER_SET = 2;
const licence = (name) => {
  const { license } = JSON.parse(readFileSync(path.resolve(modules, '@iconify-json', name, 'info.json'), 'utf8'));
  return license?.spdx ?? license?.title ?? 'unknown';
};
/** Nouns that icon sets use for something else. */
const OTHERWISE = ['mouse', 'bat', 'cricket'];
const more = MORE_SETS.map((name) => [name, path.resolve(modules, '@iconify-json', name, 'icons.json')]).filter(([, file]) => existsSync(file)).map(([name, file]) => [name, JSON.parse(readFileSync(file, 'utf8'))]).filter(([name]) => !/GPL|-NC|-SA/.test(licence(name)));
/** base name -> names of the set's icons that are it in some style, shortest first */
function styled(collection, base) {
  return Object.keys(collection.icons).filter((n) => n.startsWith(base) && STYLE.test(n.slice(base.length))).sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, PER_SET);
}
function wider(noun) {
  if (OTHERWISE.includes(noun)) return [];
  const bases = [...new Set([slug(noun), ...(ICON_NAMES[noun] ?? [])])].filter((b) => b.length > 1);
  return more.flatMap(([name, s]) => [...new Set(bases.flatMap((b) => styled(s, b)))].slice(0, PER_SET).map((n) => ({ set: name, name: n })));
}

const table = [...byNoun].map(([noun, slugs]) => ({ noun, found: entries(noun, slugs) }));
const styles = (found) => new Set(found.map((f) => f.set)).size;
const chosen = table.filter(({ found }) => styles(found) >= 6 && found.some((f) => f.set === 'openmoji')).sort((a, b) => styles(b.found) - styles(a.found) || (a.noun < b.noun ? -1 : 1)).slice(0, 300).sort((a, b) => (a.noun < b.noun ? -1 : 1));
const blobs = [], items = [], others = Object.fromEntries(more);
for (const { noun, found } of chosen)
  for (const { set: name, name: icon } of [...found, ...wider(noun)]) {
    const i = find(sets[name] ?? others[name], icon);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${SIDE}" height="${SIDE}" viewBox="${i.left} ${i.top} ${i.w} ${i.h}" color="#111">${i.body}</svg>`;
    try {
      blobs.push(await sharp(Buffer.from(svg)).resize(SIDE, SIDE, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } }).ensureAlpha().raw().toBuffer());
      items.push({ noun, set: name, name: icon });
    } catch (error) {
      console.error(name, icon, error.message);
    }
  }
writeFileSync(path.join(out, 'drawings.bin'), Buffer.concat(blobs));
writeFileSync(path.join(out, 'drawings.json'), JSON.stringify({ nouns: chosen.map((c) => c.noun), heldOut: HELD_OUT, dev: DEV, items }));
console.log(more.map(([name]) => `${name} (${licence(name)})`).join(', '));
console.log(chosen.length, 'nouns', items.length, 'pictures;', table.length, 'candidates');
console.log(chosen.map((c) => c.noun).join(', '));
