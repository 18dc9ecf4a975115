/*
 * kill -9 of the API and of the database in the middle of writes, round after round. Writers go on all
 * the while: each sends its next write until it is acknowledged, the same again under the same key when
 * no answer came. In the end everything acknowledged is stored, and everything once.
 */
import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import type { FaultStage, Victim } from './fault-stage.ts'

const writers = 4
/** A round ends after at least this many acknowledged writes, and up to as many more. */
const fewest = 3
const more = 12
const months = ['2023-03-01', '2023-04-01', '2023-05-01']
const patienceMs = 120_000
const reason = '故障测试'

type Noun = 'project' | 'report' | 'milestone' | 'issue' | 'dispatch'
interface Acknowledged {
  noun: Noun
  key: string
  round: number
}

export interface FaultReport {
  rounds: number
  killed: Record<Victim, number>
  acknowledged: Record<Noun, number>
  /** Writes that had to be sent again: their answer was lost, or nobody was there. */
  repeated: number
  /** Sentences; empty when nothing is wrong. */
  faults: string[]
}

/** Plays the rounds; `random` (0 to 1) decides who is killed and when. */
export async function faultRounds(
  stage: FaultStage,
  rounds: number,
  random: () => number,
): Promise<FaultReport> {
  const play = new Play(stage)
  const working = Array.from({ length: writers }, (_, writer) => play.write(writer))
  const killed = { api: 0, database: 0 }
  try {
    for (play.round = 1; play.round <= rounds; play.round++) {
      await play.acknowledge(fewest + Math.floor(random() * more))
      const victim: Victim = random() < 0.5 ? 'api' : 'database'
      killed[victim]++
      await stage.kill(victim)
      await play.checkClock()
    }
    await play.acknowledge(writers)
  } finally {
    play.over = true
  }
  await Promise.all(working)
  const db = await stage.look()
  try {
    play.faults.push(...(await findFaults(db, play.acknowledged)))
  } finally {
    await db.close()
  }
  const acknowledged = { project: 0, report: 0, milestone: 0, issue: 0, dispatch: 0 }
  for (const { noun } of play.acknowledged) acknowledged[noun]++
  return { rounds, killed, acknowledged, repeated: play.repeated, faults: play.faults }
}

interface Write {
  noun: Noun
  key: string
  method?: 'PUT'
  path: string
  body: object
}

class Play {
  round = 0
  over = false
  repeated = 0
  readonly acknowledged: Acknowledged[] = []
  readonly faults: string[] = []
  readonly #stage: FaultStage
  #told = () => {}
  #clock = ''

  constructor(stage: FaultStage) {
    this.#stage = stage
  }

  /** Resolves when so many more writes are acknowledged. */
  async acknowledge(count: number): Promise<void> {
    const enough = this.acknowledged.length + count
    const late = AbortSignal.timeout(patienceMs)
    await new Promise<void>((resolve, reject) => {
      late.onabort = () => reject(new Error(`round ${this.round}: no write gets through`))
      this.#told = () => {
        if (this.faults.length > 0) reject(new Error(this.faults.join('\n')))
        if (this.acknowledged.length >= enough) resolve()
      }
      this.#told()
    })
  }

  /** The clock of a server that has come back goes on where the one before it stood. */
  async checkClock(): Promise<void> {
    const city = await this.#get('/city')
    const { now } = (city as { clock: { now: string } }).clock
    if (now < this.#clock) this.faults.push(`round ${this.round}: ${now} after ${this.#clock}`)
    this.#clock = now
  }

  /** One writer: projects with all that is said of them, until it is over. */
  async write(writer: number): Promise<void> {
    for (let nth = 1; !this.over; nth++) {
      const code = `F${writer}-${nth}`
      const projectId = await this.#project(code)
      for (const write of writesOf(projectId, code)) {
        if (this.over) return
        await this.#send(write)
      }
    }
  }

  async #project(code: string): Promise<number> {
    const body = { code, name: `故障测试 ${code}`, unitId: 1, category: 'industry', reason }
    const made = await this.#send({ noun: 'project', key: code, path: '/project', body })
    if (made !== null) return (made as { id: number }).id
    const { rows } = (await this.#get(`/project?text=${code}`)) as {
      rows: { id: number; code: string }[]
    }
    const id = rows.find((row) => row.code === code)?.id
    if (id === undefined) throw new Error(`${code} is said to exist and is not found`)
    return id
  }

  /** The answer of the write, once it is acknowledged; null when it had been stored before. */
  async #send({ noun, key, path, body, method }: Write): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#ask(path, { method: method ?? 'POST', body: JSON.stringify(body) })
      const isStored = attempt > 1 && answer?.status === 409 && noun === 'project'
      if (answer?.ok || isStored) {
        this.acknowledged.push({ noun, key, round: this.round })
        this.#told()
        return answer?.ok ? answer.json() : null
      }
      if (answer && answer.status < 500) {
        this.faults.push(`${noun} ${key}: ${answer.status} ${await answer.text()}`)
        this.#told()
        throw new Error(this.faults.at(-1))
      }
      this.repeated++
    }
  }

  async #get(path: string): Promise<unknown> {
    for (;;) {
      const answer = await this.#ask(path, {})
      if (answer?.ok) return answer.json()
    }
  }

  /** Null when no answer came. */
  async #ask(path: string, init: RequestInit): Promise<Response | null> {
    try {
      const site = await this.#stage.site()
      const headers = { cookie: this.#stage.cookie, 'content-type': 'application/json' }
      const response = await fetch(`${site}/api${path}`, { ...init, headers })
      // Read here: a server that ends in the middle of its answer has not acknowledged.
      const text = await response.text()
      return new Response(text, { status: response.status })
    } catch {
      return null
    }
  }
}

