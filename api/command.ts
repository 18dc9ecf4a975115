import { ApiFailure } from './http/failure.ts'

interface Command {
  usage: string
  /** Without arguments there is nothing that it could do: it tells how it is used, and ends with 1. */
  needsArguments: boolean
  /** @returns the status that the process ends with. */
  run: (args: string[]) => Promise<number>
}

/** Runs one of the commands of package.json: what goes wrong is one line on stderr and status 1. */
export async function runCommand({ usage, needsArguments, run }: Command): Promise<void> {
  const args = process.argv.slice(2)
  const isLost = needsArguments && args.length === 0
  if (isLost || args.includes('--help') || args.includes('-h')) {
    console.log(usage)
    process.exitCode = isLost ? 1 : 0
    return
  }
  try {
    process.exitCode = await run(args)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    console.error(`✗ ${error instanceof ApiFailure ? `${error.code}: ` : ''}${message}`)
    process.exitCode = 1
  }
}
