import * as argon2 from '@node-rs/argon2'

/** argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet): about 20 ms of one core. */
const cost = { algorithm: 2 as argon2.Algorithm, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Of a password that nobody has, at the same cost: verified where there is none to verify. */
const decoy = argon2.hash(crypto.randomUUID(), cost)

/** The one place that hashes and verifies passwords; an object, so that tests count its calls. */
export const passwordHash = {
  make: (password: string): Promise<string> => argon2.hash(password.normalize('NFC'), cost),
  /** Takes the same time with a hash and without: who waits learns nothing of whether there is one. */
  async verify(stored: string | null, password: string): Promise<boolean> {
    const isRight = await argon2.verify(stored ?? (await decoy), password.normalize('NFC'))
    return isRight && stored !== null
  },
}
