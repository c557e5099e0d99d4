// The table of all desa: the map in another form, for reading, sorting and taking along.
import { byId, el, isPhone } from './dom.js';
import { alasanKosong, angka, KELAS, peluang, persen, TUTUP } from './istilah.js';

const isMissing = (value) => value === null || value === undefined;

/// `value` sorts and is exported, `text` is shown.
function columns(rilis) {
  const hiddenText = (row) => (row.tertutup ? TUTUP : '–');
  const order = Object.keys(KELAS);
  return [
    {
      kode: 'peringkat',
      nama: 'Peringkat',
      angka: true,
      value: (row) => rilis.desaRanks.get(row.kode_desa)?.rank,
      text: (row) => angka(rilis.desaRanks.get(row.kode_desa)?.rank),
    },
    {
      kode: 'nama_desa',
      nama: 'Desa',
      value: (row) => row.nama_desa,
      text: (row) => row.nama_desa,
    },
    {
      kode: 'nama_kecamatan',
      nama: 'Kecamatan',
      value: (row) => row.nama_kecamatan,
      text: (row) => row.nama_kecamatan,
    },
    {
      kode: 'keluarga',
      nama: 'Keluarga',
      angka: true,
      value: (row) => row.keluarga,
      text: (row) => angka(row.keluarga),
    },
    {
      kode: 'keluarga_ekstrem',
      nama: 'Miskin ekstrem',
      angka: true,
      value: (row) => row.keluarga_ekstrem,
      text: (row) =>
        isMissing(row.keluarga_ekstrem) ? hiddenText(row) : angka(row.keluarga_ekstrem),
    },
    {
      kode: 'persen_ekstrem',
      nama: 'Proporsi',
      angka: true,
      value: (row) => row.persen_ekstrem,
      text: (row) => (isMissing(row.persen_ekstrem) ? hiddenText(row) : persen(row.persen_ekstrem)),
      title: alasanKosong,
    },
    {
      kode: 'batas_bawah',
      nama: 'Selang 95%',
      angka: true,
      value: (row) => row.batas_bawah,
      text: (row) =>
        isMissing(row.batas_bawah)
          ? '–'
          : `${angka(row.batas_bawah, 2)} – ${persen(row.batas_atas)}`,
    },
    {
      kode: 'peluang_di_atas',
      nama: 'Peluang',
      angka: true,
      value: (row) => row.peluang_di_atas,
      text: (row) => peluang(row.peluang_di_atas),
    },
    {
      kode: 'kelas',
      nama: 'Kelas',
      value: (row) => order.indexOf(row.kelas),
      text: (row) => KELAS[row.kelas]?.pendek ?? KELAS[row.kelas]?.nama ?? '–',
      kelas: true,
    },
    {
      kode: 'kepadatan',
      nama: 'Keluarga/km²',
      angka: true,
      value: (row) => row.kepadatan,
      text: (row) => angka(row.kepadatan, 1),
    },
  ];
}

const EXPORTED = [
  'kode_desa',
  'kode_bps',
  'nama_desa',
  'jenis',
  'kode_kecamatan',
  'nama_kecamatan',
  'luas_km2',
  'keluarga',
  'keluarga_dari',
  'keluarga_sampai',
  'keluarga_ekstrem',
  'ekstrem_dari',
  'ekstrem_sampai',
  'persen_ekstrem',
  'batas_bawah',
  'batas_atas',
  'peluang_di_atas',
  'kelas',
  'beda_persen',
  'beda_kelas',
  'kantong_waktu',
  'z_gi',
  'tepi',
  'tertutup',
  'kepadatan',
  'kepadatan_ekstrem',
];

/// With the classes of the further indicators of the release.
const exported = (rilis) => [
  ...EXPORTED,
  ...(rilis.meta.hasil_lain?.indikator ?? []).map(({ sifat }) => `kelas_${sifat}`),
];

/// CSV in the form RFC 4180 gives it; figures with a point, a withheld figure stays empty.
function csv(rilis) {
  const quoted = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const fixed = [
    rilis.meta.id,
    rilis.meta.register.sumber,
    rilis.meta.register.tanggal,
    rilis.meta.data_simulasi,
  ].map(String);
  const names = exported(rilis);
  const lines = rilis.desa.map((row) => [
    ...names.map((name) => (isMissing(row[name]) ? '' : String(row[name]))),
    ...fixed,
  ]);
  return [[...names, 'rilis', 'sumber', 'tanggal_data', 'data_simulasi'], ...lines]
    .map((line) => line.map(quoted).join(','))
    .join('\r\n');
}

