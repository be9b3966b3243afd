import { h, type Child } from '../base/dom.ts';
import { t } from '../base/i18n.ts';
import { button, copyButton, notice, saveFile } from '../base/parts.ts';
import { qrCode } from '../base/qr.ts';
import type { RevealedBallot } from './vote-protocol.ts';
import { trackerText } from './vote-receipt.ts';

// A challenged ballot, opened: what a second device needs to show what it held.

// A phone still reads a code of this many characters off a screen; a ballot of more than some 18 choices has more.
const qrCharacters = 900;

function secondDevice(link: string, kiosk: boolean): Child {
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, t('challenge.scan')),
    h('p', { class: 'mute' }, t('challenge.scanHelp')),
    qrCode(link, t('challenge.qr'), 'opening-qr', 'L'),
    !kiosk && h('div', { class: 'row-actions mt-3' }, copyButton(link, 'copy-opening', t('challenge.copyLink'))),
  );
}

function fileToSave(tracker: string, file: string): Child {
  const name = `suara-dibuka-${tracker.slice(0, 8).replace(/[+/]/g, '-')}.json`;
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, t('challenge.file')),
    h('p', { class: 'mute' }, t('challenge.fileHelp', { page: `${location.host}/check` })),
    button(t('challenge.save'), 'secondary', 'save-opening', () => saveFile(name, file, 'application/json')),
  );
}

export function challengedScreen(
  tracker: string,
  { file, path }: RevealedBallot,
  kiosk: boolean,
  again: () => void,
): Child[] {
  const link = location.origin + path;
  const small = link.length <= qrCharacters;
  return [
    h('h1', { testid: 'challenged' }, t('challenge.done')),
    notice('warn', h('p', {}, t('challenge.notCounted'))),
    h('p', {}, t('challenge.compare')),
    small && secondDevice(link, kiosk),
    // What one voter saves or copies on a shared device is there for the next, so only where there is no other way.
    (!kiosk || !small) && fileToSave(tracker, file),
    h('section', { class: 'panel' }, h('h2', {}, t('challenge.tracker')), trackerText(tracker, 'ballot-tracker')),
    h('div', { class: 'main-action' }, button(t('challenge.again'), 'primary', 'vote-again', again)),
    h('p', { class: 'mute small-text mt-3' }, t('challenge.fresh')),
  ];
}
