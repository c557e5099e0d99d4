// "Cara membaca peta": what the figures are, how they were tested, what must not be read from them.
import { byId, el } from './dom.js';
import { angka, persen, ringkas, tanggal } from './istilah.js';

const section = (title, ...paragraphs) => el('section', {}, el('h3', {}, title), ...paragraphs);
const p = (text) => el('p', {}, text);
const list = (items) =>
  el(
    'ul',
    {},
    items.map((text) => el('li', {}, text)),
  );

function facts(pairs) {
  return el(
    'dl',
    { class: 'fakta' },
    pairs
      .filter(([, text]) => text)
      .flatMap(([name, text]) => [el('dt', {}, name), el('dd', {}, text)]),
  );
}

function hotspotSection({ metode, register }) {
  const test = metode.titik_panas;
  return section(
    'Titik panas',
    p(
      'Dicari kelompok desa bertetangga yang proporsi keluarga miskin ekstremnya, setelah dihaluskan menurut jumlah keluarga, semuanya jauh di atas desa biasa (titik panas) atau jauh di bawahnya (titik dingin). Nilai semua desa lalu diundi ulang di atas peta; sebuah kelompok ditampilkan hanya bila kelompok sejelas itu, di mana pun di kabupaten, jarang muncul dari undian.',
    ),
    facts([
      ['Statistik', test.statistik],
      ['Ketetanggaan', test.ketetanggaan],
      [
        'Nilai p',
        `${test.uji}, ${angka(test.ulangan)} undian, benih ${test.seed}`,
      ],
      [
        'Koreksi uji berganda',
        `${test.koreksi} atas ${angka(test.unit_diuji)} desa; 1%, 5%, 10%`,
      ],
      ['Desa biasa', `${persen(100 * test.proporsi_biasa)} miskin ekstrem (median menurut keluarga)`],
      [
        'Kelompok',
        test.kelompok.length === 0
          ? 'tidak ada'
          : test.kelompok
              .map((k) => `${k.nomor}: ${k.jenis}, ${angka(k.jumlah_desa)} desa, p ${k.p < 0.01 ? '< 0,01' : angka(k.p, 2)}`)
              .join('; '),
      ],
      ['Kolom z', `${test.statistik_z}, ${angka(test.permutasi)} permutasi; hanya pembanding`],
      ['Penyebut', `${test.penyebut} (${register.sumber})`],
    ]),
    p(
      'Titik panas 95% berarti: bila tidak ada pola, kelompok sejelas ini di mana pun di kabupaten muncul pada paling banyak 5 dari 100 peta. Dalam 200 register simulasi dengan kelompok yang ditanam, 98,8% desanya ditemukan dan 2,7% desa yang ditandai keliru. “Tidak nyata” bukan bukti bahwa kemiskinan ekstrem tidak ada. Titik dingin tidak berarti kaya.',
    ),
    p(
      'Desa tanpa tetangga (pulau) tidak diuji. Desa di tepi kabupaten diarsir, karena tetangganya di luar kabupaten tidak terdata.',
    ),
  );
}

