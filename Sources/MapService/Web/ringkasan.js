// The kabupaten as a whole, below the legend, and the line at the foot of the map.
import { byId, el } from './dom.js';
import { angka, persen, tanggal } from './istilah.js';
import { decileChart } from './grafik.js';

export function drawSummary(rilis) {
  const { kabupaten, kriteria, register, kelas_titik_panas: counts = {} } = rilis.meta;
  const hot = (counts.panas_99 ?? 0) + (counts.panas_95 ?? 0);
  const figure = (value, name) =>
    el('div', { class: 'angka' }, el('b', {}, value), el('span', {}, name));
  byId('nama-kabupaten').textContent = kabupaten.nama;
  byId('ringkasan').replaceChildren(
    el('h2', {}, kabupaten.nama),
    el(
      'div',
      { class: 'angka-angka' },
      figure(persen(kabupaten.persen_ekstrem), `proporsi (${kriteria.nama})`),
      figure(angka(kabupaten.keluarga_ekstrem), 'keluarga miskin ekstrem'),
      figure(angka(kabupaten.keluarga), 'keluarga dalam desa'),
      register.lengkap ? figure(angka(hot), 'desa titik panas (95%)') : null,
    ),
    decileChart(kabupaten.desil, 'Keluarga menurut desil'),
    el(
      'p',
      { class: 'catatan' },
      `Luas ${angka(kabupaten.luas_km2, 1)} km², ${angka(kabupaten.kepadatan, 1)} keluarga per km². ` +
        tanpaDesa(kabupaten.tanpa_desa),
    ),
    el(
      'p',
      { class: 'catatan' },
      `Sumber: ${register.sumber} per ${tanggal(register.tanggal)}; terbit ${tanggal(rilis.meta.terbit_pada)} (rilis ${rilis.meta.id}). Angka desil 1 bukan angka kemiskinan ekstrem BPS.`,
    ),
  );
}

export function drawFoot(rilis) {
  const { batas } = rilis.meta;
  byId('kaki').replaceChildren(
    el('b', {}, batas.catatan || 'Batas indikatif, bukan acuan penegasan batas'),
    ...batas.atribusi.map((text) => el('span', {}, text)),
  );
}

/// A count of 1 to 4 is withheld by the server.
function tanpaDesa(jumlah) {
  if (jumlah === 0) return 'Semua keluarga ditempatkan di desanya.';
  const banyak = jumlah == null ? 'Kurang dari 5' : angka(jumlah);
  return `${banyak} keluarga tidak dapat ditempatkan di desa mana pun.`;
}
