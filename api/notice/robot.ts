/** Messages in the form of 企业微信群机器人 (markdown), and the judgement of its answers. */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { post, SendFailure } from './outside.ts'

/** 企业微信 takes this many bytes of UTF-8 in one message. */
const mostBytes = 4096
/** 企业微信: asked more often than 20 times a minute. */
const tooOften = 45009
const Answer = z.object({ errcode: z.number(), errmsg: z.string().optional() })

export interface Robot {
  url: string
  secret: string
}

export interface RobotMessage {
  title: string
  text: string
  /** Full address of the page, or null where the installation has not said where it is reached. */
  link: string | null
}

export interface Sending {
  /** The same whenever the same message is sent again. */
  token: string
  now: Date
  /** ONEMAP_WEBHOOK_HOSTS. */
  hosts: readonly string[]
  timeoutMs: number
}

/**
 * Tells a robot something. Receivers that check it find `x-onemap-signature`: HMAC-SHA256 in hex, by
 * the robot's secret, over `<x-onemap-timestamp>.<body>`; `idempotency-key` is the
 * token.
 * @throws SendFailure for anything but an answer in 2xx with errcode 0 or without one.
 */
export async function tellRobot(
  robot: Robot,
  message: RobotMessage,
  { token, now, hosts, timeoutMs }: Sending,
): Promise<void> {
  const body = JSON.stringify({
    msgtype: 'markdown',
    markdown: { content: contentOf(message) },
  })
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'idempotency-key': token,
    'x-onemap-timestamp': timestamp,
    'x-onemap-signature': createHmac('sha256', robot.secret)
      .update(`${timestamp}.${body}`)
      .digest('hex'),
  }
  const answer = await post({ url: robot.url, body, headers, hosts, timeoutMs })
  judge(answer, robot)
}

function judge({ status, text }: { status: number; text: string }, robot: Robot): void {
  if (status === 429) throw new SendFailure('对方要求稍后再发（HTTP 429）', { quiet: true })
  if (status < 200 || status > 299) throw new SendFailure(`对方回答 HTTP ${status}`)
  const answer = Answer.safeParse(parsed(text))
  if (!answer.success || answer.data.errcode === 0) return
  const { errcode, errmsg } = answer.data
  const words = [robot.url, robot.secret, new URL(robot.url).searchParams.get('key')]
    .filter((secret) => secret !== null && secret !== '')
    .reduce<string>((said, secret) => said.replaceAll(String(secret), '…'), errmsg ?? '')
  throw new SendFailure(`对方回答 errcode ${errcode}：${words.slice(0, 200)}`, {
    quiet: errcode === tooOften,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function contentOf({ title, text, link }: RobotMessage): string {
  const ends = link === null ? '' : `\n[查看](${encodeURI(link)})`
  const head = `**${plain(title)}**`
  const room = mostBytes - Buffer.byteLength(`${head}\n>${ends}`) - 3
  const lines = cut(plain(text), room)
  return lines === '' ? head + ends : `${head}\n>${lines.replaceAll('\n', '\n>')}${ends}`
}

/** What people have written is no markdown: no links, fonts or calls of names from it. */
function plain(text: string): string {
  const marks: Record<string, string> = {
    '[': '［',
    ']': '］',
    '<': '＜',
    '>': '＞',
    '*': '＊',
    '`': '＇',
    '#': '＃',
  }
  return text.replace(/[[\]<>*`#]/g, (mark) => marks[mark] ?? mark).trim()
}

/** Line breaks grow by a sign each, so they count double. */
function cut(text: string, bytes: number): string {
  const size = (part: string) => Buffer.byteLength(part) + part.split('\n').length - 1
  if (size(text) <= bytes) return text
  const signs = [...text]
  let kept = 0
  for (let used = 0; kept < signs.length; kept++) {
    used += size(signs[kept] ?? '')
    if (used > bytes) break
  }
  return `${signs.slice(0, kept).join('')}…`
}
