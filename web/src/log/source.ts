// Where a log's files come from. A path is relative to the log: "checkpoint", "keys.json", "tile/0/000.p/12".
// `read` gives null for a file that is not there and throws where it could not be found out (no network).
export interface LogSource {
  read(path: string): Promise<Uint8Array | null>;
}

const maxFileSize = 256 * (2 + 65535) + 1024;

// Never from the browser's cache: what is judged is what the server gives now.
export function httpSource(base: string): LogSource {
  return {
    async read(path) {
      const response = await fetch(base + path, { cache: 'no-store' });
      if (response.status === 404) return null;
      if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length > maxFileSize) throw new Error(`${path}: larger than any file of a log`);
      return bytes;
    },
  };
}
