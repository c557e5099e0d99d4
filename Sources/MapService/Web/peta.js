// Start of the page: one state, and every change of it goes through the functions of `Halaman`.
import { byId, el, isPhone } from './dom.js';
import { angka, persen, alasanKosong, KELAS, tanggal, TEPI } from './istilah.js';
import { isiOf, tipIsi } from './isi.js';
import { classesOf, TEMA } from './tema.js';
import { watchReleases } from './rilis.js';
import { drawLegend, markLegend } from './legenda.js';
import { drawFoot, drawSummary } from './ringkasan.js';
import { hideCard, showCard } from './kartu.js';
import { canDrawMap, Lembar } from './lembar.js';
import { startSearch } from './cari.js';
import { startMethod } from './metode.js';
import { Tabel } from './tabel.js';
import { readLink, writeLink } from './tautan.js';
import { covered, startSheet } from './tataletak.js';

const TITLE = 'Peta Kemiskinan Ekstrem Kabupaten Probolinggo';
const PESAN = {
  kosong: [
    'Belum ada rilis yang diterbitkan.',
    'Minta pengelola server menerbitkan rilis; halaman ini memeriksa lagi sendiri setiap 30 detik.',
  ],
  gagal: [
    'Server peta tidak menjawab.',
    'Periksa sambungan ke server kantor; halaman ini mencoba lagi sendiri setiap 30 detik.',
  ],
  gambar: [
    'Peramban ini tidak dapat menggambar peta (WebGL tidak tersedia).',
    'Perbarui peramban atau nyalakan akselerasi perangkat keras, lalu muat ulang; tabel desa dan pencarian tetap dapat dipakai.',
  ],
  pustaka: [
    'Berkas penggambar peta (MapLibre) tidak ada di server.',
    'Minta pengelola server memasangnya, lalu muat ulang halaman; tabel desa dan pencarian tetap dapat dipakai.',
  ],
};

class Halaman {
  constructor(link) {
    this.tema = link.tema ?? 'proporsi';
    /// The chosen content of each theme that has several.
    this.isi = { [this.tema]: link.isi };
    this.view = link.view;
    this.pilihan = link.pilihan;
    this.lock = null;
    this.rilis = null;
    this.tabel = new Tabel({
      onSelect: (pilihan) => this.select(pilihan),
      onOver: (kode) => this.lembar?.setOver(kode),
      onToggle: () => document.body.classList.toggle('ada-laci', this.tabel.isOpen),
    });
    startSearch({
      rilis: () => this.rilis,
      onChoose: (pilihan) => this.select(pilihan, { isZooming: true, isFocusing: true }),
    });
    startMethod(() => this.rilis.meta);
    this.drawThemes();
    this.listen();
  }

  drawThemes() {
    byId('tema').append(
      ...TEMA.map(({ kode, nama }) =>
        el(
          'label',
          {},
          el('input', {
            type: 'radio',
            name: 'tema',
            value: kode,
            checked: kode === this.tema,
            onchange: () => this.setTheme(kode),
          }),
          el('span', {}, nama),
        ),
      ),
    );
  }

  /// Under the themes: which content the theme shows, where there is a choice.
  drawContents() {
    const contents = isiOf(this.tema, this.rilis);
    const chosen = contents.find(({ kode }) => kode === this.isi[this.tema]) ?? contents[0];
    this.isi[this.tema] = chosen?.kode;
    byId('isi').hidden = contents.length < 2;
    byId('isi-nama').textContent = this.tema === 'titik-panas' ? 'Indikator' : 'Isi';
    byId('isi-pilihan').replaceChildren(
      ...contents.map(({ kode, nama }) =>
        el('option', { value: kode, selected: kode === chosen.kode }, nama),
      ),
    );
  }

