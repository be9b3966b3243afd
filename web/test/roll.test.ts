import { strToU8, zipSync } from 'fflate';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { guess, guessPlace, placeValues, prepare, readSheet } from '../src/pages/roll-columns.ts';
import { readTable } from '../src/pages/roll-file.ts';
import { cellText, decodeText, readCsv, writeCsv } from '../src/pages/roll-table.ts';
import { changed } from '../src/pages/roll-voter.ts';

const places = [
  { id: 'tps-1', name: 'TPS 1 (kelas X), Aula' },
  { id: 'tps-2', name: 'Perpustakaan' },
];
const sheetOf = (text: string) => readSheet(readCsv(text), (n) => `Kolom ${n}`);
const school = 'DAFTAR SISWA\n\nNo;NISN;Nama Lengkap;Rombel\n1;0084;Bayu;X-A\n2;0085;"Dewi; adik";X-B\n';

describe('a table', () => {
  test('is read with any of the usual delimiters, quotes and line ends', () => {
    assert.deepEqual(readCsv('a,b\r\n"c ""d""","e\nf"\r\n'), [
      ['a', 'b'],
      ['c "d"', 'e\nf'],
    ]);
    assert.deepEqual(readCsv('a\tb\n1\t2'), [
      ['a', 'b'],
      ['1', '2'],
    ]);
    assert.deepEqual(readCsv('a;"b,c";d\n\n1;2;3\n'), [
      ['a', 'b,c', 'd'],
      ['1', '2', '3'],
    ]);
    assert.deepEqual(readCsv(''), []);
  });

  test('is written so that it reads the same', () => {
    const table = [
      ['id', 'name'],
      ['1', 'Budi, S.Pd.'],
      ['2', 'Ni "Luh"'],
    ];
    assert.deepEqual(readCsv(writeCsv(table)), table);
  });

  test('is text whatever wrote it', () => {
    assert.equal(decodeText(new Uint8Array([0xef, 0xbb, 0xbf, 0x61])), 'a');
    assert.equal(decodeText(new Uint8Array([0x61, 0xe9])), 'aé');
    assert.equal(decodeText(new Uint8Array([0xff, 0xfe, 0x61, 0x00])), 'a');
    assert.equal(cellText(84472642), '84472642');
    assert.equal(cellText(new Date('2026-11-25T00:00:00Z')), '2026-11-25');
    assert.equal(cellText('  Bayu   Setiawan '), 'Bayu Setiawan');
    assert.equal(cellText(null), '');
  });
});

describe('columns', () => {
  test('are known by their names, below whatever title', () => {
    const sheet = sheetOf(school);
    assert.deepEqual(sheet.headings, ['No', 'NISN', 'Nama Lengkap', 'Rombel']);
    assert.equal(sheet.rows.length, 2);
    assert.deepEqual(guess(sheet), { id: 1, name: 2, class: 3, place: 3, weight: null, delivery: null });
  });

  test('are left to be chosen where no row names them', () => {
    const sheet = sheetOf('0084;Bayu;X-A\n0085;Dewi;X-B\n');
    assert.ok(!sheet.named);
    assert.equal(sheet.rows.length, 2);
    assert.deepEqual(sheet.headings, ['Kolom 1', 'Kolom 2', 'Kolom 3']);
    assert.ok(Object.values(guess(sheet)).every((column) => column === null));
  });

  test('tell places by code, name or number', () => {
    assert.equal(guessPlace('TPS-1', places), 'tps-1');
    assert.equal(guessPlace('perpustakaan', places), 'tps-2');
    assert.equal(guessPlace('TPS 02', places), 'tps-2');
    assert.equal(guessPlace('1', places), 'tps-1');
    assert.equal(guessPlace('X-A', places), null);
  });
});

