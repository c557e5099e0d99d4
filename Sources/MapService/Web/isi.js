// What a theme shows when it has more than one content: the hotspots of several indicators, the
// density as it is counted, smoothed, or as a ratio. Also the two contents that are classes of
// their own: changes since the register before, and pockets in space and time.
import { angka, KELAS, ringkas, tanggal } from './istilah.js';

const isMissing = (value) => value === undefined || value === null;
const KANTONG = ['#7f0d2b', '#b3394a', '#d9654f', '#e8927b', '#f3b49a', '#f7cdb8'];

/// The contents of a theme, the usual one first; one alone needs no choice.
export function isiOf(tema, rilis) {
  const { kriteria, hasil_lain: lain } = rilis.meta;
  if (tema === 'titik-panas') {
    const list = [{ kode: 'ekstrem', nama: `Miskin ekstrem (${kriteria.nama})` }];
    for (const { id, nama } of lain?.indikator ?? []) list.push({ kode: id, nama });
    if (lain?.kantong_waktu) list.push({ kode: 'kantong-waktu', nama: 'Kantong ruang-waktu' });
    return list;
  }
  if (tema === 'kepadatan' && lain?.permukaan) {
    const list = [
      { kode: 'sel', nama: 'Keluarga, dihitung per sel' },
      { kode: 'halus', nama: 'Keluarga, dihaluskan' },
    ];
    if (lain.permukaan.rasio) list.push({ kode: 'rasio', nama: 'Rasio miskin ekstrem' });
    return list;
  }
  return [];
}

export const indikatorOf = (rilis, isi) =>
  rilis.meta.hasil_lain?.indikator?.find(({ id }) => id === isi) ?? null;

/// The property that holds the class of a desa for a content of the hotspot theme.
export function hotspotProperty(rilis, isi) {
  const indikator = indikatorOf(rilis, isi);
  return indikator ? `kelas_${indikator.sifat}` : 'kelas';
}

/// Numerator over denominator in numbers, from the visible desil; null where one is withheld.
export function indikatorAngka(indikator, row) {
  const sum = ([from, to]) => {
    let total = 0;
    for (let desil = from; desil <= to; desil += 1) {
      const count = row[`desil_${desil}`];
      if (isMissing(count)) return null;
      total += count;
    }
    return total;
  };
  const cases = sum(indikator.desil);
  const people = indikator.desil_penyebut ? sum(indikator.desil_penyebut) : row.keluarga;
  return isMissing(cases) || isMissing(people) || people < 20 ? null : { cases, people };
}

function kelasOf(rows, { filter, contains, ...rest }) {
  return { ...rest, filter, contains, jumlah: rows.filter(contains).length };
}

const numberOf = (property) => ['coalesce', ['get', property], 0];

/// Desa by what the test of the difference says, and by more or less than two points.
export function changeClasses(rows) {
  const sifat = ['beda_kelas', 'beda_persen'];
  const step = (kode, label, warna, tanda, beda, isLarge) => {
    const size = ['abs', numberOf('beda_persen')];
    return kelasOf(rows, {
      kode,
      label,
      warna,
      tanda,
      sifat,
      filter: ['all', ['==', ['get', 'beda_kelas'], beda], [isLarge ? '>=' : '<', size, 2]],
      contains: (row) => row.beda_kelas === beda && Math.abs(row.beda_persen) >= 2 === isLarge,
    });
  };
  const same = kelasOf(rows, {
    kode: 'tidak_berbeda',
    label: 'Tidak berbeda nyata',
    warna: '#f3f1ea',
    filter: ['==', ['get', 'beda_kelas'], 'tidak_berbeda'],
    contains: (row) => row.beda_kelas === 'tidak_berbeda',
  });
  const missing = kelasOf(rows, {
    kode: 'beda-kosong',
    label: 'Ditutup / data terlalu sedikit',
    arsir: true,
    filter: ['!', ['has', 'beda_kelas']],
    contains: (row) => isMissing(row.beda_kelas),
  });
  return [
    step('naik-besar', 'Naik 2 poin atau lebih', '#8e2a6b', 'panas-3', 'naik', true),
    step('naik', 'Naik, kurang dari 2 poin', '#d79ac0', 'panas-2', 'naik', false),
    same,
    step('turun', 'Turun, kurang dari 2 poin', '#93c9a4', 'dingin-2', 'turun', false),
    step('turun-besar', 'Turun 2 poin atau lebih', '#25784a', 'dingin-3', 'turun', true),
    ...(missing.jumlah > 0 ? [missing] : []),
  ];
}

