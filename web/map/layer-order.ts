/** Ids of the overlay's sources and layers, and the order in which they lie above any basemap. */
export const source = {
  unit: 'unit',
  unitLabel: 'unit-label',
  park: 'park',
  parkLabel: 'park-label',
  ground: 'ground',
  hotspot: 'hotspot',
  project: 'project',
  focus: 'project-focus',
} as const

/** Bottom to top. Symbols higher up are placed first, so a name gives way to a project. */
export const layerOrder = [
  'unit-land',
  'river-edge',
  'river',
  'province',
  'unit-line',
  'park-fill',
  'park-line',
  'park-line-approximate',
  'hotspot-short',
  'hotspot-fill',
  'hotspot-line',
  'hotspot-ring',
  'river-name',
  'place-name',
  'park-name',
  'unit-name',
  'project-cluster',
  'project-point',
  'project-focus',
  'hotspot-mark',
] as const

/** Layers that answer to a pointer. */
export const pickable = ['project-point', 'project-cluster'] as const
