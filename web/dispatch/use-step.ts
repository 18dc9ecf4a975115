import type { DispatchTask, StepInput } from 'api/dispatch/contract'
import { api, parseResponse } from '../shell/api.ts'
import type { Save } from '../shell/send.ts'
import { useWrite } from './use-write.ts'

type Step = Omit<StepInput, 'key' | 'seen'>

/** One step of a task, taken on the state that is shown. */
export function useStep(
  task: Pick<DispatchTask, 'id' | 'state'>,
  fields: readonly string[],
  onDone: () => void,
): Save<Step> {
  const send = (step: Step, key: string) =>
    parseResponse(
      api.dispatch.task[':id'].step.$post({
        param: { id: String(task.id) },
        json: { ...step, seen: task.state, key },
      }),
    )
  return useWrite(fields, send, onDone)
}
