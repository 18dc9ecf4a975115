import { readFile } from 'node:fs/promises'

/** The process of the embedded database that a program has started. */
export async function embeddedOf(parent: number): Promise<number> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')
  for (const pid of children.trim().split(' ').map(Number)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    if (command.includes('embedded-process')) return pid
  }
  throw new Error('no embedded database runs')
}
