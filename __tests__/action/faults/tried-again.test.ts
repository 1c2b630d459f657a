/** Reads that fail say nothing about the job: each is tried again, and logged in one line. */
import { expect } from 'vitest'
import type { Fault } from '../../../simulator/simulator.ts'
import { type LeapingSimulator, leaps } from './support/leaping-clock.ts'
import { begin, expectSound, faultsOf, follow, messages, pausesOf, requestsTo } from './support/run.ts'

const headers = { 'x-ms-request-id': 'req-1', 'x-ms-correlation-request-id': 'corr-2' }
const withIds = ' (request ID req-1, correlation ID corr-2)'
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const realIds = ` \\(request ID ${uuid}, correlation ID ${uuid}\\)`
const status = (code: number, more: object = {}) =>
  ({ kind: 'status', status: code, headers, ...more }) as Fault

interface Case {
  name: string
  fault: Fault
  /** What is logged of it, as text or as a regular expression. */
  logged: string | RegExp
  /** Seconds until the next attempt, at the least. */
  floor?: number
}

const cases: Case[] = [
  { name: '408', fault: status(408), logged: `408 RequestTimeout: The request timed out.${withIds}` },
  {
    name: '429 with Retry-After in seconds',
    fault: status(429, { retryAfterSeconds: 75 }),
    logged: `429 TooManyRequests: The request is being throttled as the limit has been reached.${withIds}`,
    floor: 75,
  },
  {
    name: '429 with Retry-After as a date',
    fault: status(429, { retryAfterSeconds: 90, retryAfterAsDate: true }),
    logged: `429 TooManyRequests: The request is being throttled as the limit has been reached.${withIds}`,
    floor: 89,
  },
  {
    name: '500',
    fault: status(500),
    logged: `500 CloudInternalError: Microsoft Azure Backup encountered an internal error.${withIds}`,
  },
  { name: '502 with HTML', fault: status(502), logged: `502${withIds}` },
  {
    name: '503',
    fault: status(503),
    logged: `503 ServerBusy: The server is busy. Please try again later.${withIds}`,
  },
  {
    name: '503 with Retry-After',
    fault: status(503, { retryAfterSeconds: 60 }),
    logged: `503 ServerBusy: The server is busy. Please try again later.${withIds}`,
    floor: 60,
  },
  {
    name: '504',
    fault: status(504),
    logged: `504 GatewayTimeout: The gateway did not receive a response within the time limit.${withIds}`,
  },
  { name: 'a status over 504', fault: status(507, { body: 'x' }), logged: `507${withIds}` },
  { name: 'a reset connection', fault: { kind: 'reset' }, logged: /^connection reset \[\w+\]$/ },
  {
    name: 'a body cut off',
    fault: { kind: 'cut-off' },
    logged: new RegExp(`^200 connection closed before the answer was whole \\[UND_ERR_SOCKET\\]${realIds}$`),
  },
  { name: 'an empty 200', fault: { kind: 'empty' }, logged: new RegExp(`^200 an empty body${realIds}$`) },
  {
    name: 'JSON that is not',
    fault: { kind: 'not-json' },
    logged: new RegExp(`^200 a body that is not JSON${realIds}$`),
  },
  {
    name: 'HTML with 200',
    fault: status(200, { body: '<html>' }),
    logged: `200 a body that is not JSON${withIds}`,
  },
  { name: 'an answer that never comes', fault: { kind: 'silent' }, logged: 'no whole answer within 30 s' },
  {
    name: 'an answer that drips',
    fault: { kind: 'drip' },
    logged: new RegExp(`^200 no whole answer within 30 s${realIds}$`),
  },
]

const slow = (one: Case) => one.fault.kind === 'silent' || one.fault.kind === 'drip'

/** One wait through these faults, each of which hits two reads in a row and leaves the next one alone. */
async function throughAll(simulator: LeapingSimulator, faults: Case[], environment = {}): Promise<void> {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 7200 })
  for (const [index, { fault }] of faults.entries()) {
    // A fault lets pass what no earlier one has taken.
    simulator.fault({ ...fault, path: jobId, skip: index + 1, times: 2 })
  }
  const run = await follow(simulator, { 'job-id': jobResourceId }, { environment })
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    status: 'Completed',
    'duration-seconds': '7200',
  })
  expect(run.annotations).toEqual([])
  const lines = faultsOf(run)
  expect(lines.map(({ what }) => what)).toEqual(Array(2 * faults.length).fill(`Reading job ${jobId}`))
  const pauses = pausesOf(requestsTo(simulator, 'resource-manager', new RegExp(jobId)))
  for (const [index, { name, logged, floor = 0 }] of faults.entries()) {
    for (const { said } of lines.slice(2 * index, 2 * index + 2)) {
      if (typeof logged === 'string') expect(said, name).toBe(logged)
      else expect(said, name).toMatch(logged)
    }
    // 2 and 4 seconds, less a quarter at the most, or what was asked for; the count begins anew with a good read.
    const [first = 0, second = 0] = pauses.slice(3 * index + 1)
    expect(first, name).toBeGreaterThanOrEqual(Math.max(1.5, floor))
    expect(second, name).toBeGreaterThanOrEqual(Math.max(3, floor))
    if (floor === 0 && !slow(faults[index] as Case)) {
      expect(first, name).toBeLessThan(4)
      expect(second, name).toBeLessThan(6)
    }
  }
}

