// The state of the page in the address: #tema=titik-panas&isi=desil-1-2&peta=10.2/-7.85/113.3&desa=35.13.01.2001
import { TEMA } from './tema.js';

export function readLink() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const tema = TEMA.some(({ kode }) => kode === parts.get('tema')) ? parts.get('tema') : null;
  const [zoom, latitude, longitude] = (parts.get('peta') ?? '').split('/').map(Number);
  const isView = zoom >= 0 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  const jenis = ['desa', 'kecamatan'].find((name) => parts.get(name));
  return {
    tema,
    isi: parts.get('isi'),
    view: isView ? { zoom, center: [longitude, latitude] } : null,
    pilihan: jenis ? { jenis, kode: parts.get(jenis) } : null,
  };
}

export function writeLink({ tema, isi, view, pilihan }) {
  const parts = [`tema=${tema}`];
  if (isi) parts.push(`isi=${isi}`);
  if (view) {
    parts.push(
      `peta=${view.zoom.toFixed(2)}/${view.center.lat.toFixed(4)}/${view.center.lng.toFixed(4)}`,
    );
  }
  if (pilihan) parts.push(`${pilihan.jenis}=${pilihan.kode}`);
  history.replaceState(null, '', `#${parts.join('&')}`);
}
