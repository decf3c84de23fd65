import { termOf } from './words';

/** Words that people use for the same thing; a few dozen, for what this product has names for itself. */
const GROUPS = [
  'picture image photo photograph photography snapshot pic',
  'plot chart graph diagram figure',
  'sound audio recording noise',
  'speech voice talk speaking spoken',
  'music song melody tune',
  'video film movie clip footage animation',
  'cloud pointcloud scan lidar laser',
  'mesh model solid',
  'car automobile vehicle',
  'dog puppy hound',
  'cat kitten',
  'person man woman people human',
  'child kid boy girl baby',
  'house home building',
  'sea ocean beach coast shore',
  'ship boat',
  'plane airplane aircraft',
  'bike bicycle',
  'road street',
  'forest tree wood',
  'flower blossom',
  'rooster cock crow',
  'hen chicken',
  'storm thunder thunderstorm',
  'rain raining rainfall',
  'temperature heat warmth',
  'speed velocity',
  'income revenue sales earnings',
  'increase rise growth growing',
  'decrease fall decline drop',
  'depth distance',
  'red crimson scarlet',
  'gray grey',
  'big large huge',
  'small little tiny',
  'quiet silent silence',
  'loud noisy',
];

const TABLE = new Map<string, Set<string>>();
for (const group of GROUPS) {
  const terms = group.split(' ').map(termOf);
  for (const term of terms) {
    const others = TABLE.get(term) ?? new Set<string>();
    for (const other of terms) if (other !== term) others.add(other);
    TABLE.set(term, others);
  }
}

const NONE: ReadonlySet<string> = new Set();

export function synonymsOf(term: string): ReadonlySet<string> {
  return TABLE.get(term) ?? NONE;
}
