/** What must always hold, whatever a night brings. The oracle knows the truth, and no code of src. */
import type { Night } from '../play.ts'
import { checkForm } from './entries.ts'
import { checkRequests } from './requests.ts'
import { checkVerdicts } from './verdicts.ts'

/** Milliseconds: later than the deadline, or than a signal, nothing may be. */
const late = 2_000
/** Milliseconds that cancellations may take, without a signal and with one. */
const lastMoments = { usual: 62_000, stopped: 10_000 }

/** What is wrong, each once; nothing of a good night. */
export function judge(night: Night, outputNames: string[]): string[] {
  const wrongs: string[] = []
  const say = (wrong: string) => {
    if (wrongs.length < 20 && !wrongs.includes(wrong)) wrongs.push(wrong)
  }
  if (night.crash !== undefined) say(`the run ended in: ${night.crash}`)
  for (const reason of night.unhandled) say(`nobody handled: ${reason}`)
  if (night.crash !== undefined) return wrongs
  if (night.trace.signalledAt === undefined) for (const what of night.left) say(`left behind: ${what}`)
  checkTimes(night, say)
  checkForm(night, outputNames, say)
  checkVerdicts(night, say)
  checkRequests(night, say)
  checkSecrets(night, say)
  return wrongs
}

function checkTimes({ plan, written, trace, endedAt }: Night, say: (wrong: string) => void): void {
  const { outputsAt } = written
  if (outputsAt === undefined) return
  const deadline = plan.policy.timeoutMinutes * 60_000
  if (outputsAt > deadline + late) say(`the outputs come ${outputsAt - deadline} ms after the deadline`)
  const { signalledAt } = trace
  if (signalledAt !== undefined && outputsAt > signalledAt + late)
    say(`the outputs come ${outputsAt - signalledAt} ms after the signal`)
  const end =
    // A signal that comes after the outputs changes nothing of them; cancellations go on as long as the process may.
    signalledAt === undefined || signalledAt > outputsAt
      ? outputsAt + lastMoments.usual
      : outputsAt + lastMoments.stopped
  if (endedAt > end) say(`the run ends ${endedAt - end} ms too late`)
  if (trace.exchanges.length > 0 && !trace.closed) say('connections are left open')
}

function checkSecrets({ written, world }: Night, say: (wrong: string) => void): void {
  const places = {
    outputs: Object.values(written.outputs).join('\n'),
    summary: written.summary,
    state: Object.values(written.state).join('\n'),
    log: written.log.map(({ text }) => text).join('\n'),
  }
  for (const [place, text] of Object.entries(places))
    for (const secret of world.secrets)
      if (text.includes(secret)) say(`the ${place} shows ${secret.slice(0, 12)}…`)
}
