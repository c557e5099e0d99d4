// The map style: sources, layers from bottom to top, and the changes a theme makes to them.
import { colourExpression } from './tema.js';
import { latar } from './latar.js';
import { tileJSON } from './rilis.js';

export const LAYERS = ['desa', 'kecamatan', 'kepadatan', 'label'];

// Without `glyphs` in the style MapLibre draws labels from the fonts of the machine and takes
// weight and slant from the first name.
const REGULAR = ['Segoe UI', 'Noto Sans', 'Roboto', 'DejaVu Sans'];
const SEMIBOLD = ['Segoe UI Semibold', 'Segoe UI', 'Noto Sans', 'Roboto', 'DejaVu Sans'];
const ITALIC = ['Segoe UI Italic', 'Segoe UI', 'Noto Sans', 'Roboto', 'DejaVu Sans'];

const INK = '#22303a';
const byZoom = (...stops) => ['interpolate', ['linear'], ['zoom'], ...stops];
const NOTHING = ['==', ['get', 'kode_desa'], ''];
const isOver = ['boolean', ['feature-state', 'sorot'], false];

const fill = (id, source, rest) => ({ id, type: 'fill', source, 'source-layer': source, ...rest });
const line = (id, source, rest) => ({
  id,
  type: 'line',
  source,
  'source-layer': source,
  layout: { 'line-join': 'round', 'line-cap': 'round' },
  ...rest,
});

const background = [
  { id: 'daratan', type: 'background', paint: { 'background-color': '#f0eee7' } },
  {
    id: 'laut',
    type: 'fill',
    source: 'latar',
    filter: ['==', ['get', 'jenis'], 'perairan'],
    paint: { 'fill-color': '#d5e4eb' },
  },
  {
    id: 'pantai-lunak',
    type: 'line',
    source: 'latar',
    filter: ['==', ['get', 'jenis'], 'perairan'],
    paint: {
      'line-color': '#c3d8e2',
      'line-width': byZoom(8, 5, 12, 18),
      'line-blur': byZoom(8, 5, 12, 18),
    },
  },
  // A pale rim around the kabupaten; the fills above hide its inner half.
  line('rona', 'kecamatan', {
    paint: { 'line-color': '#ffffff', 'line-opacity': 0.6, 'line-width': byZoom(8, 6, 12, 16) },
  }),
  fill('dasar', 'kecamatan', { paint: { 'fill-color': '#fbfaf7', 'fill-antialias': false } }),
];

const themes = [
  fill('desa-isi', 'desa', { paint: { 'fill-color': 'rgba(0,0,0,0)', 'fill-opacity': 1 } }),
  fill('desa-arsir', 'desa', { filter: NOTHING, paint: { 'fill-pattern': 'arsir-kelabu' } }),
  fill('desa-tepi', 'desa', {
    filter: ['==', ['get', 'tepi'], true],
    paint: { 'fill-pattern': 'arsir-tepi' },
  }),
  fill('sel-isi', 'kepadatan', {
    paint: { 'fill-color': 'rgba(0,0,0,0)', 'fill-opacity': 1, 'fill-antialias': false },
  }),
  line('sel-garis', 'kepadatan', {
    minzoom: 10,
    paint: { 'line-color': '#ffffff', 'line-opacity': 0.55, 'line-width': 0.5 },
  }),
];

const borders = [
  line('desa-garis', 'desa', {
    paint: { 'line-color': '#ffffff', 'line-width': byZoom(8, 0.3, 11, 0.8, 14, 1.4) },
  }),
  line('kecamatan-tepi', 'kecamatan', {
    paint: { 'line-color': '#ffffff', 'line-width': byZoom(8, 1.6, 12, 4.2), 'line-opacity': 0.75 },
  }),
  line('kecamatan-garis', 'kecamatan', {
    paint: { 'line-color': INK, 'line-width': byZoom(8, 0.6, 12, 1.6), 'line-opacity': 0.75 },
  }),
  line('desa-sorot', 'desa', {
    paint: {
      'line-color': INK,
      'line-width': ['case', isOver, 2, 0],
      'line-opacity': ['case', isOver, 1, 0],
    },
  }),
  // Invisible but found by queries, whatever the theme shows.
  fill('desa-kena', 'desa', { paint: { 'fill-opacity': 0 } }),
];

const selection = ['desa', 'kecamatan'].flatMap((source) => [
  line(`${source}-pilih-tepi`, source, {
    filter: NOTHING,
    paint: { 'line-color': '#ffffff', 'line-width': 6.5 },
  }),
  line(`${source}-pilih`, source, {
    filter: NOTHING,
    paint: { 'line-color': '#0b2530', 'line-width': 3 },
  }),
]);

function symbol(id, source, filter, layout, paint, rest = {}) {
  const place = source === 'label' ? { 'source-layer': 'label' } : {};
  return {
    id,
    type: 'symbol',
    source,
    ...place,
    filter,
    ...rest,
    layout: { 'text-field': ['get', 'nama'], 'text-max-width': 7, 'text-padding': 3, ...layout },
    paint: { 'text-halo-color': 'rgba(255,255,255,0.9)', 'text-halo-width': 1.4, ...paint },
  };
}

