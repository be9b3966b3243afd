import type { Kept } from '../audit/kept.ts';

// Where the last audit of each election stood, so that the next one costs only what is new: in this worker while the
// page is open, in the browser's database across visits. What another version of the page wrote is not used. Where
// there is no database (private windows of some browsers), an audit begins anew.

const store = 'kept';
const version = self.location.pathname; // the build names the worker by its content
const maxElections = 8;
const saveMs = 60_000; // between two writes of one election: who watches it live would write all of it every few seconds

interface Stored {
  version: string;
  savedAt: number; // ms since 1970
  kept: Kept;
}

const inMemory = new Map<string, Kept>(); // by election
const savedAt = new Map<string, number>(); // by election

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('suara.audits', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(store);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error('the database is in use'));
  });
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inDatabase<T>(mode: IDBTransactionMode, work: (kept: IDBObjectStore) => Promise<T>): Promise<T> {
  const database = await open();
  try {
    return await work(database.transaction(store, mode).objectStore(store));
  } finally {
    database.close();
  }
}

// Takes it out of the memory: whoever goes on from it changes it.
export async function takeKept(uuid: string): Promise<Kept | null> {
  const held = inMemory.get(uuid);
  inMemory.delete(uuid);
  if (held) return held;
  try {
    const stored = await inDatabase('readonly', (kept) => answer<Stored | undefined>(kept.get(uuid)));
    return stored?.version === version ? stored.kept : null;
  } catch {
    return null;
  }
}

export async function keep(uuid: string, kept: Kept): Promise<void> {
  inMemory.set(uuid, kept);
  const now = Date.now();
  if (now - (savedAt.get(uuid) ?? -saveMs) < saveMs) return;
  savedAt.set(uuid, now);
  const entry: Stored = { version, savedAt: now, kept };
  try {
    await inDatabase('readwrite', async (all) => {
      await answer(all.put(entry, uuid));
      await dropOld(all);
    });
  } catch {
    // No room or no database: the next visit begins anew.
  }
}

async function dropOld(all: IDBObjectStore): Promise<void> {
  const names = await answer(all.getAllKeys());
  if (names.length <= maxElections) return;
  const times: { name: IDBValidKey; savedAt: number }[] = [];
  for (const name of names) times.push({ name, savedAt: (await answer<Stored>(all.get(name))).savedAt });
  times.sort((a, b) => b.savedAt - a.savedAt);
  for (const { name } of times.slice(maxElections)) await answer(all.delete(name));
}
