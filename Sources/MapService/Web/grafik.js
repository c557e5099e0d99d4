// Small charts of HTML boxes; each has its figures as text beside it or in its label.
import { el } from './dom.js';
import { angka, persen } from './istilah.js';

const place = (value, top) => `${Math.min(100, Math.max(0, (value / top) * 100)).toFixed(2)}%`;

/// A dot per row on one scale from 0; a row with `bawah` and `atas` carries its interval.
/// The line across all rows stands at `acuan`.
export function intervalChart(rows, acuan) {
  const values = rows.flatMap((row) => [row.nilai ?? 0, row.atas ?? 0]);
  const top = Math.max(...values, acuan) * 1.12;
  const lines = rows.map((row) =>
    el(
      'div',
      { class: `sb-baris ${row.utama ? 'utama' : ''}` },
      el('span', { class: 'sb-nama' }, row.nama),
      el(
        'span',
        { class: 'sb-jalur', 'aria-hidden': 'true' },
        el('i', { class: 'sb-acuan', style: { left: place(acuan, top) } }),
        row.atas !== undefined && row.atas !== null
          ? el('i', {
              class: 'sb-selang',
              style: { left: place(row.bawah, top), right: `calc(100% - ${place(row.atas, top)})` },
            })
          : null,
        row.nilai !== undefined && row.nilai !== null
          ? el('i', { class: 'sb-titik', style: { left: place(row.nilai, top) } })
          : null,
      ),
      el('span', { class: 'sb-nilai' }, row.teks ?? persen(row.nilai)),
    ),
  );
  return el('div', { class: 'selang-bagan' }, lines);
}

/// Ten columns; the first, the measure of the map, is filled. A missing count is hatched.
export function decileChart(counts, title) {
  const most = Math.max(...counts.map((count) => count ?? 0), 1);
  const text = counts.map((count, index) => `desil ${index + 1}: ${count ?? 'ditutup'}`).join(', ');
  return el(
    'figure',
    { class: 'desil' },
    el('figcaption', {}, title),
    el(
      'div',
      { class: 'desil-kolom', role: 'img', 'aria-label': `${title}. ${text}` },
      counts.map((count, index) => {
        const isHidden = count === null || count === undefined;
        return el(
          'span',
          {
            class: `${index === 0 ? 'pertama' : ''} ${isHidden ? 'arsir' : ''}`,
            style: { '--tinggi': isHidden ? '18%' : `${(count / most) * 100}%` },
            title: `Desil ${index + 1}: ${isHidden ? 'ditutup' : `${angka(count)} keluarga`}`,
          },
          el('small', {}, String(index + 1)),
        );
      }),
    ),
  );
}

/// How the families were placed: three parts of one bar, each named below with its share.
export function placementBar(row) {
  const parts = [
    ['koordinat', 'posisi koordinat', row.persen_koordinat],
    ['kode', 'kode desa', row.persen_kode],
    ['nama', 'nama desa', row.persen_nama],
    ['survei', 'desa menurut surveyor', row.persen_survei],
    ['alamat', 'desa dalam alamat', row.persen_alamat],
  ].filter(([, , share]) => share !== null && share !== undefined);
  if (parts.length === 0) return null;
  return el(
    'div',
    { class: 'penempatan' },
    el(
      'div',
      { class: 'penempatan-batang', 'aria-hidden': 'true' },
      parts.map(([kind, , share]) => el('i', { class: kind, style: { width: `${share}%` } })),
    ),
    el(
      'ul',
      {},
      parts.map(([kind, name, share]) =>
        el(
          'li',
          {},
          el('i', { class: kind, 'aria-hidden': 'true' }),
          `${persen(share, 1)} ${name}`,
        ),
      ),
    ),
  );
}
