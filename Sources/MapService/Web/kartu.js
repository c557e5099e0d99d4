// The card of one desa or kecamatan.
import { byId, el } from './dom.js';
import {
  alasanKosong,
  angka,
  jenisDesa,
  KELAS,
  peluang,
  peluangKata,
  persen,
  tanggal,
  TEPI,
  TREN,
  TUTUP,
} from './istilah.js';
import { decileChart, intervalChart, placementBar } from './grafik.js';
import { indikatorAngka, tipIsi } from './isi.js';

const isMissing = (value) => value === null || value === undefined;
const TUTUP_KALIMAT =
  'Jumlah 1 sampai 4 keluarga tidak diumumkan agar tidak ada keluarga yang dapat dikenali; beberapa angka lain ikut ditutup supaya jumlah itu tidak dapat dihitung balik. Uji titik panas memakai angka lengkap.';

const part = (title, ...children) =>
  el('div', { class: 'kartu-bagian' }, el('h3', {}, title), ...children);
const decilesOf = (row) => Array.from({ length: 10 }, (_, index) => row[`desil_${index + 1}`]);

function head(title, subtitle, { onClose, onZoom }) {
  return el(
    'header',
    {},
    el('div', {}, el('h2', { id: 'kartu-judul' }, title), subtitle),
    el(
      'div',
      { class: 'kartu-tombol' },
      el('button', {
        type: 'button',
        class: 'bulat tuju',
        'aria-label': 'Dekatkan peta ke wilayah ini',
        title: 'Dekatkan peta',
        onclick: onZoom,
      }),
      el('button', {
        type: 'button',
        class: 'bulat tutup',
        'aria-label': 'Tutup keterangan (Esc)',
        title: 'Tutup (Esc)',
        onclick: onClose,
      }),
    ),
  );
}

function hero(row) {
  const reason = alasanKosong(row);
  if (isMissing(row.persen_ekstrem)) {
    return el(
      'div',
      { class: 'utama-angka' },
      el('b', { class: 'tutup-angka' }, row.tertutup ? TUTUP : '–'),
      el('span', {}, reason ?? 'Tidak dihitung'),
    );
  }
  return el(
    'div',
    { class: 'utama-angka' },
    el('b', {}, persen(row.persen_ekstrem)),
    el(
      'span',
      {},
      `${angka(row.keluarga_ekstrem)} keluarga miskin ekstrem dari ${angka(row.keluarga)} keluarga`,
    ),
  );
}

/// Where the counts may lie since some families near the border may live next door.
function placeRange(row) {
  const isWide = (from, to) => !isMissing(from) && to > from;
  const parts = [];
  if (isWide(row.keluarga_dari, row.keluarga_sampai))
    parts.push(`${angka(row.keluarga_dari)} – ${angka(row.keluarga_sampai)} keluarga`);
  if (isWide(row.ekstrem_dari, row.ekstrem_sampai))
    parts.push(`${angka(row.ekstrem_dari)} – ${angka(row.ekstrem_sampai)} miskin ekstrem`);
  if (parts.length === 0) return null;
  return el(
    'p',
    { class: 'catatan' },
    `Karena letak sebagian keluarga di dekat batas belum pasti: ${parts.join(', ')} (selang 95%).`,
  );
}

function comparison(row, name, rilis) {
  const { kabupaten } = rilis.meta;
  const kecamatan = rilis.kecamatanByCode.get(row.kode_kecamatan);
  const rows = [
    {
      nama: name,
      nilai: row.persen_ekstrem,
      bawah: row.batas_bawah,
      atas: row.batas_atas,
      utama: true,
      teks: isMissing(row.persen_ekstrem) ? 'ditutup' : undefined,
    },
  ];
  if (kecamatan && kecamatan !== row)
    rows.push({ nama: `Kec. ${row.nama_kecamatan}`, nilai: kecamatan.persen_ekstrem });
  rows.push({ nama: 'Kabupaten', nilai: kabupaten.persen_ekstrem });
  const interval = isMissing(row.batas_bawah)
    ? null
    : el(
        'p',
        { class: 'catatan' },
        `Selang 95%: ${persen(row.batas_bawah)} – ${persen(row.batas_atas)}. Garis tegak: kabupaten.`,
      );
  return part('Dibandingkan', intervalChart(rows, kabupaten.persen_ekstrem), interval);
}

