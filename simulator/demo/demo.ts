/** `npm run demo`: the action at work, from the request that starts a backup to the job summary. */
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, styleText } from 'node:util'
import { createLateClock } from '../clock/late-clock.ts'
import { renderPage } from '../github/page.ts'
import { commandsOf } from '../runner/commands.ts'
import { type Run, runAction } from '../runner/run-action.ts'
import { type Simulator, startSimulator } from '../simulator.ts'
import { demoHelp } from './help.ts'
import { type Begun, beginScenario, scenarioOf } from './play.ts'

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'vm-backup' },
    speed: { type: 'string', default: '100' },
    help: { type: 'boolean' },
  },
})

if (values.help) console.log(demoHelp())
else {
  process.exitCode = await demo(values.scenario, Number(values.speed)).catch((error: Error) => {
    console.error(error.message)
    return 1
  })
}

/** Plays a scenario; gives 0 where the step ended as it must. */
async function demo(name: string, speed: number): Promise<number> {
  const scenario = scenarioOf(name)
  if (!existsSync(join(import.meta.dirname, '..', '..', 'dist', 'index.js'))) {
    console.error('There is no dist/index.js yet: npm run build')
    return 1
  }
  const simulator = await startSimulator({ speed })
  try {
    heading(scenario.description)
    console.log(
      `Azure is simulated at ${simulator.resourceManagerUrl}, ${speed} times as fast as the real one.`,
    )
    const begun = await beginScenario(simulator, scenario)
    showStart(begun)
    const { run, simulatedSeconds } = await runStep(simulator, begun.inputs)
    showResults(run, scenario.name)
    showFigures(simulator, run, simulatedSeconds)
    const expected = run.exitCode === scenario.exitCode && run.outputs.conclusion === scenario.conclusion
    if (!expected)
      console.error(`It should have been ${scenario.conclusion} with exit code ${scenario.exitCode}.`)
    return expected ? 0 : 1
  } finally {
    await simulator.close()
  }
}

function showStart(begun: Begun): void {
  heading('A step of the workflow starts it')
  console.log(begun.request === '' ? 'A server starts it by itself.' : `${begun.request}\n  ${begun.status}`)
  if (begun.operationUrl) console.log(`  Azure-AsyncOperation: ${shortened(begun.operationUrl)}`)
  if (begun.locationUrl) console.log(`  Location: ${shortened(begun.locationUrl)}`)
}

async function runStep(
  simulator: Simulator,
  inputs: Record<string, string>,
): Promise<{ run: Run; simulatedSeconds: number }> {
  heading('The next step waits for it: node dist/index.js')
  for (const [input, value] of Object.entries(inputs)) console.log(`  ${input}: ${shortened(value)}`)
  console.log()
  const startedAt = simulator.clock.now()
  const clock = createLateClock(startedAt, simulator.clock.speed)
  simulator.override(({ server }) => {
    if (server === 'resource-manager') clock.start()
    return undefined
  })
  const run = await runAction({
    inputs,
    environment: { ...simulator.environment(), ...clock.environment },
    onLine: show,
    timeoutSeconds: 60,
  }).finally(clock.remove)
  return { run, simulatedSeconds: Math.round((simulator.clock.now() - startedAt) / 1000) }
}

function showResults(run: Run, title: string): void {
  heading('Outputs')
  for (const [output, value] of Object.entries(run.outputs)) console.log(`${output} = ${value}`)
  heading('Job summary')
  console.log(run.summary)
  const page = join(mkdtempSync(join(tmpdir(), 'azure-backup-demo-')), 'summary.html')
  writeFileSync(page, renderPage(run.summary, { title }))
  console.log(`The same as GitHub shows it: ${page}`)
}

function showFigures(simulator: Simulator, run: Run, simulatedSeconds: number): void {
  heading(`Exit code ${run.exitCode}`)
  const reads = simulator.requests.filter(({ server }) => server === 'resource-manager').length - 1
  console.log(
    `${spell(simulatedSeconds)} of simulated time in ${(run.milliseconds / 1000).toFixed(1)} s, ${reads} requests to Azure.`,
  )
  if (run.stderr !== '') console.error(run.stderr)
}

function heading(text: string): void {
  console.log(`\n${styleText(['bold', 'cyan'], `# ${text}`)}`)
}

// As the runner shows it: commands are carried out, not printed.
function show(line: string): void {
  const [annotation] = commandsOf([line]).annotations
  if (annotation !== undefined) {
    const { level, message } = annotation
    const colour = { error: 'red', warning: 'yellow', notice: 'blue' } as const
    const word = level.slice(0, 1).toUpperCase() + level.slice(1)
    console.log(styleText(colour[level], `${word}: ${message}`))
  } else if (line.startsWith('::group::'))
    console.log(styleText('bold', `▼ ${line.slice('::group::'.length)}`))
  else if (!line.startsWith('::')) console.log(line)
}

// Signed URLs have thousands of characters.
function shortened(text: string): string {
  return text.length > 400 ? `${text.slice(0, 300)}… (${text.length} characters)` : text
}

function spell(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
