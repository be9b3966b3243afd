import sodium from 'libsodium-wrappers-sumo';

// libsodium's WebAssembly is compiled in the background; nothing of crypto/ may be called before this resolves.
export async function sodiumReady(): Promise<void> {
  await sodium.ready;
}

export { sodium };