/// A class for each pocket that still goes on, and one for the rest.
export function pocketClasses(rilis) {
  const rows = rilis.desa;
  const pockets = rilis.meta.hasil_lain.kantong_waktu.berlangsung.map((pocket) =>
    kelasOf(rows, {
      kode: `kantong-${pocket.nomor}`,
      label: `Kantong ${pocket.nomor}, sejak ${tanggal(pocket.dari)}`,
      warna: KANTONG[Math.min(pocket.nomor, KANTONG.length) - 1],
      filter: ['==', ['get', 'kantong_waktu'], pocket.nomor],
      contains: (row) => row.kantong_waktu === pocket.nomor,
    }),
  );
  const rest = kelasOf(rows, {
    kode: 'bukan-kantong',
    label: 'Bukan kantong',
    warna: '#f3f1ea',
    filter: ['!', ['has', 'kantong_waktu']],
    contains: (row) => isMissing(row.kantong_waktu),
  });
  return [...pockets, rest];
}

/// Cells by the ratio and its test. A ratio that is withheld is a low one.
export function ratioClasses() {
  const of = (kode, label, warna, beda, test) => ({
    kode,
    label,
    warna,
    jumlah: null,
    filter: [
      'all',
      ['==', ['get', 'rasio_kelas'], beda],
      ...(test ? [[test[0], numberOf('rasio'), test[1]]] : []),
    ],
    contains: (cell) => {
      if (cell.rasio_kelas !== beda) return false;
      if (!test) return true;
      const ratio = cell.rasio ?? 0;
      return test[0] === '>=' ? ratio >= test[1] : ratio < test[1];
    },
  });
  return [
    of('rasio-4', '≥ 2 kali kabupaten, nyata', '#8f1d3f', 'tinggi', ['>=', 2]),
    of('rasio-3', 'Di atas kabupaten, nyata', '#dd8f86', 'tinggi', ['<', 2]),
    of('rasio-2', 'Tidak berbeda nyata', '#f3f1ea', 'tidak_nyata'),
    of('rasio-1', 'Di bawah kabupaten, nyata', '#a5c8dc', 'rendah', ['>=', 0.5]),
    of('rasio-0', '< ½ kabupaten, nyata', '#2f6f9f', 'rendah', ['<', 0.5]),
  ];
}

/// Heading, unit and note of a content that is not its theme's usual one; else null.
export function describeIsi(tema, rilis, isi) {
  const { hasil_lain: lain, kriteria, metode } = rilis.meta;
  if (tema === 'perubahan') {
    return {
      judul: 'Perubahan proporsi miskin ekstrem',
      satuan: `Selisih proporsi (${kriteria.nama}) terhadap register ${tanggal(lain.perubahan.tanggal)}, dalam poin persen`,
      catatan: lain.perubahan.catatan,
    };
  }
  if (tema === 'titik-panas' && isi === 'kantong-waktu') {
    return {
      judul: 'Kantong ruang-waktu yang masih berlangsung',
      satuan: `Lingkaran desa yang proporsi miskin ekstremnya kini menonjol terhadap rata-ratanya sendiri, dari ${angka(lain.kantong_waktu.register.length)} register`,
      catatan: lain.kantong_waktu.catatan,
    };
  }
  const indikator = indikatorOf(rilis, isi);
  if (tema === 'titik-panas' && indikator) {
    return {
      judul: `Titik panas dan titik dingin: ${indikator.nama}`,
      satuan: `Kelompok desa bertetangga dengan proporsi ${indikator.pembilang} yang nyata tinggi atau rendah`,
      catatan: `Bukan miskin ekstrem, melainkan ${indikator.pembilang} dari ${indikator.penyebut}.`,
    };
  }
  if (tema === 'kepadatan' && isi === 'halus') {
    return {
      judul: 'Kepadatan keluarga, dihaluskan',
      satuan: `Keluarga per km² daratan; inti ${lain.permukaan.inti}, simpangan baku ${ringkas(lain.permukaan.lebar_m)} m`,
      catatan:
        'Batang: jumlah desa menurut kepadatannya sendiri. Kepadatan hanya ditampilkan, tidak diuji.',
    };
  }
  if (tema === 'kepadatan' && isi === 'rasio') {
    return {
      judul: 'Rasio miskin ekstrem',
      satuan: `Proporsi miskin ekstrem (${kriteria.nama}) di sekitar sel ${ringkas(metode.kepadatan.sel_m)} m dibagi proporsi kabupaten`,
      catatan:
        'Uji ini menanyakan perbedaan sekecil apa pun, jadi menandai lebih banyak tempat daripada titik panas.',
    };
  }
  return null;
}

