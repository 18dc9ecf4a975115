import { onError } from 'api/http/error'
import { answerWithin, limitUnderWay } from 'api/http/load'
import { Turns } from 'api/http/turns'
import { Hono } from 'hono'
import { pino } from 'pino'
import { expect, test } from 'vitest'

const log = pino({ level: 'silent' })

/** Work that ends when it is told to. */
function job() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { end, ended }
}

test('work takes turns in the order of asking, and beyond the queue is refused', async () => {
  const turns = new Turns(2, 2, 60_000)
  const jobs = [job(), job(), job(), job()]
  const begun: number[] = []
  const taken = jobs.map((one, at) =>
    turns.take(async () => {
      begun.push(at)
      await one.ended
      return at
    }),
  )
  await expect(turns.take(async () => 5)).rejects.toMatchObject({
    status: 503,
    code: 'SERVER_BUSY',
  })
  expect(begun).toEqual([0, 1])
  jobs[1]?.end()
  await taken[1]
  expect(begun).toEqual([0, 1, 2])
  for (const one of jobs) one.end()
  expect(await Promise.all(taken)).toEqual([0, 1, 2, 3])
  expect(await turns.take(async () => 'free')).toBe('free')
})

test('a turn is passed on by work that fails, and given up by one that waited too long', async () => {
  const turns = new Turns(1, 5, 1)
  const failing = job()
  const failed = turns.take(async () => {
    await failing.ended
    throw new Error('broken')
  })
  await expect(turns.take(async () => 'late')).rejects.toMatchObject({ code: 'SERVER_BUSY' })
  failing.end()
  await expect(failed).rejects.toThrow('broken')
  expect(await turns.take(async () => 'next')).toBe('next')
})

test('who leaves while waiting gives up the place at once', async () => {
  const turns = new Turns(1, 1, 60_000)
  const running = job()
  const first = turns.take(() => running.ended)
  const leaving = new AbortController()
  const left = turns.take(async () => 'never', leaving.signal)
  await expect(turns.take(async () => 'full')).rejects.toMatchObject({ code: 'SERVER_BUSY' })
  leaving.abort()
  await expect(left).rejects.toMatchObject({ code: 'SERVER_BUSY' })
  const next = turns.take(async () => 'next', new AbortController().signal)
  running.end()
  await first
  expect(await next).toBe('next')
})

test('requests beyond the limit and answers that never come are 503 with Retry-After', async () => {
  const waiting = job()
  const app = new Hono()
    .onError(onError(log))
    .get('/silent', answerWithin(1), () => new Promise<Response>(() => {}))
    .get('/slow', limitUnderWay(2), async (c) => {
      await waiting.ended
      return c.text('done')
    })
  const silent = await app.request('/silent')
  expect([silent.status, silent.headers.get('retry-after')]).toEqual([503, '2'])
  expect(await silent.json()).toMatchObject({ error: { code: 'DATABASE_SLOW' } })
  const under = [app.request('/slow'), app.request('/slow')]
  const over = await app.request('/slow')
  expect([over.status, over.headers.get('retry-after')]).toEqual([503, '2'])
  expect(await over.json()).toMatchObject({ error: { code: 'SERVER_BUSY' } })
  waiting.end()
  for (const answer of await Promise.all(under)) expect(await answer.text()).toBe('done')
  expect((await app.request('/slow')).status).toBe(200)
})