  listen() {
    byId('isi-pilihan').addEventListener('change', ({ target }) => {
      this.isi[this.tema] = target.value;
      this.setTheme(this.tema);
    });
    byId('salin-tautan').addEventListener('click', () => this.copyLink());
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || byId('metode').open) return;
      if (this.pilihan) this.select(null);
      else if (this.lock) this.setLock(this.lock);
      else if (this.tabel.isOpen) this.tabel.close();
    });
    window.addEventListener('hashchange', () => this.follow(readLink()));
  }

  /// Shows a release: the first, or the one that follows it.
  show(rilis) {
    const isFirst = this.rilis === null;
    this.rilis = rilis;
    const { meta } = rilis;
    document.title = `${meta.data_simulasi ? 'DATA SIMULASI · ' : ''}${TITLE}`;
    byId('simulasi').hidden = !meta.data_simulasi;
    byId('tanda-air').hidden = !meta.data_simulasi;
    byId('pesan').hidden = true;
    document.body.classList.add('siap');
    // Without the whole register there is no denominator and no hotspot map.
    const hotspot = document.querySelector('input[value="titik-panas"]');
    hotspot.disabled = !meta.register.lengkap;
    hotspot.parentElement.title = hotspot.disabled
      ? 'Tidak tersedia: register tidak memuat seluruh keluarga, jadi tidak ada penyebut untuk uji'
      : '';
    if (hotspot.disabled && this.tema === 'titik-panas') this.tema = 'proporsi';
    const hasChange = Boolean(meta.hasil_lain?.perubahan);
    document.querySelector('input[value="perubahan"]').parentElement.hidden = !hasChange;
    byId('tema').classList.toggle('empat', hasChange);
    if (!hasChange && this.tema === 'perubahan') this.tema = 'proporsi';
    this.tabel.setRelease(rilis);
    drawSummary(rilis);
    drawFoot(rilis);
    this.lembar?.setRelease(rilis);
    this.setTheme(this.tema);
    // The panels are filled by now, so the first view can keep clear of them.
    if (isFirst) this.startMap();
    this.select(this.pilihan, { isZooming: isFirst && !this.view });
    if (!isFirst)
      this.tell(`Peta diperbarui ke rilis ${meta.id}, terbit ${tanggal(meta.terbit_pada)}.`);
  }

  startMap() {
    if (!canDrawMap()) {
      this.complain(window.maplibregl ? 'gambar' : 'pustaka');
      resolveReady(null);
      return;
    }
    this.lembar = new Lembar({
      container: byId('lembar'),
      rilis: this.rilis,
      view: this.view,
      covered,
      onSelect: (kode, cell) => this.select(kode ? { jenis: 'desa', kode } : null, { cell }),
      onHover: (kode, cell, point) => this.hover(kode, cell, point),
      onMove: (view) => {
        this.view = view;
        this.keepLink();
      },
    });
    this.lembar.setTheme(this.tema, this.classes);
    window.peta = this.lembar.map;
    this.lembar.isDrawn.then(resolveReady);
  }

  setTheme(tema) {
    this.tema = tema;
    this.drawContents();
    const isi = this.isi[tema];
    this.classes = classesOf(tema, this.rilis, isi);
    this.lock = null;
    document.querySelector(`input[name="tema"][value="${tema}"]`).checked = true;
    drawLegend({
      tema,
      isi,
      classes: this.classes,
      rilis: this.rilis,
      onHover: (kelas) => this.lembar?.setHighlight(kelas ?? this.lock),
      onLock: (kelas) => this.setLock(kelas),
    });
    this.lembar?.setTheme(tema, this.classes);
    this.lembar?.setHighlight(null);
    this.keepLink();
  }

  /// Holds a class in view; the same class again lets go.
  setLock(kelas) {
    this.lock = this.lock === kelas ? null : kelas;
    this.lembar?.setHighlight(this.lock);
    markLegend({ lock: this.lock?.kode, over: null });
  }

  select(pilihan, { isZooming = false, isFocusing = false, cell = null } = {}) {
    const actions = {
      onClose: () => this.select(null),
      onSelect: (next) =>
        this.select(next, { isZooming: next.jenis === 'kecamatan', isFocusing: true }),
      onZoom: () => this.lembar?.goTo(this.rowOf(this.pilihan).kotak, 13),
    };
    const hadFocus = byId('kartu').contains(document.activeElement);
    const isShown = pilihan !== null && showCard(pilihan, this.rilis, actions, cell);
    this.pilihan = isShown ? pilihan : null;
    if (!isShown) hideCard();
    document.body.classList.toggle('ada-kartu', isShown);
    this.lembar?.setSelection(this.pilihan);
    this.tabel.mark(this.pilihan?.jenis === 'desa' ? this.pilihan.kode : null);
    if (isShown && isZooming) this.lembar?.goTo(this.rowOf(pilihan).kotak);
    else if (isShown) this.lembar?.reveal(this.rowOf(pilihan).titik);
    if (isShown && isFocusing) byId('kartu').focus({ preventScroll: true });
    if (!isShown && hadFocus) this.lembar?.map.getCanvas().focus();
    this.keepLink();
  }

  rowOf({ jenis, kode }) {
    return (jenis === 'desa' ? this.rilis.desaByCode : this.rilis.kecamatanByCode).get(kode);
  }

  hover(kode, cell, point) {
    const tip = byId('petunjuk');
    const row = kode && this.rilis.desaByCode.get(kode);
    tip.hidden = !row || isPhone();
    // Over a cell the class is the cell's; its figures carry the same names as those of a desa.
    const over = row ? this.classes.find((kelas) => kelas.contains(cell ?? row)) : null;
    markLegend({ lock: this.lock?.kode, over: over?.kode });
    if (tip.hidden) return;
    tip.replaceChildren(
      el('b', {}, row.nama_desa),
      el('span', {}, `Kec. ${row.nama_kecamatan}`),
      el('span', { class: 'petunjuk-nilai' }, this.tip(row, cell)),
    );
    const isRight = point.x > byId('lembar').clientWidth - 260;
    tip.style.transform = `translate(${point.x + (isRight ? -14 : 14)}px, ${point.y + 14}px) translateX(${isRight ? '-100%' : '0'})`;
  }

  tip(row, cell) {
    const own = tipIsi(this.tema, this.rilis, this.isi[this.tema], row, cell);
    if (own) return own;
    if (this.tema === 'kepadatan') {
      return cell
        ? `${angka(cell.kepadatan)} keluarga/km² di sel ini`
        : `${angka(row.kepadatan)} keluarga/km²`;
    }
    if (this.tema === 'titik-panas') {
      return `${KELAS[row.kelas]?.nama ?? '–'}${row.tepi ? ` · ${TEPI.nama.toLowerCase()}` : ''}`;
    }
    return (
      alasanKosong(row) ??
      `${persen(row.persen_ekstrem)} (${angka(row.keluarga_ekstrem)} dari ${angka(row.keluarga)} keluarga)`
    );
  }

  keepLink() {
    writeLink({
      tema: this.tema,
      isi: isiOf(this.tema, this.rilis)[0]?.kode === this.isi[this.tema] ? null : this.isi[this.tema],
      view: this.lembar
        ? { center: this.lembar.map.getCenter(), zoom: this.lembar.map.getZoom() }
        : null,
      pilihan: this.pilihan,
    });
  }

  follow(link) {
    if (!this.rilis) return;
    if (link.view) this.lembar?.setView(link.view);
    const tema = link.tema ?? this.tema;
    if (tema !== this.tema || (link.isi ?? undefined) !== this.isi[tema]) {
      this.isi[tema] = link.isi;
      this.setTheme(tema);
    }
    this.select(link.pilihan, { isZooming: Boolean(link.pilihan && !link.view) });
  }

  async copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.tell('Tautan ke tampilan ini sudah disalin.');
    } catch {
      // Without https the clipboard is closed to pages.
      this.tell('Salin tautan dari baris alamat peramban; alamatnya sudah memuat tampilan ini.');
    }
  }

  tell(text) {
    const node = byId('kabar');
    node.textContent = text;
    node.classList.add('tampak');
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => node.classList.remove('tampak'), 6000);
  }

  complain(kind) {
    const [what, remedy] = PESAN[kind];
    byId('pesan').replaceChildren(el('p', {}, el('b', {}, what), ` ${remedy}`));
    byId('pesan').hidden = false;
  }
}

let resolveReady;
/// Settles when the first picture is complete, with the map, or null where none can be drawn.
window.petaSiap = new Promise((resolve) => {
  resolveReady = resolve;
});

startSheet();
const halaman = new Halaman(readLink());
let isSilent = false;
const ask = watchReleases(() => halaman.rilis?.meta.id, {
  onRelease: (rilis) => {
    isSilent = false;
    halaman.show(rilis);
  },
  onFailure: (kind) => {
    if (halaman.rilis === null) return halaman.complain(kind ?? 'gagal');
    if (kind && !isSilent) {
      halaman.tell(
        `${kind === 'kosong' ? 'Saat ini tidak ada rilis yang terbit' : 'Server tidak menjawab'}; peta menampilkan rilis terakhir yang diterima.`,
      );
    }
    isSilent = Boolean(kind);
    return undefined;
  },
});
ask();