const kindOf = ({ fault }: Case) => (fault.kind === 'status' ? 'statuses' : 'connections and bodies')

for (const kind of ['statuses', 'connections and bodies']) {
  leaps(`faults of ${kind}: each is tried again and logged in a line, none is a verdict`, (simulator) =>
    throughAll(
      simulator,
      cases.filter((one) => kindOf(one) === kind && !slow(one)),
    ),
  )
}

leaps('answers that never come, and answers that drip', (simulator) =>
  throughAll(simulator, cases.filter(slow), { LEAPING_CLOCK_ATTEMPT: '1000' }),
)

leaps('an operation is read again too', async (simulator) => {
  const { operationUrl, operationId } = simulator.backup({ seconds: 200 })
  simulator.fault({ ...status(503), path: operationId, times: 2 })
  const run = await follow(simulator, { 'operation-url': operationUrl })
  expect(run.outputs.conclusion).toBe('success')
  const said = `503 ServerBusy: The server is busy. Please try again later.${withIds}`
  expect(faultsOf(run)).toEqual(Array(2).fill({ what: `Reading operation ${operationId}`, said }))
})

const completed = {
  status: 200,
  body: { properties: { status: 'Completed', operation: 'Backup', entityFriendlyName: 'web-01' } },
}

for (const [kind, logged] of [
  ['refuse', /connection refused \[ECONNREFUSED\]$/],
  ['tls', /self-signed certificate.* \[DEPTH_ZERO_SELF_SIGNED_CERT\] \(TLS; .*NODE_EXTRA_CA_CERTS\)$/],
] as const) {
  leaps(`a port that answers with ${kind}, until it is well again`, async (simulator) => {
    const { jobResourceId, jobId } = simulator.backup({ seconds: 1e8 })
    const inputs = { 'job-id': jobResourceId, 'timeout-minutes': '9000000' }
    let times = 0
    let end = () => {}
    const onLine = (line: string) => {
      if (logged.test(line)) times += 1
      if (times < 3) return
      end()
      simulator.override(({ path }) => (path.endsWith(jobId) ? completed : undefined))
    }
    const step = begin(simulator, inputs, { onLine })
    await step.waitForLine(/InProgress/)
    end = simulator.fault({ kind })
    const run = await step.done
    expectSound(run, simulator)
    expect(run.outputs.conclusion).toBe('success')
    expect(run.annotations).toEqual([])
    const faults = faultsOf(run)
    expect(new Set(faults.map(({ what }) => what))).toEqual(new Set([`Reading job ${jobId}`]))
    expect(faults.filter(({ said }) => logged.test(said)).length).toBeGreaterThanOrEqual(3)
    // The connection that was open may have been ended with a request on it.
    const ended = /^connection (reset|closed before the answer was whole) \[\w+\]$/
    expect(faults.filter(({ said }) => !logged.test(said) && !ended.test(said))).toEqual([])
  })
}

leaps('a host name that is not found: tried until the deadline', async (simulator) => {
  const { jobId, jobResourceId } = simulator.backup()
  const inputs = { 'resource-manager-url': 'https://resource-manager.invalid', 'timeout-minutes': '2' }
  const run = await follow(simulator, { 'job-id': jobResourceId, ...inputs })
  expect(run.outputs).toMatchObject({ conclusion: 'timed-out', status: '', 'job-id': jobId })
  const faults = faultsOf(run)
  expect(faults.length).toBeGreaterThanOrEqual(3)
  expect(new Set(faults.map(({ what }) => what))).toEqual(new Set([`Reading job ${jobId}`]))
  const notFound = /^host name not (found \[ENOTFOUND|resolved \[EAI_AGAIN)\]$/
  expect(faults.filter(({ said }) => !notFound.test(said))).toEqual([])
  expect(messages(run, 'error')).toHaveLength(1)
  expect(messages(run, 'error')[0]).toContain('host name not')
})