function* writesOf(projectId: number, code: string): Generator<Write> {
  for (const month of months) {
    const key = randomUUID()
    const body = { key, projectId, month, percent: 10, progressText: code }
    yield { noun: 'report', key, path: '/report', body }
  }
  yield {
    noun: 'milestone',
    key: String(projectId),
    method: 'PUT',
    path: '/milestone',
    body: { projectId, kind: 'finish', forecastDate: '2024-03-31', reason },
  }
  const issue = randomUUID()
  const raised = { key: issue, projectId, title: `${code} 用地指标`, channel: 'inspection' }
  yield { noun: 'issue', key: issue, path: '/issue', body: raised }
  const dispatch = randomUUID()
  const order = {
    title: `推进 ${code}`,
    demand: '倒排工期',
    origin: 'selection',
    dueOn: '2023-06-30',
  }
  const tasks = [{ owner: { kind: 'unit', id: 1 }, projectIds: [projectId] }]
  yield {
    noun: 'dispatch',
    key: dispatch,
    path: '/dispatch',
    body: { key: dispatch, ...order, tasks },
  }
}

const stored: Record<Noun, string> = {
  project: 'select code as key from project',
  report: 'select key::text from report',
  milestone: "select project_id::text as key from milestone where kind = 'finish'",
  issue: 'select key::text from issue',
  dispatch: 'select key::text from dispatch',
}

/** What is acknowledged and not stored, stored twice, or at odds with its own past. */
async function findFaults(db: Database, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const faults: string[] = []
  for (const [noun, query] of Object.entries(stored)) {
    const counts = new Map<string, number>()
    for (const { key } of await db.sql.unsafe<{ key: string }[]>(query)) {
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    for (const [key, count] of counts)
      if (count > 1) faults.push(`${noun} ${key} is there ${count} times`)
    for (const one of acknowledged) {
      if (one.noun === noun && !counts.has(one.key))
        faults.push(`round ${one.round}: ${noun} ${one.key} was acknowledged and is lost`)
    }
    const [history] = await db.sql.unsafe<{ wrong: number }[]>(`
      select count(*)::integer as wrong from ${noun} t
       where 1 <> (select count(*) from ${noun}_history h where h.id = t.id and upper_inf(h.during))`)
    if (history?.wrong)
      faults.push(`${history.wrong} of ${noun} have not exactly one present version`)
  }
  // Each order tells the manager of its unit, in its own transaction.
  const [told] = await db.sql<{ wrong: number }[]>`
    select count(*)::integer as wrong from dispatch_task t
     where 1 <> (select count(*) from notice n
                  where n.kind = 'dispatch_received' and n.noun = 'dispatch_task' and n.row_id = t.id)`
  if (told?.wrong) faults.push(`${told.wrong} orders have told their owner not at all, or twice`)
  await db.sql`select publish_change()`
  const [feed] = await db.sql<{ gaps: number }[]>`
    select (max(seq) - count(*))::integer as gaps from change`
  if (feed?.gaps) faults.push(`${feed.gaps} numbers are missing in the order of changes`)
  return faults
}
