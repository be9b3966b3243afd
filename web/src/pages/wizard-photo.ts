// A candidate's picture, shrunk in the browser to what the service takes; cut to nothing, only made smaller.

const widest = 600;
const highest = 800;
const mostBytes = 400 * 1024;
const qualities = [0.85, 0.7, 0.55, 0.4];

export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, widest / width, highest / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

// As data, since the service's policy lets a page show no object URL.
function dataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error('not readable'));
    reader.readAsDataURL(file);
  });
}

function loadImage(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('not a picture'));
    image.src = url;
  });
}

const jpeg = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));

// The picture as a JPEG small enough, or null where the file is no picture that this browser reads.
export async function shrunkPhoto(file: Blob): Promise<Blob | null> {
  try {
    const image = await loadImage(await dataUrl(file));
    const { width, height } = fitted(image.naturalWidth, image.naturalHeight);
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    if (!context) return null;
    // A transparent picture stands on white, as on the page.
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
    context.drawImage(image, 0, 0, width, height);
    for (const quality of qualities) {
      const made = await jpeg(canvas, quality);
      if (made && made.size <= mostBytes) return made;
    }
    return null;
  } catch {
    return null;
  }
}
