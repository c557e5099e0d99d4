// Search by name of desa or kecamatan: a combobox whose list is walked with the arrow keys.
import { byId, el } from './dom.js';
import { jenisDesa } from './istilah.js';

const MOST = 8;

/// "Gili  Ketapang", "gili-ketapang" and "Giliketapang" become one; so do Ra'as and Raas.
const fold = (text) =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/// Whether two words differ by at most one letter added, dropped, changed or swapped.
function isNear(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < Math.min(a.length, b.length) && a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}

/// 0 is the best; null is no match.
function score(entry, query) {
  if (entry.key === query) return 0;
  if (entry.key.startsWith(query)) return 1;
  if (entry.key.includes(query)) return 2;
  if (query.length >= 4 && isNear(entry.key, query)) return 3;
  if (query.length >= 5 && isNear(entry.key.slice(0, query.length), query)) return 4;
  if (/^\d{4,}$/.test(query) && entry.digits.startsWith(query)) return 1;
  return null;
}

function entriesOf(rilis) {
  const kecamatan = rilis.kecamatan.map((row) => ({
    jenis: 'kecamatan',
    kode: row.kode_kecamatan,
    nama: row.nama_kecamatan,
    keterangan: `Kecamatan, ${row.jumlah_desa} desa`,
  }));
  const desa = rilis.desa.map((row) => ({
    jenis: 'desa',
    kode: row.kode_desa,
    nama: row.nama_desa,
    keterangan: `${jenisDesa(row)}, Kec. ${row.nama_kecamatan}`,
  }));
  return [...kecamatan, ...desa].map((entry) => ({
    ...entry,
    key: fold(entry.nama),
    digits: fold(entry.kode),
  }));
}

function find(entries, text) {
  const isOnlyKecamatan = /^\s*kec(amatan|\.)?\s+\S/i.test(text);
  const query = fold(text.replace(/^\s*(desa|kelurahan|kel\.?|kecamatan|kec\.?)\s+(?=\S)/i, ''));
  if (query.length < 1) return [];
  return entries
    .filter((entry) => !isOnlyKecamatan || entry.jenis === 'kecamatan')
    .map((entry) => ({ entry, points: score(entry, query) }))
    .filter(({ points }) => points !== null)
    .sort((a, b) => a.points - b.points || a.entry.nama.localeCompare(b.entry.nama, 'id'))
    .slice(0, MOST)
    .map(({ entry }) => entry);
}

export function startSearch({ rilis, onChoose }) {
  const input = byId('cari-isian');
  const list = byId('cari-hasil');
  let found = [];
  let active = -1;
  // The release may be replaced while the page is open; entries follow it.
  let source = null;
  let entries = [];

  function setActive(index) {
    active = index;
    [...list.children].forEach((node, at) => {
      node.setAttribute('aria-selected', String(at === index));
    });
    if (index >= 0) list.children[index].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', index >= 0 ? `hasil-${index}` : '');
  }

  function close() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    setActive(-1);
  }

  function choose(entry) {
    input.value = entry.nama;
    close();
    onChoose({ jenis: entry.jenis, kode: entry.kode });
  }

  function update() {
    if (source !== rilis()) {
      source = rilis();
      entries = source ? entriesOf(source) : [];
    }
    found = find(entries, input.value);
    const isEmpty = found.length === 0;
    const options = found.map((entry, index) =>
      el(
        'li',
        {
          role: 'option',
          id: `hasil-${index}`,
          'aria-selected': 'false',
          onpointerdown: (event) => event.preventDefault(),
          onclick: () => choose(entry),
        },
        el('b', {}, entry.nama),
        el('span', {}, entry.keterangan),
      ),
    );
    list.replaceChildren(
      ...(isEmpty && input.value.trim()
        ? [
            el(
              'li',
              { class: 'nihil', role: 'option', 'aria-disabled': 'true' },
              'Tidak ditemukan. Periksa ejaan nama.',
            ),
          ]
        : options),
    );
    list.hidden = list.children.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    setActive(isEmpty ? -1 : 0);
  }

  input.addEventListener('input', update);
  input.addEventListener('focus', () => {
    if (input.value) {
      input.select();
      update();
    }
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      if (!list.hidden) event.stopPropagation();
      close();
    } else if (event.key === 'Enter' && found[active]) {
      choose(found[active]);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && found.length > 0) {
      event.preventDefault();
      if (list.hidden) update();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((active + step + found.length) % found.length);
    }
  });
}
