import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export interface MailServer {
  /** As ONEMAP_SMTP_URL wants it. */
  url: string
  /** What was taken, as it came over the line: heads and body. */
  mails: string[]
  /** Set: every recipient is refused with this answer. */
  refuse: { code: number; say: string } | null
  close(): Promise<void>
}

/** A real SMTP server on a free port of this machine that keeps what it is sent. */
export async function openMailServer(): Promise<MailServer> {
  const mails: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      const { refuse } = kept
      done(refuse && Object.assign(new Error(refuse.say), { responseCode: refuse.code }))
    },
    onData: (stream, _session, done) => {
      text(stream).then((mail) => {
        mails.push(mail)
        done()
      }, done)
    },
  })
  // Clients that are killed end their lines in the middle.
  server.on('error', () => {})
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  const kept: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse: null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return kept
}

/** One head of a mail, unfolded. */
export function headOf(mail: string, name: string): string | undefined {
  const heads = mail.split('\r\n\r\n')[0]?.replace(/\r\n[ \t]+/g, ' ') ?? ''
  return new RegExp(`^${name}: (.*)$`, 'im').exec(heads)?.[1]
}

/** The text of a mail of one part. */
export function textOf(mail: string): string {
  const body = mail.slice(mail.indexOf('\r\n\r\n') + 4)
  return headOf(mail, 'Content-Transfer-Encoding') === 'base64'
    ? Buffer.from(body, 'base64').toString()
    : body
}
