// Where the panels lie over the map. On a desk they stand beside it; on a phone they are sheets
// at its foot, and the map has to know how much of it they hide.
import { byId, isPhone } from './dom.js';

/// The strips of the map that are hidden, with a margin, in pixels.
export function covered() {
  const height = (id) => (byId(id).hidden ? 0 : byId(id).offsetHeight);
  if (isPhone()) {
    const sheet = Math.max(byId('panel').offsetHeight, height('kartu'));
    const most = window.innerHeight - 260;
    return {
      top: byId('kepala').offsetHeight + 50,
      bottom: Math.min(sheet + height('kaki') + 14, most),
      left: 14,
      right: 14,
    };
  }
  return {
    top: 60,
    bottom: height('laci') + height('kaki') + 30,
    left: 36,
    right: byId('kartu').hidden ? 64 : byId('kartu').offsetWidth + 40,
  };
}

function watchHeights() {
  const root = document.documentElement;
  const update = () => {
    const sheet = isPhone()
      ? Math.max(byId('panel').offsetHeight, byId('kartu').hidden ? 0 : byId('kartu').offsetHeight)
      : 0;
    const drawer = !isPhone() && !byId('laci').hidden ? byId('laci').offsetHeight : 0;
    root.style.setProperty('--bawah', `${sheet + drawer}px`);
    root.style.setProperty('--kaki', `${byId('kaki').offsetHeight}px`);
    root.style.setProperty('--atas', `${isPhone() ? byId('kepala').offsetHeight : 0}px`);
  };
  const observer = new ResizeObserver(update);
  for (const id of ['panel', 'kartu', 'laci', 'kepala', 'kaki']) observer.observe(byId(id));
}

/// The handle opens the sheet with a tap or a pull; a pull of 30 px decides.
export function startSheet() {
  const handle = byId('pegangan');
  const setOpen = (isOpen) => {
    byId('panel').classList.toggle('terbuka', isOpen);
    handle.setAttribute('aria-expanded', String(isOpen));
  };
  let from = null;
  let wasPulled = false;
  handle.addEventListener('pointerdown', (event) => {
    from = event.clientY;
    wasPulled = false;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener('pointermove', (event) => {
    if (from === null || Math.abs(event.clientY - from) < 30) return;
    setOpen(event.clientY < from);
    wasPulled = true;
    from = null;
  });
  handle.addEventListener('pointerup', () => {
    from = null;
  });
  handle.addEventListener('click', () => {
    if (!wasPulled) setOpen(!byId('panel').classList.contains('terbuka'));
    wasPulled = false;
  });
  watchHeights();
}
