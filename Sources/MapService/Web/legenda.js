// The legend: one row per class with its colour, its name and a bar of how many desa fall in it.
import { byId, el } from './dom.js';
import { factsOf } from './isi.js';
import { angka, TEPI } from './istilah.js';
import { describe } from './tema.js';

function swatch(kelas) {
  const style = kelas.warna ? { '--warna': kelas.warna } : {};
  return el('span', {
    class: `contoh ${kelas.arsir ? 'arsir' : ''} ${kelas.tanda ?? ''}`,
    style,
    'aria-hidden': 'true',
  });
}

function row(kelas, most, { onHover, onLock }) {
  // One desa among hundreds must still be seen. Cells are not counted: they are no places.
  const isCounted = kelas.jumlah !== null;
  const share = kelas.jumlah === 0 ? '0' : `max(3px, ${((kelas.jumlah / most) * 100).toFixed(1)}%)`;
  const button = el(
    'button',
    {
      type: 'button',
      class: 'kelas-baris',
      'data-kelas': kelas.kode,
      'aria-pressed': 'false',
      title: 'Sorot kelas ini di peta; klik untuk menahan',
      onmouseenter: () => onHover(kelas),
      onmouseleave: () => onHover(null),
      onfocus: () => onHover(kelas),
      onblur: () => onHover(null),
      onclick: () => onLock(kelas),
    },
    swatch(kelas),
    el('span', { class: 'kelas-nama' }, kelas.label),
    isCounted
      ? el('span', {
          class: `batang ${kelas.arsir ? 'arsir' : ''}`,
          'aria-hidden': 'true',
          style: { '--lebar': share, '--warna': kelas.warna ?? 'transparent' },
        })
      : null,
    isCounted
      ? el(
          'span',
          { class: 'kelas-jumlah' },
          angka(kelas.jumlah),
          el('span', { class: 'tersembunyi' }, ' desa'),
        )
      : null,
  );
  return el('li', {}, button);
}

function edgeRow(rilis) {
  const count = rilis.desa.filter((desa) => desa.tepi).length;
  if (count === 0) return null;
  return el(
    'li',
    { class: 'kelas-baris tetap', title: TEPI.kalimat },
    el('span', { class: 'contoh arsir-tepi', 'aria-hidden': 'true' }),
    el('span', { class: 'kelas-nama' }, `${TEPI.nama}: tetangga luar tidak terdata`),
    el('span'),
    el('span', { class: 'kelas-jumlah' }, angka(count)),
  );
}

/// Test, correction and denominator: the map may not be read without them.
function testFacts(facts) {
  const lines = facts.map(([name, text]) => [el('dt', {}, name), el('dd', {}, text)]);
  return el('dl', { class: 'uji' }, ...lines);
}

export function drawLegend({ tema, isi, classes, rilis, ...actions }) {
  const { judul, satuan, catatan } = describe(tema, rilis, isi);
  const facts = factsOf(tema, rilis, isi);
  const isCounted = classes.every(({ jumlah }) => jumlah !== null);
  const isHotspot = tema === 'titik-panas' && isi !== 'kantong-waktu';
  const most = Math.max(...classes.map((kelas) => kelas.jumlah));
  byId('legenda').replaceChildren(
    ...[
      el(
        'div',
        { class: 'legenda-kepala' },
        el('h2', {}, judul),
        isCounted ? el('span', { class: 'kolom-nama' }, 'desa') : null,
      ),
      el('p', { class: 'satuan' }, satuan),
      el(
        'ul',
        { class: `kelas ${facts ? 'panjang' : ''} ${isCounted ? '' : 'tanpa-jumlah'}` },
        classes.map((kelas) => row(kelas, most, actions)),
        isHotspot ? edgeRow(rilis) : null,
      ),
      catatan ? el('p', { class: 'catatan' }, catatan) : null,
      facts ? testFacts(facts) : null,
    ].filter(Boolean),
  );
  drawShortLegend({ tema, isi, classes, rilis });
}

const SHORT = {
  panas_99: 'Panas 1%',
  panas_95: '5%',
  panas_90: '10%',
  tidak_nyata: 'Tidak nyata',
  dingin_90: '10%',
  dingin_95: '5%',
  dingin_99: 'Dingin 1%',
  'naik-besar': 'Naik ≥ 2',
  naik: 'naik',
  tidak_berbeda: 'tidak berbeda',
  turun: 'turun',
  'turun-besar': 'Turun ≥ 2',
  'bukan-kantong': 'Bukan',
  'rasio-4': '≥ 2 kali',
  'rasio-3': 'di atas',
  'rasio-2': 'tidak nyata',
  'rasio-1': 'di bawah',
  'rasio-0': '< ½ kali',
};

/// The phone's legend while the sheet is down: a strip of columns, lowest class at the left.
function drawShortLegend({ tema, isi, classes, rilis }) {
  const { judul, satuan } = describe(tema, rilis, isi);
  const isHotspot = tema === 'titik-panas' && isi !== 'kantong-waktu';
  const shown = classes.filter((kelas) => !kelas.arsir).reverse();
  const isCounted = shown.every(({ jumlah }) => jumlah !== null);
  const most = Math.max(...shown.map((kelas) => kelas.jumlah));
  const columns = shown.map((kelas) =>
    el(
      'div',
      { class: 'kolom', 'data-kelas': kelas.kode },
      el('span', { class: 'kolom-jumlah' }, kelas.jumlah === null ? '' : angka(kelas.jumlah)),
      el('span', {
        class: 'kolom-batang',
        style: {
          '--tinggi': `${most > 0 ? (kelas.jumlah / most) * 100 : 0}%`,
          '--warna': kelas.warna,
        },
      }),
      el('span', { class: 'kolom-warna', style: { '--warna': kelas.warna } }),
      el('span', { class: 'kolom-label' }, SHORT[kelas.kode] ?? kelas.label.replace(/, sejak.*/, '')),
    ),
  );
  const facts = factsOf(tema, rilis, isi);
  const note = facts ? facts.map(([name, text]) => `${name}: ${text}`).join('. ') : satuan;
  const hatched = classes
    .filter((kelas) => kelas.arsir)
    .reduce((sum, kelas) => sum + kelas.jumlah, 0);
  byId('legenda-ringkas').replaceChildren(
    ...[
      el(
        'p',
        { class: 'ringkas-judul' },
        el('b', {}, judul),
        isCounted ? el('span', {}, 'jumlah desa') : null,
      ),
      el('div', { class: `kolom-kolom ${isCounted ? '' : 'tanpa-jumlah'}` }, columns),
      el('p', { class: 'satuan' }, note),
      hatched > 0
        ? el(
            'p',
            { class: 'satuan' },
            el('span', { class: 'contoh arsir' }),
            ` arsir: ${angka(hatched)} desa ${isHotspot ? 'tidak diuji; arsir tipis: tepi kabupaten' : 'ditutup atau datanya terlalu sedikit'}`,
          )
        : null,
    ].filter(Boolean),
  );
}

/// Marks the row of a class: `lock` stays pressed, `over` follows the pointer on the map.
export function markLegend({ lock, over }) {
  for (const node of document.querySelectorAll('.kelas-baris[data-kelas], .kolom[data-kelas]')) {
    const { kelas } = node.dataset;
    node.classList.toggle('tersorot', kelas === over);
    if (node.tagName === 'BUTTON') node.setAttribute('aria-pressed', String(kelas === lock));
  }
}