function exceedance(row, place, ranked) {
  if (isMissing(row.peluang_di_atas)) return null;
  const shared = place?.others > 0 ? `, sama dengan ${angka(place.others)} wilayah lain` : '';
  return part(
    'Peluang di atas rata-rata kabupaten',
    el(
      'p',
      { class: 'peluang' },
      el('b', {}, peluang(row.peluang_di_atas)),
      ` ${peluangKata(row.peluang_di_atas)}`,
    ),
    el(
      'div',
      { class: 'peluang-batang', 'aria-hidden': 'true' },
      el('i', { style: { width: `${row.peluang_di_atas * 100}%` } }),
    ),
    place
      ? el(
          'p',
          { class: 'catatan' },
          `Peringkat ${angka(place.rank)} dari ${angka(ranked)} menurut peluang ini${shared}.`,
        )
      : null,
  );
}

function hotspot(row) {
  const kelas = KELAS[row.kelas];
  if (!kelas) return null;
  return part(
    'Titik panas',
    el(
      'p',
      { class: 'kelas-tanda' },
      el('span', {
        class: `contoh ${kelas.arsir ? 'arsir' : ''} ${kelas.tanda ?? ''}`,
        style: kelas.warna ? { '--warna': kelas.warna } : {},
        'aria-hidden': 'true',
      }),
      el('b', {}, kelas.nama),
      isMissing(row.z_gi) ? null : el('span', {}, `z Gi* ${angka(row.z_gi, 1)}`),
    ),
    el('p', {}, `${kelas.kalimat}`),
    TREN[row.tren] ? el('p', {}, TREN[row.tren]) : null,
    row.tepi ? el('p', { class: 'ingat' }, TEPI.kalimat) : null,
  );
}

/// The classes of the further indicators, each with its numbers where they may be seen.
function furtherHotspots(row, rilis) {
  const list = rilis.meta.hasil_lain?.indikator ?? [];
  if (list.length === 0) return null;
  const line = (indikator) => {
    const kelas = KELAS[row[`kelas_${indikator.sifat}`]];
    const numbers = indikatorAngka(indikator, row);
    return [
      el('dt', {}, indikator.nama),
      el(
        'dd',
        {},
        `${kelas?.pendek ?? kelas?.nama ?? '–'}${numbers ? ` · ${persen((100 * numbers.cases) / numbers.people, 1)}` : ''}`,
      ),
    ];
  };
  return part('Titik panas indikator lain', el('dl', { class: 'fakta' }, ...list.map(line)));
}

function change(row, rilis) {
  const test = rilis.meta.hasil_lain?.perubahan;
  if (!test) return null;
  const pocket = isMissing(row.kantong_waktu)
    ? null
    : el(
        'p',
        {},
        `Termasuk kantong ruang-waktu ${row.kantong_waktu}, yang masih berlangsung pada register terakhir (indikasi).`,
      );
  return part(
    `Perubahan sejak ${tanggal(test.tanggal)}`,
    el('p', {}, tipIsi('perubahan', rilis, undefined, row)),
    pocket,
  );
}

function cellPart(cell) {
  if (!cell) return null;
  return part(
    'Sel kepadatan yang diklik',
    el(
      'p',
      {},
      `${angka(cell.kepadatan, 1)} keluarga per km² daratan, sekitar ${angka(cell.keluarga)} keluarga di sel ini.`,
    ),
    el(
      'p',
      { class: 'catatan' },
      `${persen(cell.persen_titik, 0)} dari posisi pasti; sisanya disebar menurut luas desa.`,
    ),
  );
}

function density(row) {
  return part(
    'Kepadatan',
    el(
      'dl',
      { class: 'fakta' },
      el('dt', {}, 'Keluarga per km²'),
      el('dd', {}, angka(row.kepadatan, 1)),
      el('dt', {}, 'Keluarga miskin ekstrem per km²'),
      el(
        'dd',
        {},
        isMissing(row.kepadatan_ekstrem) && row.tertutup
          ? 'ditutup'
          : angka(row.kepadatan_ekstrem, 2),
      ),
      el('dt', {}, 'Luas'),
      el('dd', {}, `${angka(row.luas_km2, 2)} km²`),
    ),
  );
}