const labels = [
  {
    id: 'tanda',
    type: 'symbol',
    source: 'tanda',
    layout: {
      'icon-image': ['get', 'tanda'],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'icon-size': byZoom(8, 0.5, 10, 0.75, 12, 1),
    },
  },
  symbol(
    'nama-sekitar',
    'latar',
    ['in', ['get', 'jenis'], ['literal', ['darat', 'kota']]],
    { 'text-font': REGULAR, 'text-size': byZoom(8, 9, 9.5, 11, 12, 15), 'text-padding': 0 },
    { 'text-color': '#8b8779', 'text-halo-color': '#f0eee7' },
  ),
  symbol(
    'nama-laut',
    'latar',
    ['==', ['get', 'jenis'], 'laut'],
    {
      'text-font': ITALIC,
      'text-size': byZoom(8, 12, 12, 18),
      'text-letter-spacing': 0.16,
      'text-max-width': 20,
    },
    { 'text-color': '#7b9dad', 'text-halo-color': '#d5e4eb' },
  ),
  symbol(
    'nama-desa',
    'label',
    ['==', ['get', 'jenis'], 'desa'],
    {
      'text-font': REGULAR,
      'text-size': byZoom(10.8, 11, 14, 14),
      'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
      'text-radial-offset': 0.75,
      'symbol-sort-key': ['coalesce', ['get', 'peringkat'], 99],
    },
    { 'text-color': '#2b3942' },
    { minzoom: 10.8 },
  ),
  symbol(
    'nama-kecamatan',
    'label',
    ['==', ['get', 'jenis'], 'kecamatan'],
    {
      'text-font': SEMIBOLD,
      'text-size': byZoom(8, 9.5, 10, 12, 13, 16),
      'text-letter-spacing': 0.03,
      'symbol-sort-key': ['coalesce', ['get', 'peringkat'], 99],
      'text-padding': 2,
    },
    { 'text-color': '#14232c', 'text-halo-width': 1.7 },
  ),
];

export function style(rilis) {
  const sources = Object.fromEntries(
    LAYERS.map((layer) => [layer, { type: 'vector', url: tileJSON(layer, rilis) }]),
  );
  return {
    version: 8,
    sources: {
      ...sources,
      latar: { type: 'geojson', data: latar },
      tanda: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: [...background, ...themes, ...borders, ...selection, ...labels],
  };
}

/// The arrows of a theme: one point in each desa of a class that has one, with the properties
/// that the filter of the class asks for.
function arrows(classes, rilis) {
  const features = classes
    .filter((kelas) => kelas.tanda)
    .flatMap((kelas) =>
      rilis.desa.filter(kelas.contains).map((row) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: row.titik },
        properties: Object.fromEntries([
          ['tanda', kelas.tanda],
          ...kelas.sifat.map((name) => [name, row[name]]),
        ]),
      })),
    );
  return { type: 'FeatureCollection', features };
}

export function applyTheme(map, tema, classes, rilis) {
  const show = (id, isShown) =>
    map.setLayoutProperty(id, 'visibility', isShown ? 'visible' : 'none');
  const isDensity = tema === 'kepadatan';
  const isHotspot = tema === 'titik-panas';
  for (const id of ['desa-isi', 'desa-arsir']) show(id, !isDensity);
  for (const id of ['sel-isi', 'sel-garis']) show(id, isDensity);
  // Pockets in space and time have no arrows, and no neighbours that could be missing.
  show('desa-tepi', isHotspot && classes.some((kelas) => kelas.tanda));
  show('tanda', classes.some((kelas) => kelas.tanda));
  map.setPaintProperty(isDensity ? 'sel-isi' : 'desa-isi', 'fill-color', colourExpression(classes));
  const hatched = classes.filter((kelas) => kelas.arsir).map((kelas) => kelas.filter);
  map.setFilter('desa-arsir', hatched.length > 0 ? ['any', ...hatched] : NOTHING);
  // White lines part the ranges; on the white-grey of "tidak nyata" and among the cells they
  // would be lost or loud, so there they are grey, and over cells only when near.
  map.setPaintProperty('desa-garis', 'line-color', tema === 'proporsi' ? '#ffffff' : '#9aa3a4');
  map.setPaintProperty('desa-garis', 'line-opacity', isDensity ? byZoom(10, 0, 11.5, 0.7) : 0.85);
  map.getSource('tanda').setData(arrows(classes, rilis));
}

/// Dims what is outside the class; null brings everything back.
export function applyHighlight(map, kelas) {
  const opacity = kelas ? ['case', kelas.filter, 1, 0.13] : 1;
  for (const id of ['desa-isi', 'desa-arsir', 'desa-tepi', 'sel-isi']) {
    map.setPaintProperty(id, 'fill-opacity', opacity);
  }
  map.setPaintProperty('tanda', 'icon-opacity', kelas ? ['case', kelas.filter, 1, 0.13] : 1);
}

export function applySelection(map, pilihan) {
  for (const jenis of ['desa', 'kecamatan']) {
    const code = pilihan?.jenis === jenis ? pilihan.kode : '';
    for (const id of [`${jenis}-pilih`, `${jenis}-pilih-tepi`]) {
      map.setFilter(id, ['==', ['get', `kode_${jenis}`], code]);
    }
  }
}

export function applyRelease(map, rilis) {
  for (const layer of LAYERS) map.getSource(layer).setUrl(tileJSON(layer, rilis));
}