/// What a release has beside the hotspots of its rule; each part only when it is there.
function furtherSections({ hasil_lain: lain, kriteria }) {
  if (!lain) return [];
  const test = (nilai) => `${angka(nilai.ulangan)} undian, benih ${nilai.seed}`;
  const indicators = lain.indikator.map(({ nama, pembilang, penyebut, koreksi, unit_diuji, ...rest }) => [
    nama,
    `${pembilang} dari ${penyebut}; ${koreksi}, ${angka(unit_diuji)} desa; ${test(rest)}; kelompok: ${rest.kelompok.length || 'tidak ada'}`,
  ]);
  return [
    indicators.length === 0
      ? null
      : section(
          'Indikator lain',
          p(
            'Titik panas diuji juga untuk bagian lain dari register, dengan cara yang sama. Setiap peta menjaga tingkat salahnya sendiri; makin banyak indikator dilihat, makin besar peluang satu di antaranya keliru.',
          ),
          facts(indicators),
        ),
    lain.perubahan
      ? section(
          'Perubahan',
          p(
            `Proporsi miskin ekstrem (${kriteria.nama}) tiap desa dibandingkan dengan register ${lain.perubahan.sumber} ${tanggal(lain.perubahan.tanggal)}. “Naik” dan “turun” hanya disebut bila selisihnya lebih besar daripada yang wajar terjadi secara kebetulan. Perubahan aturan atau cara pendataan tampak seperti perubahan kemiskinan.`,
          ),
          facts([
            ['Uji', lain.perubahan.uji],
            [
              'Koreksi',
              `${lain.perubahan.koreksi} ${angka(100 * lain.perubahan.tingkat)}%, ${angka(lain.perubahan.unit_diuji)} desa (${angka(lain.perubahan.mid_p)} dengan mid-p)`,
            ],
            ['Penyebut', lain.perubahan.penyebut],
            [
              'Keluarga sama',
              lain.perubahan.pengenal &&
                `${angka(lain.perubahan.keluarga_sama)}, dikenali dari ${lain.perubahan.pengenal}; korelasi ${angka(lain.perubahan.korelasi, 2)}`,
            ],
            ['', lain.perubahan.catatan],
          ]),
        )
      : null,
    lain.kantong_waktu
      ? section(
          'Kantong ruang-waktu',
          p(
            `Dicari lingkaran desa dan rentang register yang proporsinya menonjol terhadap rata-rata desa itu sendiri, setelah jalan umum kabupaten dihapus, dari ${angka(lain.kantong_waktu.register.length)} register. ${lain.kantong_waktu.catatan}`,
          ),
          facts([
            ['Uji', `${lain.kantong_waktu.metode}; ${test(lain.kantong_waktu)}`],
            ['Acuan', lain.kantong_waktu.acuan],
            ['Tren umum', lain.kantong_waktu.tren_umum],
            ['Berlangsung', pockets(lain.kantong_waktu.berlangsung)],
            ['Pernah ada', pockets(lain.kantong_waktu.pernah)],
          ]),
        )
      : null,
    lain.permukaan
      ? section(
          'Kepadatan dihaluskan dan rasio',
          p(
            'Jumlah keluarga per sel dihaluskan dengan inti yang sama ke segala arah; bagian yang jatuh ke laut atau ke luar kabupaten dikembalikan ke daratan kabupaten. Rasio membagi kepadatan miskin ekstrem dengan kepadatan keluarga: di atas 1 berarti proporsinya di atas kabupaten.',
          ),
          facts([
            [
              'Inti',
              `${lain.permukaan.inti}, simpangan baku ${ringkas(lain.permukaan.lebar_m)} m (${lain.permukaan.cara_lebar})`,
            ],
            ['Koreksi tepi', lain.permukaan.koreksi_tepi],
            ['Uji rasio', lain.permukaan.rasio && `${lain.permukaan.rasio}; ${test(lain.permukaan)}`],
            [
              'Koreksi',
              lain.permukaan.koreksi &&
                `${lain.permukaan.koreksi} ${angka(100 * lain.permukaan.tingkat)}%, ${angka(lain.permukaan.sel_diuji)} sel`,
            ],
            ['Ditampilkan', `mulai ${angka(lain.permukaan.keluarga_paling_sedikit)} keluarga dalam jangkauan inti`],
          ]),
        )
      : null,
  ];
}

function pockets(list) {
  if (list.length === 0) return 'tidak ada';
  return list
    .map(({ nomor, jumlah_desa, dari, sampai, risiko_relatif, p }) => {
      const time = dari === sampai ? tanggal(dari) : `${tanggal(dari)} – ${tanggal(sampai)}`;
      const risk = risiko_relatif ? `, ${angka(risiko_relatif, 1)} kali` : '';
      return `${nomor}: ${angka(jumlah_desa)} desa, ${time}${risk}, p ${p < 0.01 ? '< 0,01' : angka(p, 2)}`;
    })
    .join('; ');
}

function sourceSection({ register, kriteria, batas, kabupaten, metode }) {
  return section(
    'Sumber data',
    facts([
      ['Register', `${register.sumber} per ${tanggal(register.tanggal)} (${register.nama_berkas})`],
      [
        'Cakupan',
        register.lengkap
          ? 'seluruh keluarga'
          : `tidak lengkap: proporsi dihitung dari keluarga dalam ${register.sumber} saja`,
      ],
      ['Kriteria', `${kriteria.nama}, berlaku sejak ${tanggal(kriteria.berlaku_sejak)}`],
      ['', kriteria.keterangan],
      [
        'Tanpa desa',
        `${angka(kabupaten.tanpa_desa)} keluarga tidak dapat ditempatkan dan tidak ikut dihitung per desa`,
      ],
      ['Batas wilayah', `${batas.nama}, ${tanggal(batas.tanggal)}`],
      ['Sumber batas', `${batas.sumber}; lisensi ${batas.lisensi}`],
      ['Ketelitian batas', batas.ketelitian_m ? `sekitar ${angka(batas.ketelitian_m)} m (simpangan baku)` : ''],
      ['Batas pembanding', metode.batas_pembanding.join(', ')],
    ]),
    p(
      `${batas.catatan}. Laut dan nama wilayah di sekitar kabupaten digambar kasar, hanya untuk orientasi.`,
    ),
    list([...batas.atribusi, 'Gambar peta: MapLibre GL JS (lisensi BSD 3-Clause)']),
  );
}

