import type { Fact } from '../../media/fact';
import type { PointMedia } from '../../media/media';
import type { WorkPacer } from '../audio/workPacer';
import { type MeshTopology, meshTopology } from './meshTopology';
import { round } from './round';

/** What the edges of a mesh tell; nothing of a cloud, and of a mesh too large for its edges to be kept. */
export async function meshFacts({ mesh }: PointMedia, pacer: WorkPacer): Promise<Fact[]> {
  if (!mesh) return [];
  const topology = await meshTopology(mesh, pacer);
  if (topology.triangles === 0) return [];
  return [...edgeFacts(topology), ...solidFacts(topology)];
}

function edgeFacts({ openEdges, nonManifoldEdges, holes, components }: MeshTopology): Fact[] {
  const joined = 'corners in the same place are one';
  return [
    {
      name: 'points.watertight',
      value: openEdges === 0 && nonManifoldEdges === 0,
      how: `whether each edge belongs to exactly two triangles; ${joined}`,
    },
    {
      name: 'points.holes',
      value: holes,
      how: `connected rims of edges with one triangle (${openEdges} edges); ${joined}`,
    },
    { name: 'points.nonManifoldEdges', value: nonManifoldEdges, how: `edges of more than two triangles; ${joined}` },
    { name: 'points.components', value: components, how: `parts that share no corner; ${joined}` },
  ];
}

function solidFacts({ volume, corners, edges, triangles, components }: MeshTopology): Fact[] {
  const euler = corners - edges + triangles;
  const facts: Fact[] = [
    { name: 'points.euler', value: euler, how: `${corners} corners - ${edges} edges + ${triangles} triangles` },
  ];
  if (volume === undefined || !Number.isFinite(volume)) return facts;
  facts.push({
    name: 'points.volume',
    value: round(volume),
    unit: 'units³',
    how: 'signed tetrahedra of all triangles; the mesh is closed and its triangles face the same way',
  });
  const genus = (2 * components - euler) / 2;
  if (Number.isInteger(genus) && genus >= 0)
    facts.push({
      name: 'points.genus',
      value: genus,
      how: `handles of all ${components} parts together: parts - half of points.euler`,
    });
  return facts;
}
