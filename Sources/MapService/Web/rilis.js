// Fetching releases. A release is read whole (its description, all desa, all kecamatan) before
// it replaces the one on screen, so the page never mixes two of them.

const POLL_MS = 30_000;

const address = (path) => new URL(path, document.baseURI).href;

/// What went wrong while fetching: `kosong` (nothing published yet) or `gagal` (no answer).
export class RilisError extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

async function json(path) {
  let response;
  try {
    response = await fetch(address(path), { cache: 'no-cache' });
  } catch {
    throw new RilisError('gagal');
  }
  if (response.status === 404) throw new RilisError('kosong');
  if (!response.ok) throw new RilisError('gagal');
  return response.json();
}

/// Ranks by exceedance, highest first; equal values share the better rank. Per code: the rank
/// and how many others share it.
function ranks(rows, code) {
  const ranked = rows
    .filter((row) => row.peluang_di_atas !== undefined && row.peluang_di_atas !== null)
    .sort((a, b) => b.peluang_di_atas - a.peluang_di_atas);
  const groups = new Map();
  ranked.forEach((row, index) => {
    const group = groups.get(row.peluang_di_atas) ?? { rank: index + 1, others: -1 };
    group.others += 1;
    groups.set(row.peluang_di_atas, group);
  });
  return new Map(ranked.map((row) => [row[code], groups.get(row.peluang_di_atas)]));
}

export class Rilis {
  constructor(meta, desa, kecamatan) {
    this.meta = meta;
    this.desa = desa;
    this.kecamatan = kecamatan;
    this.desaByCode = new Map(desa.map((row) => [row.kode_desa, row]));
    this.kecamatanByCode = new Map(kecamatan.map((row) => [row.kode_kecamatan, row]));
    this.desaRanks = ranks(desa, 'kode_desa');
    this.kecamatanRanks = ranks(kecamatan, 'kode_kecamatan');
    this.kotak = desa.reduce(
      (box, { kotak }) => [
        Math.min(box[0], kotak[0]),
        Math.min(box[1], kotak[1]),
        Math.max(box[2], kotak[2]),
        Math.max(box[3], kotak[3]),
      ],
      [180, 90, -180, -90],
    );
  }
}

export async function loadRelease() {
  const meta = await json('releases/current');
  const [desa, kecamatan] = await Promise.all([
    json('releases/current/desa.json'),
    json('releases/current/kecamatan.json'),
  ]);
  // Published between the first and the last request: start again.
  const after = await json('releases/current');
  if (after.id !== meta.id) return loadRelease();
  return new Rilis(meta, desa.desa, kecamatan.kecamatan);
}

/// The address of a layer's TileJSON. The release in the query keeps a cache between the
/// server and the browser from handing out the TileJSON of the release before.
export const tileJSON = (layer, rilis) => address(`tiles/${layer}.json?rilis=${rilis.meta.id}`);

/// Asks every 30 s, and when the page becomes visible, whether another release is current.
export function watchReleases(currentId, { onRelease, onFailure }) {
  let isBusy = false;
  async function ask() {
    if (isBusy || document.hidden) return;
    isBusy = true;
    try {
      const meta = await json('releases/current');
      if (meta.id !== currentId()) onRelease(await loadRelease());
      else onFailure(null);
    } catch (error) {
      onFailure(error.kind ?? 'gagal');
    } finally {
      isBusy = false;
    }
  }
  setInterval(ask, POLL_MS);
  document.addEventListener('visibilitychange', ask);
  return ask;
}
