import { createTransport } from 'nodemailer'
import type { Env } from '../env.ts'
import { SendFailure } from './outside.ts'

const timeoutMs = 15_000

export interface Mail {
  to: string
  subject: string
  text: string
  /** The same whenever the same message is sent again: it becomes the Message-ID. */
  token: string
}

export interface Mailer {
  /** @throws SendFailure */
  send(mail: Mail): Promise<void>
}

/** Mail by the SMTP server that the settings name; null where there is none. */
export function createMailer(
  env: Pick<Env, 'ONEMAP_SMTP_URL' | 'ONEMAP_MAIL_FROM'>,
): Mailer | null {
  const { ONEMAP_SMTP_URL: url, ONEMAP_MAIL_FROM: from } = env
  if (url === undefined || from === undefined) return null
  const domain = /@([^\s>@]+)>?\s*$/.exec(from)?.[1] ?? 'onemap'
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // Addresses and texts are data: they must not name files or pages to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async ({ to, subject, text, token }) => {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          textEncoding: 'base64',
          messageId: `<${token}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
      } catch (error) {
        throw worded(error as SmtpError)
      }
    },
  }
}

type SmtpError = Error & { code?: string; responseCode?: number }

/** What the server says of an address for good (5xx) will not change by asking again. */
function worded({ code, responseCode, name }: SmtpError): SendFailure {
  const final = code === 'EENVELOPE' && (responseCode ?? 0) >= 500
  const said = responseCode === undefined ? '' : `，服务器回答 ${responseCode}`
  return new SendFailure(`邮件没有发出（${code ?? name}${said}）`, { final })
}
