type Triple = readonly [number, number, number];

/** Which columns of a table hold the position and the colour. */
export interface ColumnRoles {
  place: Triple;
  color?: Triple;
}

export function columnRoles(place: Triple, color?: Triple): ColumnRoles {
  return color ? { place, color } : { place };
}

const PLACE_NAMES = [
  ['x', 'y', 'z'],
  ['//x', 'y', 'z'],
  ['position_x', 'position_y', 'position_z'],
  ['pos_x', 'pos_y', 'pos_z'],
  ['points:0', 'points:1', 'points:2'],
] as const;
const COLOR_NAMES = [
  ['r', 'g', 'b'],
  ['red', 'green', 'blue'],
  ['color_r', 'color_g', 'color_b'],
  ['diffuse_red', 'diffuse_green', 'diffuse_blue'],
] as const;

/** Roles by the names in a header line; undefined if they name no x, y and z. */
export function rolesOfNames(header: readonly string[]): ColumnRoles | undefined {
  const names = header.map((name) =>
    name
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .toLowerCase(),
  );
  const place = find(names, PLACE_NAMES);
  return place && columnRoles(place, find(names, COLOR_NAMES));
}

function find(names: readonly string[], choices: ReadonlyArray<readonly string[]>): Triple | undefined {
  for (const choice of choices) {
    const [a, b, c] = choice.map((name) => names.indexOf(name));
    if (a !== undefined && b !== undefined && c !== undefined && Math.min(a, b, c) >= 0) return [a, b, c];
  }
  return undefined;
}

/** Rows that are looked at to tell colours from normals. */
const PROBED_ROWS = 200;

/**
 * Roles of columns without names: xyz first; then three columns of colours (0 to 1, or integers 0 to 255), which may
 * stand behind one of intensity. Values below 0 or of unit length are normals. `at` gives a value by row and column.
 * Undefined with fewer than three columns.
 */
export function rolesOfUnnamed(
  columns: number,
  rows: number,
  at: (row: number, column: number) => number,
): ColumnRoles | undefined {
  if (columns < 3) return undefined;
  const step = Math.max(1, Math.floor(rows / PROBED_ROWS));
  const looksColored = (first: number): boolean => {
    let unitLengths = 0;
    let probed = 0;
    let largest = 0;
    let integers = true;
    for (let row = 0; row < rows; row += step, probed++) {
      const rgb = [at(row, first), at(row, first + 1), at(row, first + 2)];
      if (rgb.some((value) => !(value >= 0 && value <= 255))) return false;
      if (Math.abs(Math.hypot(...rgb) - 1) < 1e-3) unitLengths++;
      largest = Math.max(largest, ...rgb);
      integers &&= rgb.every(Number.isInteger);
    }
    return (largest <= 1 || integers) && unitLengths < 0.9 * probed;
  };
  if (columns >= 6 && looksColored(3)) return columnRoles([0, 1, 2], [3, 4, 5]);
  if (columns >= 7 && looksColored(4)) return columnRoles([0, 1, 2], [4, 5, 6]);
  return columnRoles([0, 1, 2]);
}
