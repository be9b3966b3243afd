// Every page, and the head that all of them have. To add one: a line here, src/pages/<name>.ts, a route in http/routes.cpp.

// `worker`: src/pages/<name>-worker.ts is bundled too, its address told as <NAME>_WORKER_URL. `root`: classes of <html>.
export const pages = {
  portal: { title: 'Portal' },
  vote: { title: 'Surat suara', root: 'ballot', worker: true },
  check: { title: 'Surat suara yang dibuka', worker: true },
  receipt: { title: 'Bukti suara', worker: true },
  board: { title: 'Papan suara' },
  trustee: { title: 'Wali kunci', worker: true },
  setup: { title: 'Penyiapan' },
  account: { title: 'Akun' },
  committee: { title: 'Panitia', worker: true },
  supervisor: { title: 'Pengawas', worker: true },
  'verify-help': { title: 'Cara memeriksa' },
  print: { title: 'Cetak' },
  projector: { title: 'Layar', root: 'projector' },
  officer: { title: 'Petugas TPS' },
  kiosk: { title: 'Bilik suara', root: 'ballot' },
};

// The document of a page, before its script says more; the service's policy allows no script or style within.
export function pageHtml({ title, root }, style, script) {
  return `<!doctype html>
<html lang="id"${root ? ` class="${root}"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title} – Suara</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${style}">
<script type="module" src="${script}"></script>
</head>
<body>
<div id="app"></div>
<div id="announcer" class="visually-hidden" role="status" aria-live="polite"></div>
<noscript><p class="container py-4">Halaman ini memerlukan JavaScript. / This page needs JavaScript.</p></noscript>
</body>
</html>
`;
}

// What stands for the data in the template below; src/pages/copy-file.ts fills it.
export const placeOfData = '@portal-data@';

// The single-file copy of an election's portal: everything is within, and its own policy lets nothing be asked for.
// `hashes` are base64 SHA-256 of the style and of the script.
export function copyTemplate({ style, script, hashes }) {
  return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hashes.style}'; script-src 'sha256-${hashes.script}'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Suara</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript><p class="container py-4">Halaman ini memerlukan JavaScript. / This page needs JavaScript.</p></noscript>
<script type="application/json" id="portal-data">${placeOfData}</script>
<script>${script}</script>
</body>
</html>
`;
}