function content(meta) {
  const breaks = meta.rentang.persen_ekstrem.map(ringkas).join('; ');
  return [
    meta.data_simulasi
      ? el(
          'p',
          { class: 'ingat' },
          'Data simulasi: semua angka pada peta ini rekaan untuk uji coba dan tidak boleh dipakai untuk keputusan.',
        )
      : null,
    section(
      'Yang tidak boleh disimpulkan',
      list([
        'Angka desil 1 bukan angka kemiskinan ekstrem BPS. Desil adalah peringkat nasional dalam register; angka BPS berasal dari survei Susenas dan tidak menurut nama.',
        'Peta menunjukkan tempat, bukan sebab, dan bukan daftar penerima bantuan. Penetapan keluarga tetap melalui Musdes dan SK Bupati.',
        'Titik panas adalah indikasi. Sebutan “kantong kemiskinan ekstrem” perlu pemeriksaan lapangan.',
        'Desa yang luas tampak menonjol di peta meskipun keluarganya sedikit. Lihat juga jumlah keluarga di kartu atau tabel.',
        'Kelas kabupaten ini tidak dapat dibandingkan dengan kelas nasional atau kabupaten lain.',
      ]),
    ),
    section(
      'Proporsi miskin ekstrem',
      p(
        `Keluarga miskin ekstrem (${meta.kriteria.nama}) dibagi ${meta.register.lengkap ? 'seluruh keluarga di desa' : `keluarga dalam ${meta.register.sumber}`}. Batas kelas tetap: ${breaks} persen; nilai di batas masuk kelas atasnya.`,
      ),
      p(
        'Selang 95% menunjukkan kisaran yang wajar bagi risiko sesungguhnya. Di desa kecil proporsi mudah naik turun secara kebetulan, sehingga selangnya lebar. Karena itu peringkat disusun menurut peluang bahwa proporsi desa berada di atas proporsi kabupaten, bukan menurut proporsinya.',
      ),
      p(
        'Peluang dibaca: ≥ 95% hampir pasti di atas; 80–95% cenderung di atas; 20–80% tidak jelas; 5–20% cenderung di bawah; < 5% hampir pasti di bawah.',
      ),
    ),
    hotspotSection(meta),
    section(
      'Kepadatan',
      p(
        `Jumlah keluarga per km² daratan pada sel heksagon ${ringkas(meta.metode.kepadatan.sel_m)} m yang sama luas. Keluarga dengan koordinat dihitung di tempatnya; keluarga yang hanya diketahui desanya disebar menurut luas desa itu. Kepadatan hanya ditampilkan, tidak diuji.`,
      ),
    ),
    ...furtherSections(meta),
    section(
      'Angka yang ditutup',
      p(
        'Jumlah 1 sampai 4 keluarga tidak diumumkan (<5), begitu juga proporsinya. Angka lain dapat ikut ditutup supaya jumlah itu tidak dapat dihitung balik dari total kecamatan. Proporsi juga tidak ditampilkan bila keluarga di desa kurang dari 20. Uji titik panas memakai angka lengkap.',
      ),
    ),
    sourceSection(meta),
  ].filter(Boolean);
}

export function startMethod(meta) {
  const dialog = byId('metode');
  const close = () => dialog.close();
  byId('buka-metode').addEventListener('click', () => {
    dialog.replaceChildren(
      el(
        'header',
        {},
        el('h2', { id: 'metode-judul' }, 'Cara membaca peta'),
        el('button', {
          type: 'button',
          class: 'bulat tutup',
          'aria-label': 'Tutup',
          onclick: close,
        }),
      ),
      el('div', { class: 'metode-isi', tabindex: '0' }, ...content(meta())),
    );
    dialog.showModal();
  });
  // A click on the backdrop lands on the dialog itself.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) close();
  });
}