function download(rilis) {
  const link = el('a', {
    href: URL.createObjectURL(new Blob([`\ufeff${csv(rilis)}\r\n`], { type: 'text/csv' })),
    download: `${rilis.meta.data_simulasi ? 'SIMULASI-' : ''}desa-rilis-${rilis.meta.id}.csv`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export class Tabel {
  constructor({ onSelect, onOver, onToggle }) {
    Object.assign(this, {
      onSelect,
      onOver,
      onToggle,
      sort: 'peringkat',
      isDown: false,
      words: '',
      kecamatan: '',
    });
    this.drawer = byId('laci');
    this.opener = byId('buka-tabel');
    this.opener.addEventListener('click', () => (this.drawer.hidden ? this.open() : this.close()));
  }

  get isOpen() {
    return !this.drawer.hidden;
  }

  open() {
    this.drawer.hidden = false;
    this.opener.setAttribute('aria-expanded', 'true');
    this.draw();
    this.onToggle();
    // On a phone a focused field would call up the keyboard over the table.
    this.drawer.querySelector(isPhone() ? '.tutup' : 'input').focus({ preventScroll: true });
  }

  close() {
    this.drawer.hidden = true;
    this.opener.setAttribute('aria-expanded', 'false');
    this.onToggle();
    this.opener.focus();
  }

  setRelease(rilis) {
    this.rilis = rilis;
    this.columns = columns(rilis);
    if (this.isOpen) this.draw();
  }

  draw() {
    const { rilis } = this;
    const choose = el(
      'select',
      {
        'aria-label': 'Batasi pada kecamatan',
        onchange: (event) => {
          this.kecamatan = event.target.value;
          this.fill();
        },
      },
      el('option', { value: '' }, 'Semua kecamatan'),
      [...rilis.kecamatan]
        .sort((a, b) => a.nama_kecamatan.localeCompare(b.nama_kecamatan, 'id'))
        .map((row) =>
          el(
            'option',
            { value: row.kode_kecamatan, selected: row.kode_kecamatan === this.kecamatan },
            row.nama_kecamatan,
          ),
        ),
    );
    const filter = el('input', {
      type: 'search',
      placeholder: 'Nama desa',
      'aria-label': 'Saring nama desa',
      value: this.words,
      oninput: (event) => {
        this.words = event.target.value.toLowerCase();
        this.fill();
      },
    });
    this.count = el('span', { class: 'laci-jumlah', role: 'status' });
    this.body = el('tbody');
    this.heads = this.columns.map((column) =>
      el(
        'th',
        { scope: 'col', class: column.angka ? 'kanan' : null },
        el('button', { type: 'button', onclick: () => this.sortBy(column.kode) }, column.nama),
      ),
    );
    this.drawer.replaceChildren(
      el(
        'header',
        {},
        el('h2', {}, 'Tabel desa'),
        this.count,
        filter,
        choose,
        el('button', { type: 'button', onclick: () => download(this.rilis) }, 'Unduh CSV'),
        el('button', {
          type: 'button',
          class: 'bulat tutup',
          'aria-label': 'Tutup tabel (Esc)',
          onclick: () => this.close(),
        }),
      ),
      el(
        'div',
        { class: 'laci-isi', tabindex: '0', role: 'region', 'aria-label': 'Isi tabel desa' },
        el(
          'table',
          {},
          el(
            'caption',
            { class: 'tersembunyi' },
            'Semua desa dengan angkanya. Tombol pada kepala kolom mengurutkan.',
          ),
          el('thead', {}, el('tr', {}, this.heads)),
          this.body,
        ),
      ),
    );
    this.fill();
  }

  sortBy(kode) {
    this.isDown =
      this.sort === kode
        ? !this.isDown
        : this.columns.find((column) => column.kode === kode).angka && kode !== 'peringkat';
    this.sort = kode;
    this.fill();
  }

  /// Rows without the figure stay at the end in both directions.
  sorted() {
    const { value } = this.columns.find((column) => column.kode === this.sort);
    const turn = this.isDown ? -1 : 1;
    return this.rilis.desa
      .filter(
        (row) =>
          (!this.kecamatan || row.kode_kecamatan === this.kecamatan) &&
          row.nama_desa.toLowerCase().includes(this.words),
      )
      .map((row) => ({ row, key: value(row) }))
      .sort((a, b) => {
        if (isMissing(a.key) || isMissing(b.key)) return isMissing(a.key) - isMissing(b.key);
        const order = typeof a.key === 'string' ? a.key.localeCompare(b.key, 'id') : a.key - b.key;
        // Equal ranks: the desa whose interval begins higher comes first.
        return (
          order * turn ||
          (b.row.batas_bawah ?? 0) - (a.row.batas_bawah ?? 0) ||
          a.row.nama_desa.localeCompare(b.row.nama_desa, 'id')
        );
      })
      .map(({ row }) => row);
  }

  fill() {
    this.columns.forEach((column, index) => {
      const isSorted = column.kode === this.sort;
      this.heads[index].setAttribute(
        'aria-sort',
        isSorted ? (this.isDown ? 'descending' : 'ascending') : 'none',
      );
    });
    const rows = this.sorted();
    this.count.textContent = `${angka(rows.length)} dari ${angka(this.rilis.desa.length)} desa`;
    this.body.replaceChildren(...rows.map((row) => this.row(row)));
    this.mark(this.marked);
  }

  row(row) {
    const cells = this.columns.map((column) => {
      const text = column.text(row);
      if (column.kode === 'nama_desa')
        return el('th', { scope: 'row' }, el('button', { type: 'button' }, text));
      const kelas = column.kelas ? KELAS[row.kelas] : null;
      return el(
        'td',
        { class: column.angka ? 'kanan' : null, title: column.title?.(row) ?? null },
        kelas
          ? el('span', {
              class: `contoh ${kelas.arsir ? 'arsir' : ''} ${kelas.tanda ?? ''}`,
              style: kelas.warna ? { '--warna': kelas.warna } : {},
              'aria-hidden': 'true',
            })
          : null,
        text,
      );
    });
    return el(
      'tr',
      {
        'data-kode': row.kode_desa,
        onclick: () => this.onSelect({ jenis: 'desa', kode: row.kode_desa }),
        onmouseenter: () => this.onOver(row.kode_desa),
        onmouseleave: () => this.onOver(null),
      },
      cells,
    );
  }

  /// Marks the row of the desa chosen on the map and brings it into view.
  mark(kode) {
    this.marked = kode;
    if (!this.isOpen) return;
    for (const node of this.body.querySelectorAll('tr.terpilih')) node.classList.remove('terpilih');
    const chosen = kode && this.body.querySelector(`tr[data-kode="${CSS.escape(kode)}"]`);
    chosen?.classList.add('terpilih');
    chosen?.scrollIntoView({ block: 'nearest' });
  }
}
