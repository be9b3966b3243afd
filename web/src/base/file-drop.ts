import { h } from './dom.ts';

// A file chosen or dropped; it is read here and sent nowhere.

interface FileDrop {
  id: string;
  testid: string;
  accept: string;
  label: string;
  help: string;
  taken: (file: File) => void;
}

export function fileDrop({ id, testid, accept, label, help, taken }: FileDrop): HTMLElement {
  const input = h('input', {
    type: 'file',
    id,
    testid,
    class: 'form-control',
    accept,
    'aria-describedby': `${id}-help`,
    on: { change: () => input.files?.[0] && taken(input.files[0]) },
  });
  const zone = h(
    'div',
    { class: 'drop' },
    h('label', { class: 'form-label', for: id }, label),
    input,
    h('p', { class: 'form-text mb-0', id: `${id}-help` }, help),
  );
  zone.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('is-over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('is-over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('is-over');
    const file = event.dataTransfer?.files[0];
    if (file) taken(file);
  });
  return zone;
}
