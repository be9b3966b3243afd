// Every page, and the head that all of them have. To add one: a line here, src/pages/<name>.ts, a route in http/routes.cpp.

// `worker`: src/pages/<name>-worker.ts is bundled too, its address told as <NAME>_WORKER_URL. `root`: classes of <html>.
export const pages = {
  portal: { title: 'Portal' },
  vote: { title: 'Surat suara', root: 'ballot', worker: true },
  check: { title: 'Surat suara yang dibuka', worker: true },
  trustee: { title: 'Wali kunci', worker: true },
  committee: { title: 'Panitia' },
  supervisor: { title: 'Pengawas', worker: true },
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
