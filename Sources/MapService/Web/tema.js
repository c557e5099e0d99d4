// The themes and their classes. A class knows three forms of the same rule: a filter for
// the map, a test for a row of desa.json, and a label; they stand side by side so that the map,
// the legend and the table cannot disagree.
import {
  changeClasses,
  describeIsi,
  hotspotProperty,
  pocketClasses,
  ratioClasses,
} from './isi.js';
import { KELAS, ringkas } from './istilah.js';

const PROPORSI = ['#fcf3e3', '#f8ddb4', '#f1b982', '#e08a5b', '#c25a49', '#94304a', '#5f1a3d'];
const KEPADATAN = ['#eff6ee', '#d3e9d6', '#a7d3bf', '#6fb7ab', '#3a9396', '#1d6b7b', '#103f57'];

export const TEMA = [
  { kode: 'proporsi', nama: 'Proporsi miskin ekstrem' },
  { kode: 'titik-panas', nama: 'Titik panas' },
  { kode: 'kepadatan', nama: 'Kepadatan' },
  { kode: 'perubahan', nama: 'Perubahan' },
];

/// `count` colours spread evenly over a ramp.
function colours(ramp, count) {
  const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return Array.from({ length: count }, (_, index) => {
    const place = count === 1 ? 0 : (index * (ramp.length - 1)) / (count - 1);
    const low = Math.floor(place);
    const from = channels(ramp[low]);
    const to = channels(ramp[Math.min(low + 1, ramp.length - 1)]);
    const mixed = from.map((value, at) => Math.round(value + (to[at] - value) * (place - low)));
    return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  });
}

const isMissing = (value) => value === undefined || value === null;

/// n breaks above zero make n + 1 classes; a break belongs to the class above it. Rows without
/// the property are counted by `other`.
function rangeClasses(property, breaks, ramp, rows, unit, other = property) {
  const inner = breaks.filter((value) => value > 0);
  const shades = colours(ramp, inner.length + 1);
  return shades.map((warna, index) => {
    const from = index === 0 ? -Infinity : inner[index - 1];
    const to = index === inner.length ? Infinity : inner[index];
    const label =
      index === 0
        ? `< ${ringkas(to)}${unit}`
        : index === inner.length
          ? `≥ ${ringkas(from)}${unit}`
          : `${ringkas(from)} – ${ringkas(to)}${unit}`;
    const number = ['coalesce', ['get', property], -1];
    const filter = ['all', ['has', property]];
    if (from !== -Infinity) filter.push(['>=', number, from]);
    if (to !== Infinity) filter.push(['<', number, to]);
    const contains = (row) => {
      const value = row[property] ?? row[other];
      return !isMissing(value) && value >= from && value < to;
    };
    return {
      kode: `${property}-${index}`,
      label,
      warna,
      filter,
      contains,
      from,
      to,
      jumlah: rows.filter(contains).length,
    };
  });
}

function missingClass(property, rows, label) {
  const contains = (row) => isMissing(row[property]);
  const jumlah = rows.filter(contains).length;
  return {
    kode: `${property}-kosong`,
    label,
    arsir: true,
    filter: ['!', ['has', property]],
    contains,
    jumlah,
  };
}

/// `property` holds the class of a desa.
function hotspotClasses(rows, property) {
  const classes = Object.entries(KELAS).map(([kode, kelas]) => {
    const contains = (row) => row[property] === kode;
    return {
      kode,
      label: kelas.nama,
      warna: kelas.warna,
      arsir: kelas.arsir,
      tanda: kelas.tanda,
      sifat: [property],
      filter: ['==', ['get', property], kode],
      contains,
      jumlah: rows.filter(contains).length,
    };
  });
  // The seven classes of the test stay even when empty: a legend that changes its rows between
  // releases cannot be compared. The special cases show only when they occur.
  return classes.filter((kelas) => !kelas.arsir || kelas.jumlah > 0);
}

/// The classes of a theme in legend order, highest first; `isi` is the content it shows.
export function classesOf(tema, rilis, isi) {
  const { rentang } = rilis.meta;
  const rows = rilis.desa;
  if (tema === 'perubahan') return changeClasses(rows);
  if (tema === 'titik-panas' && isi === 'kantong-waktu') return pocketClasses(rilis);
  if (tema === 'titik-panas') return hotspotClasses(rows, hotspotProperty(rilis, isi));
  if (tema === 'kepadatan' && isi === 'rasio') return ratioClasses();
  if (tema === 'kepadatan' && isi === 'halus') {
    const { kepadatan } = rentang;
    return rangeClasses('kepadatan_halus', kepadatan, KEPADATAN, rows, '', 'kepadatan').reverse();
  }
  if (tema === 'kepadatan') {
    return rangeClasses('kepadatan', rentang.kepadatan, KEPADATAN, rows, '').reverse();
  }
  const ranges = rangeClasses('persen_ekstrem', rentang.persen_ekstrem, PROPORSI, rows, '%');
  const missing = missingClass('persen_ekstrem', rows, 'Ditutup / data terlalu sedikit');
  return missing.jumlah > 0 ? [...ranges.reverse(), missing] : ranges.reverse();
}

/// A paint expression: the colour of the class a feature falls in.
export function colourExpression(classes) {
  const cases = classes
    .filter((kelas) => kelas.warna)
    .flatMap((kelas) => [kelas.filter, kelas.warna]);
  return ['case', ...cases, 'rgba(0,0,0,0)'];
}

/// Heading, unit and notes of a theme. A register that is not the whole population is no
/// denominator: the proportion then carries the register's name.
export function describe(tema, rilis, isi) {
  const own = describeIsi(tema, rilis, isi);
  if (own) return own;
  const { kriteria, register, metode } = rilis.meta;
  if (tema === 'titik-panas') {
    return {
      judul: 'Titik panas dan titik dingin',
      satuan:
        'Kelompok desa bertetangga dengan proporsi miskin ekstrem yang nyata tinggi atau rendah',
    };
  }
  if (tema === 'kepadatan') {
    const metre = ringkas(metode.kepadatan.sel_m);
    return {
      judul: 'Kepadatan keluarga',
      satuan: `Keluarga per km² daratan, sel heksagon ${metre} m`,
      catatan:
        'Batang: jumlah desa menurut kepadatannya sendiri. Isi sel adalah perkiraan: keluarga tanpa posisi pasti disebar menurut luas di dalam desanya.',
    };
  }
  return {
    judul: register.lengkap ? 'Proporsi miskin ekstrem' : `Bagian dari keluarga ${register.sumber}`,
    satuan: `Keluarga miskin ekstrem (${kriteria.nama}) dari seluruh keluarga ${register.lengkap ? 'di desa' : `dalam ${register.sumber}`}`,
    catatan: 'Batas kelas tetap, sehingga peta antarrilis dapat dibandingkan. Batang: jumlah desa.',
  };
}