/// Test, correction and denominator of what is shown: the map may not be read without them.
export function factsOf(tema, rilis, isi) {
  const { metode, hasil_lain: lain } = rilis.meta;
  if (tema === 'perubahan') {
    const test = lain.perubahan;
    return [
      ['Uji', test.uji],
      ['Koreksi', `${test.koreksi} ${angka(100 * test.tingkat)}%, ${angka(test.unit_diuji)} desa`],
      ['Penyebut', test.penyebut],
    ];
  }
  if (tema === 'titik-panas' && isi === 'kantong-waktu') {
    const test = lain.kantong_waktu;
    return [
      ['Uji', `${test.metode}; ${angka(test.ulangan)} undian; acuan: ${test.acuan}`],
      ['Koreksi', `maksimum seluruh peta, ${angka(100 * test.tingkat)}%`],
      ['Penyebut', 'seluruh keluarga dalam tiap register'],
    ];
  }
  if (tema === 'titik-panas') {
    const test = indikatorOf(rilis, isi);
    const { ketetanggaan, statistik, koreksi, ulangan, unit_diuji, penyebut } = metode.titik_panas;
    return [
      ['Uji', `${test?.metode ?? statistik}; ${ketetanggaan}; ${angka(test?.ulangan ?? ulangan)} undian`],
      [
        'Koreksi',
        `${test?.koreksi ?? koreksi}, ${angka(test?.unit_diuji ?? unit_diuji)} desa; 1%, 5%, 10%`,
      ],
      ['Penyebut', test?.penyebut ?? penyebut],
    ];
  }
  if (tema === 'kepadatan' && isi === 'rasio') {
    const test = lain.permukaan;
    return [
      ['Uji', `${test.rasio}, ${angka(test.ulangan)} undian; koreksi tepi ${test.koreksi_tepi}`],
      ['Koreksi', `${test.koreksi} ${angka(100 * test.tingkat)}%, ${angka(test.sel_diuji)} sel`],
      ['Penyebut', `seluruh keluarga; inti ${test.inti} ${ringkas(test.lebar_m)} m`],
    ];
  }
  return null;
}

/// One line about a desa or a cell under the pointer; null for a theme's usual content.
export function tipIsi(tema, rilis, isi, row, cell) {
  if (tema === 'perubahan') {
    const kelas = changeClasses([row]).find(({ contains }) => contains(row));
    if (isMissing(row.beda_persen)) return kelas.label;
    return `${row.beda_persen > 0 ? '+' : ''}${angka(row.beda_persen, 2)} poin · ${kelas.label}`;
  }
  if (tema === 'titik-panas' && isi === 'kantong-waktu') {
    return isMissing(row.kantong_waktu) ? 'Bukan kantong' : `Kantong ${row.kantong_waktu}`;
  }
  const indikator = indikatorOf(rilis, isi);
  if (tema === 'titik-panas' && indikator) return KELAS[row[hotspotProperty(rilis, isi)]]?.nama ?? '–';
  if (tema === 'kepadatan' && isi === 'halus' && cell) {
    return `sekitar ${angka(cell.kepadatan_halus)} keluarga/km², dihaluskan`;
  }
  if (tema === 'kepadatan' && isi === 'rasio' && cell) {
    const kelas = ratioClasses().find(({ contains }) => contains(cell));
    if (!kelas) return 'Rasio tidak ditampilkan';
    return isMissing(cell.rasio) ? kelas.label : `${angka(cell.rasio, 2)} kali · ${kelas.label}`;
  }
  return null;
}
