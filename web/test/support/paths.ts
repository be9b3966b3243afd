import { join } from 'node:path';

// Tests run with web/ as working directory.
export const webRoot = process.cwd();
export const vectors = join(webRoot, '..', 'tests', 'vectors');
