// What lies around the kabupaten, for orientation only: no base map is loaded, so that the page
// works without internet. The seas are drawn by hand to about 2 km; along the kabupaten the edge
// of the strait runs inland under the desa, whose own coast is the one seen.

const STRAIT = [
  [110, -5],
  [110, -6.9],
  [112.5, -6.9],
  [112.62, -7.05],
  [112.68, -7.2],
  [112.78, -7.3],
  [112.84, -7.47],
  [112.85, -7.56],
  [112.9, -7.625],
  [112.98, -7.65],
  [113.03, -7.672],
  [113.06, -7.705],
  [113.075, -7.74],
  [113.13, -7.76],
  [113.172, -7.752],
  [113.186, -7.738],
  [113.205, -7.735],
  [113.228, -7.744],
  [113.245, -7.77],
  [113.3, -7.795],
  [113.36, -7.79],
  [113.4, -7.755],
  [113.47, -7.74],
  [113.53, -7.735],
  [113.575, -7.735],
  [113.6, -7.722],
  [113.64, -7.727],
  [113.69, -7.724],
  [113.76, -7.717],
  [113.83, -7.696],
  [113.9, -7.675],
  [113.95, -7.672],
  [114.02, -7.63],
  [114.06, -7.6],
  [114.3, -7.72],
  [116, -7.8],
  [116, -5],
  [110, -5],
];

const MADURA = [
  [112.7, -7.15],
  [112.68, -7.04],
  [112.83, -6.89],
  [113.3, -6.88],
  [113.9, -6.87],
  [114.1, -6.95],
  [113.95, -7.08],
  [113.68, -7.13],
  [113.5, -7.23],
  [113.25, -7.22],
  [113, -7.19],
  [112.7, -7.15],
];

const OCEAN = [
  [110, -8.3],
  [112.3, -8.33],
  [112.65, -8.42],
  [112.92, -8.39],
  [113.1, -8.28],
  [113.25, -8.29],
  [113.42, -8.39],
  [113.62, -8.5],
  [113.95, -8.62],
  [114.35, -8.75],
  [116, -8.8],
  [116, -11],
  [110, -11],
  [110, -8.3],
];

const PLACES = [
  ['Selat Madura', 'laut', [113.27, -7.59]],
  ['Samudra Hindia', 'laut', [113.1, -8.6]],
  ['Madura', 'darat', [113.35, -7.04]],
  ['Kota Probolinggo', 'kota', [113.204, -7.766]],
  ['Pasuruan', 'darat', [112.945, -7.77]],
  ['Lumajang', 'darat', [113.12, -8.09]],
  ['Jember', 'darat', [113.47, -8.1]],
  ['Situbondo', 'darat', [113.648, -7.77]],
  ['Bondowoso', 'darat', [113.658, -7.86]],
];

const feature = (geometry, properties) => ({ type: 'Feature', geometry, properties });

export const latar = {
  type: 'FeatureCollection',
  features: [
    feature(
      { type: 'MultiPolygon', coordinates: [[STRAIT, MADURA], [OCEAN]] },
      { jenis: 'perairan' },
    ),
    ...PLACES.map(([nama, jenis, coordinates]) =>
      feature({ type: 'Point', coordinates }, { nama, jenis }),
    ),
  ],
};