function common(row, name, rilis, place, ranked, cell) {
  return [
    hero(row),
    placeRange(row),
    row.tertutup ? el('p', { class: 'ingat' }, TUTUP_KALIMAT) : null,
    comparison(row, name, rilis),
    row.kode_desa && rilis.meta.register.lengkap ? hotspot(row) : null,
    row.kode_desa && rilis.meta.register.lengkap ? furtherHotspots(row, rilis) : null,
    row.kode_desa ? change(row, rilis) : null,
    exceedance(row, place, ranked),
    cellPart(cell),
    density(row),
    decilesOf(row).every(isMissing)
      ? null
      : part(
          'Desil',
          decileChart(decilesOf(row), `Keluarga menurut desil ${rilis.meta.register.sumber}`),
        ),
    placementBar(row) ? part('Cara keluarga ditempatkan', placementBar(row)) : null,
  ];
}

function desaCard(row, rilis, actions, cell) {
  const kecamatan = el(
    'button',
    {
      type: 'button',
      class: 'tautan',
      onclick: () => actions.onSelect({ jenis: 'kecamatan', kode: row.kode_kecamatan }),
    },
    `Kecamatan ${row.nama_kecamatan}`,
  );
  return [
    head(
      `${jenisDesa(row)} ${row.nama_desa}`,
      el('p', { class: 'kartu-sub' }, kecamatan, el('span', {}, row.kode_desa)),
      actions,
    ),
    el(
      'div',
      { class: 'kartu-isi' },
      ...common(
        row,
        jenisDesa(row) + ' ini',
        rilis,
        rilis.desaRanks.get(row.kode_desa),
        rilis.desaRanks.size,
        cell,
      ),
    ),
  ];
}

function kecamatanCard(row, rilis, actions) {
  const desa = rilis.desa
    .filter((each) => each.kode_kecamatan === row.kode_kecamatan)
    .sort((a, b) => (b.peluang_di_atas ?? -1) - (a.peluang_di_atas ?? -1));
  const list = el(
    'ol',
    { class: 'desa-daftar' },
    desa.map((each) =>
      el(
        'li',
        {},
        el(
          'button',
          {
            type: 'button',
            onclick: () => actions.onSelect({ jenis: 'desa', kode: each.kode_desa }),
          },
          el('span', {}, each.nama_desa),
          el(
            'span',
            {},
            isMissing(each.peluang_di_atas) ? 'ditutup' : peluang(each.peluang_di_atas),
          ),
        ),
      ),
    ),
  );
  return [
    head(
      `Kecamatan ${row.nama_kecamatan}`,
      el(
        'p',
        { class: 'kartu-sub' },
        el('span', {}, `${angka(row.jumlah_desa)} desa/kelurahan`),
        el('span', {}, `${angka(row.desa_panas)} titik panas (95%)`),
      ),
      actions,
    ),
    el(
      'div',
      { class: 'kartu-isi' },
      ...common(
        row,
        'Kecamatan ini',
        rilis,
        rilis.kecamatanRanks.get(row.kode_kecamatan),
        rilis.kecamatanRanks.size,
      ),
      part('Desa, menurut peluang di atas rata-rata', list),
    ),
  ];
}

/// Fills and shows the card; false when the release has no such area.
export function showCard(pilihan, rilis, actions, cell) {
  const card = byId('kartu');
  const isDesa = pilihan.jenis === 'desa';
  const row = (isDesa ? rilis.desaByCode : rilis.kecamatanByCode).get(pilihan.kode);
  if (!row) return false;
  const content = isDesa ? desaCard(row, rilis, actions, cell) : kecamatanCard(row, rilis, actions);
  card.replaceChildren(...content);
  card.hidden = false;
  card.setAttribute('aria-labelledby', 'kartu-judul');
  card.querySelector('.kartu-isi').scrollTop = 0;
  return true;
}

export function hideCard() {
  byId('kartu').hidden = true;
  byId('kartu').replaceChildren();
}
