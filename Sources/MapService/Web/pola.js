// Images of the map, drawn at start: hatches for areas without a class, arrows for hot and cold.

const RATIO = 2;

function canvas(size) {
  const element = document.createElement('canvas');
  element.width = size;
  element.height = size;
  return element.getContext('2d', { willReadFrequently: true });
}

/// A square tile of diagonal lines. The lines run past the corners, so tiles join unseen.
function hatch({ size, width, line, ground }) {
  const edge = size * RATIO;
  const pen = canvas(edge);
  if (ground) {
    pen.fillStyle = ground;
    pen.fillRect(0, 0, edge, edge);
  }
  pen.strokeStyle = line;
  pen.lineWidth = width * RATIO;
  for (const shift of [-edge, 0, edge]) {
    pen.beginPath();
    pen.moveTo(shift - edge, edge * 2);
    pen.lineTo(shift + edge * 2, -edge);
    pen.stroke();
  }
  return pen.getImageData(0, 0, edge, edge);
}

/// An arrow head up (hot) or down (cold); the stronger the evidence, the larger and fuller.
function arrow(isHot, strength) {
  const edge = 18 * RATIO;
  const pen = canvas(edge);
  const half = (2.6 + strength * 1.3) * RATIO;
  const middle = edge / 2;
  const tip = isHot ? -half : half;
  pen.beginPath();
  pen.moveTo(middle, middle + tip * 0.95);
  pen.lineTo(middle + half, middle - tip * 0.75);
  pen.lineTo(middle - half, middle - tip * 0.75);
  pen.closePath();
  pen.lineJoin = 'round';
  pen.lineWidth = 3 * RATIO;
  pen.strokeStyle = 'rgba(255,255,255,0.95)';
  pen.stroke();
  const ink = isHot ? '#5d0a1a' : '#0d3460';
  pen.fillStyle = strength === 1 ? '#ffffff' : ink;
  pen.fill();
  pen.lineWidth = 1.2 * RATIO;
  pen.strokeStyle = ink;
  pen.stroke();
  return pen.getImageData(0, 0, edge, edge);
}

export function addImages(map) {
  const images = {
    'arsir-kelabu': hatch({ size: 7, width: 1.5, line: '#a3aaad', ground: '#e6e8e8' }),
    'arsir-tepi': hatch({ size: 7, width: 0.8, line: 'rgba(40,50,58,0.34)' }),
  };
  for (const strength of [1, 2, 3]) {
    images[`panas-${strength}`] = arrow(true, strength);
    images[`dingin-${strength}`] = arrow(false, strength);
  }
  for (const [name, image] of Object.entries(images)) {
    map.addImage(name, image, { pixelRatio: RATIO });
  }
}