describe('a prepared roll', () => {
  const placeOf = new Map([
    ['X-A', 'tps-1'],
    ['X-B', 'tps-2'],
  ]);

  test('is what the service takes', () => {
    const sheet = sheetOf(school);
    const mapping = guess(sheet);
    assert.deepEqual(
      [...placeValues(sheet, mapping)],
      [
        ['X-A', 1],
        ['X-B', 1],
      ],
    );
    const { table, faults, byPlace } = prepare(sheet, mapping, placeOf);
    assert.deepEqual(faults, []);
    assert.deepEqual(table, [
      ['id', 'name', 'class', 'place'],
      ['0084', 'Bayu', 'X-A', 'tps-1'],
      ['0085', 'Dewi; adik', 'X-B', 'tps-2'],
    ]);
    assert.deepEqual(
      [...byPlace],
      [
        ['tps-1', 1],
        ['tps-2', 1],
      ],
    );
  });

  test('takes weights and ways of giving the code in the reader’s words', () => {
    const sheet = sheetOf('id,nama,kelas,tps,bobot,penyerahan\n1,A,X,tps-1,,TPS\n2,B,X,tps-1,3,\n');
    const { table, faults } = prepare(sheet, guess(sheet), new Map([['tps-1', 'tps-1']]));
    assert.deepEqual(faults, []);
    assert.deepEqual(table.slice(1), [
      ['1', 'A', 'X', 'tps-1', '1', 'place'],
      ['2', 'B', 'X', 'tps-1', '3', 'post'],
    ]);
  });

  test('says what is wrong and in which row', () => {
    const sheet = sheetOf('id,nama,kelas,tps,bobot,penyerahan\n1,A,X,tps-1,0,kurir\n1,=B,X,tps-9,2,\n,,,tps-1,,\n');
    const { faults } = prepare(sheet, guess(sheet), new Map([['tps-1', 'tps-1']]));
    assert.deepEqual(
      faults.map(({ row, kind }) => `${row} ${kind}`),
      ['1 badWeight', '1 badDelivery', '2 sameId', '2 noPlace', '2 formula', '3 noId', '3 noName', '3 noClass'],
    );
  });
});

describe('a corrected voter', () => {
  test('is sent as what differs', () => {
    const voter = { id: '0084', name: 'Bayu', class: 'X-A', place: 'tps-1' };
    const given = { ...voter, delivery: 'post', weight: 1 };
    assert.deepEqual(changed(voter, given), { id: '0084' });
    assert.deepEqual(changed(voter, { ...given, place: 'tps-2' }), { id: '0084', place: 'tps-2' });
    assert.deepEqual(changed({ ...voter, weight: 2 }, given), { id: '0084', weight: 1 });
  });
});

// A workbook as spreadsheets write it, with as many voters.
function workbook(voters: number): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const rels = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const row = (n: number, cells: string) => `<row r="${n}">${cells}</row>`;
  const heading = row(1, text('A1', 'NISN') + text('B1', 'Nama') + text('C1', 'Kelas'));
  const body = Array.from({ length: voters }, (_, i) =>
    row(
      i + 2,
      `<c r="A${i + 2}"><v>${84472642 + i}</v></c>${text(`B${i + 2}`, `Siswa ${i}`)}${text(`C${i + 2}`, 'X-A')}`,
    ),
  );
  const files = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="${rels}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Siswa" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${rels}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${heading}${body.join('')}</sheetData></worksheet>`,
  };
  const parts = Object.entries(files).map(([name, xml]) => [name, strToU8(`<?xml version="1.0"?>${xml}`)]);
  return zipSync(Object.fromEntries(parts) as Record<string, Uint8Array>);
}

describe('a list’s file', () => {
  test('is read whether spreadsheet or text', async () => {
    const table = await readTable(workbook(2));
    assert.deepEqual(table, [
      ['NISN', 'Nama', 'Kelas'],
      ['84472642', 'Siswa 0', 'X-A'],
      ['84472643', 'Siswa 1', 'X-A'],
    ]);
    assert.deepEqual(await readTable(new TextEncoder().encode('a;b\n1;2\n')), [
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  test('is read when it is large, without a worker of the library’s own', async () => {
    assert.equal((await readTable(workbook(6000))).length, 6001);
  });

  test('that is no table is refused', async () => {
    await assert.rejects(readTable(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])));
  });
});
