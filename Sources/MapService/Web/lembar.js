// The map sheet: makes the MapLibre map, turns pointer and keyboard into "this desa", and keeps
// the view clear of the panels that lie over it.
import { addImages } from './pola.js';
import { applyHighlight, applyRelease, applySelection, applyTheme, style } from './gaya.js';
import { isPhone } from './dom.js';

const LOCALE = {
  'NavigationControl.ZoomIn': 'Perbesar',
  'NavigationControl.ZoomOut': 'Perkecil',
  'ScaleControl.Kilometers': 'km',
  'ScaleControl.Meters': 'm',
  'Map.Title':
    'Peta Kabupaten Probolinggo. Tombol panah menggeser, tambah dan kurang mengubah skala, Enter membuka desa di tengah peta.',
};

/// Tile ids are the code without dots: 35.13.01.2001 -> 3513012001.
const tileId = (code) => Number(code.replaceAll('.', ''));

export function canDrawMap() {
  if (!window.maplibregl) return false;
  const canvas = document.createElement('canvas');
  return Boolean(canvas.getContext('webgl2') ?? canvas.getContext('webgl'));
}

class HomeControl {
  constructor(goHome) {
    this.goHome = goHome;
  }
  onAdd() {
    this.node = document.createElement('div');
    this.node.className = 'maplibregl-ctrl maplibregl-ctrl-group';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'tombol-utuh';
    button.title = 'Tampilkan seluruh kabupaten';
    button.setAttribute('aria-label', button.title);
    button.addEventListener('click', this.goHome);
    this.node.append(button);
    return this.node;
  }
  onRemove() {
    this.node.remove();
  }
}

export class Lembar {
  /// `covered` returns the strips of the map that panels hide, in pixels.
  constructor({ container, rilis, view, covered, onSelect, onHover, onMove }) {
    this.rilis = rilis;
    this.covered = covered;
    this.overCode = null;
    const camera = view
      ? { center: view.center, zoom: view.zoom }
      : { bounds: rilis.kotak, fitBoundsOptions: { padding: covered() } };
    this.map = new maplibregl.Map({
      container,
      style: style(rilis),
      ...camera,
      locale: LOCALE,
      minZoom: 7.5,
      maxZoom: 16,
      maxBounds: [
        [111.9, -9.3],
        [114.35, -6.7],
      ],
      attributionControl: false,
      dragRotate: false,
      touchPitch: false,
      maxPitch: 0,
      pitchWithRotate: false,
      renderWorldCopies: false,
      fadeDuration: 150,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'bottom-right');
    this.map.addControl(new HomeControl(() => this.goHome()), 'bottom-right');
    this.map.addControl(
      new maplibregl.ScaleControl({ unit: 'metric', maxWidth: 110 }),
      'bottom-left',
    );
    this.isDrawn = new Promise((resolve) => {
      this.map.once('idle', () => resolve(this.map));
    });
    this.isStyled = new Promise((resolve) => {
      this.map.once('style.load', () => {
        addImages(this.map);
        resolve();
      });
    });
    this.listen(onSelect, onHover, onMove);
  }

  listen(onSelect, onHover, onMove) {
    const { map } = this;
    map.on('moveend', () => onMove({ center: map.getCenter(), zoom: map.getZoom() }));
    map.on('click', ({ point, lngLat }) =>
      onSelect(this.desaAt(point), this.cellAt(point), lngLat),
    );
    map.on('mousemove', ({ point }) => {
      const code = this.desaAt(point);
      this.setOver(code);
      map.getCanvas().style.cursor = code ? 'pointer' : '';
      onHover(code, this.cellAt(point), point);
    });
    map.on('mouseout', () => {
      this.setOver(null);
      onHover(null, null, null);
    });
    map.getCanvas().addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      const point = map.project(map.getCenter());
      onSelect(this.desaAt(point), this.cellAt(point), map.getCenter());
    });
  }

  desaAt(point) {
    if (!this.map.getLayer('desa-kena')) return null;
    return (
      this.map.queryRenderedFeatures(point, { layers: ['desa-kena'] })[0]?.properties.kode_desa ??
      null
    );
  }

  /// The density cell under a point; none while another theme is shown.
  cellAt(point) {
    if (!this.map.getLayer('sel-isi')) return null;
    return this.map.queryRenderedFeatures(point, { layers: ['sel-isi'] })[0]?.properties ?? null;
  }

  setOver(code) {
    if (code === this.overCode || !this.map.getSource('desa')) return;
    const target = (of) => ({ source: 'desa', sourceLayer: 'desa', id: tileId(of) });
    if (this.overCode) this.map.setFeatureState(target(this.overCode), { sorot: false });
    if (code) this.map.setFeatureState(target(code), { sorot: true });
    this.overCode = code;
  }

  setTheme(tema, classes) {
    this.isStyled.then(() => applyTheme(this.map, tema, classes, this.rilis));
  }

  setHighlight(kelas) {
    this.isStyled.then(() => applyHighlight(this.map, kelas));
  }

  setSelection(pilihan) {
    this.isStyled.then(() => applySelection(this.map, pilihan));
  }

  setRelease(rilis) {
    this.rilis = rilis;
    this.isStyled.then(() => applyRelease(this.map, rilis));
  }

  goTo(kotak, maxZoom = 11.6) {
    this.map.fitBounds(kotak, { padding: this.covered(), maxZoom, duration: 700 });
  }

  goHome() {
    this.goTo(this.rilis.kotak);
  }

  /// Moves only when the point lies under a panel or outside the view.
  reveal(titik) {
    const { x, y } = this.map.project(titik);
    const { clientWidth, clientHeight } = this.map.getContainer();
    const strip = this.covered();
    const isClear =
      x > strip.left &&
      x < clientWidth - strip.right &&
      y > strip.top &&
      y < clientHeight - strip.bottom;
    if (isClear) return;
    const zoom = Math.max(this.map.getZoom(), isPhone() ? 9.5 : 10);
    const offset = [(strip.left - strip.right) / 2, (strip.top - strip.bottom) / 2];
    this.map.easeTo({ center: titik, zoom, offset, duration: 500 });
  }

  setView({ center, zoom }) {
    this.map.jumpTo({ center, zoom });
  }
}
