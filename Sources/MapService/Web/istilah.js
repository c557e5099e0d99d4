// Words and number formats of the page. Every Indonesian term that appears in more than one
// place is written here once.

const plain = (digits) =>
  new Intl.NumberFormat('id-ID', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const formats = [plain(0), plain(1), plain(2)];

export const TUTUP = '<5 / ditutup';

/// 1234.5 -> "1.234,5"; a missing value -> "–".
export function angka(value, digits = 0) {
  return value === null || value === undefined ? '–' : formats[digits].format(value);
}

export function persen(value, digits = 2) {
  return value === null || value === undefined ? '–' : `${angka(value, digits)}%`;
}

/// Breaks as they are written in a legend: 2 -> "2", 2.5 -> "2,5".
export const ringkas = (value) => new Intl.NumberFormat('id-ID').format(value);

/// Neither 0% nor 100% is ever certain: an exceedance is bounded away from both.
export function peluang(value) {
  if (value === null || value === undefined) return '–';
  if (value > 0.99) return '>99%';
  if (value < 0.01) return '<1%';
  return `${angka(value * 100)}%`;
}

export function peluangKata(value) {
  if (value === null || value === undefined) return 'Tidak dihitung';
  if (value >= 0.95) return 'Hampir pasti di atas';
  if (value >= 0.8) return 'Cenderung di atas';
  if (value >= 0.2) return 'Tidak jelas';
  if (value >= 0.05) return 'Cenderung di bawah';
  return 'Hampir pasti di bawah';
}

/// A bare date stays that day everywhere; a moment is shown in western Indonesian time.
export function tanggal(iso) {
  if (!iso) return '–';
  const isDay = iso.length === 10;
  const options = { day: 'numeric', month: 'long', year: 'numeric' };
  const zone = isDay ? 'UTC' : 'Asia/Jakarta';
  return new Intl.DateTimeFormat('id-ID', { ...options, timeZone: zone }).format(new Date(iso));
}

export const jenisDesa = (row) => (row.jenis === 'kelurahan' ? 'Kelurahan' : 'Desa');

const PANAS =
  'Desa ini termasuk kelompok desa bertetangga dengan proporsi keluarga miskin ekstrem jauh di atas desa biasa (sekitar 1,5 kali atau lebih)';
const DINGIN =
  'Desa ini termasuk kelompok desa bertetangga dengan proporsi keluarga miskin ekstrem jauh di bawah desa biasa (sekitar dua pertiga atau kurang)';
const share = (q) =>
  `bila tanpa pola, kelompok sejelas ini di mana pun di kabupaten muncul pada paling banyak ${q} dari 100 peta`;

/// The classes of the hotspot map, in legend order.
/// `tanda` is the arrow drawn on the map, so that the class does not hang on colour alone.
export const KELAS = {
  panas_99: {
    nama: 'Titik panas (99%)',
    pendek: 'Panas 99%',
    warna: '#a3152f',
    tanda: 'panas-3',
    kalimat: `${PANAS}; ${share(1)}. Ini indikasi, perlu diperiksa di lapangan.`,
  },
  panas_95: {
    nama: 'Titik panas (95%)',
    pendek: 'Panas 95%',
    warna: '#d9654f',
    tanda: 'panas-2',
    kalimat: `${PANAS}; ${share(5)}. Ini indikasi, perlu diperiksa di lapangan.`,
  },
  panas_90: {
    nama: 'Titik panas (90%)',
    pendek: 'Panas 90%',
    warna: '#f3b49a',
    tanda: 'panas-1',
    kalimat: `${PANAS}, tetapi buktinya lebih lemah; ${share(10)}.`,
  },
  tidak_nyata: {
    nama: 'Tidak nyata',
    warna: '#f3f1ea',
    kalimat:
      'Desa ini tidak termasuk kelompok yang lebih jelas daripada kebetulan. Ini bukan bukti bahwa kemiskinan ekstrem tidak ada.',
  },
  dingin_90: {
    nama: 'Titik dingin (90%)',
    pendek: 'Dingin 90%',
    warna: '#b3d4e6',
    tanda: 'dingin-1',
    kalimat: `${DINGIN}, tetapi buktinya lebih lemah; ${share(10)}.`,
  },
  dingin_95: {
    nama: 'Titik dingin (95%)',
    pendek: 'Dingin 95%',
    warna: '#5b9dc9',
    tanda: 'dingin-2',
    kalimat: `${DINGIN}; ${share(5)}. Titik dingin tidak berarti kaya.`,
  },
  dingin_99: {
    nama: 'Titik dingin (99%)',
    pendek: 'Dingin 99%',
    warna: '#1f5c99',
    tanda: 'dingin-3',
    kalimat: `${DINGIN}; ${share(1)}. Titik dingin tidak berarti kaya.`,
  },
  tidak_diuji: {
    nama: 'Tidak diuji (tanpa tetangga)',
    pendek: 'Tidak diuji',
    arsir: true,
    kalimat:
      'Desa ini tidak memiliki desa tetangga yang berdata, jadi tidak dapat diuji. Proporsinya tetap ditampilkan.',
  },
  tidak_ada_data: {
    nama: 'Tidak ada data',
    arsir: true,
    kalimat: 'Register tidak memuat keluarga untuk desa ini, jadi desa ini tidak diuji.',
  },
  tidak_ada_keluarga: {
    nama: 'Tidak ada keluarga',
    arsir: true,
    kalimat: 'Tidak ada keluarga tercatat di desa ini, jadi proporsinya tidak dapat dihitung.',
  },
  tidak_ada_variasi: {
    nama: 'Tidak ada variasi',
    arsir: true,
    kalimat: 'Proporsi semua desa sama, jadi tidak ada pola yang dapat diuji.',
  },
};

/// How a hot or cold desa came to be so over the registers; known from three registers on.
export const TREN = {
  baru: 'Baru: hanya nyata pada register terakhir.',
  berturut: 'Berturut-turut: nyata tanpa putus sampai register terakhir.',
  menguat: 'Menguat: hampir selalu nyata, dan makin kuat.',
  bertahan: 'Bertahan: hampir selalu nyata, tanpa arah yang jelas.',
  melemah: 'Melemah: hampir selalu nyata, tetapi makin lemah.',
  sporadis: 'Sporadis: nyata sekarang, tetapi hanya sesekali sebelumnya.',
  berayun: 'Berayun: pernah panas dan pernah dingin.',
  riwayat: 'Riwayat: dahulu hampir selalu nyata, sekarang tidak lagi.',
};

export const TEPI = {
  nama: 'Tepi kabupaten',
  kalimat:
    'Desa ini berbatasan dengan wilayah di luar kabupaten. Tetangga di luar tidak terdata, jadi kelasnya kurang pasti.',
};

/// Why a figure of this desa is missing, or null when nothing is.
export function alasanKosong(row) {
  if (row.tertutup) return 'Ditutup: jumlah 1–4 keluarga tidak diumumkan';
  if (row.kelas === 'tidak_ada_data') return 'Tidak ada data';
  if (row.kelas === 'tidak_ada_keluarga') return 'Tidak ada keluarga';
  if (row.persen_ekstrem === undefined || row.persen_ekstrem === null)
    return 'Data terlalu sedikit';
  return null;
}
