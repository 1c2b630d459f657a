/** What `--help` of the simulator and the demo says. */
import { SCENARIOS } from './scenarios.ts'

const FAULTS = `Faults (--fault takes one as JSON, and may be repeated):
  {"kind":"status","status":503}            an answer with this status; also "body", "headers",
                                            "retryAfterSeconds", "retryAfterAsDate": true
  {"kind":"redirect","location":"https://…"} a redirect; also "status" (302)
  {"kind":"redirect","region":"westeurope"} a redirect to the same path at a region's host
  {"kind":"denied"}                         403 that names the action which is missing
  {"kind":"refuse"}                         the port is closed
  {"kind":"tls"}                            the port shows a certificate that nobody trusts
  {"kind":"reset"}                          the connection is reset
  {"kind":"cut-off"}                        half of the answer, then the connection ends
  {"kind":"empty"}                          200 with no body
  {"kind":"not-json"}                       200 with JSON that is not; also "body"
  {"kind":"silent"}                         no answer ever
  {"kind":"drip"}                           a byte every 5 seconds; also "seconds"
  {"kind":"slow","seconds":45}              the answer, later
Which requests, and when: "server" (resource-manager, entra, oidc), "method", "path" (a regular
expression), "skip" and "times" (requests), "afterSeconds" and "forSeconds" (simulated).`

/** The scenarios, one a line. */
export function scenarioList(): string {
  const width = Math.max(...SCENARIOS.map(({ name }) => name.length))
  return SCENARIOS.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`).join('\n')
}

/** Help of `npm run simulator`. */
export function simulatorHelp(): string {
  return `Azure Backup, Microsoft Entra ID and GitHub's ID tokens on localhost.

  npm run simulator -- [options]

  --port N         port of Resource Manager; Entra and GitHub take the next two (any that are free)
  --speed N        simulated seconds in a real one (1)
  --scenario NAME  start this scenario at once
  --fault JSON     misbehave
  --help           this text

Scenarios:
${scenarioList()}

${FAULTS}
`
}

/** Help of `npm run demo`. */
export function demoHelp(): string {
  return `Shows the action at work: a simulated Azure on a fast clock, a backup that is triggered as by a
workflow step, and dist/index.js run as by GitHub's runner.

  npm run demo -- [options]

  --scenario NAME  one of those below (vm-backup)
  --speed N        simulated seconds in a real one (100)
  --help           this text

Scenarios:
${scenarioList()}
`
}
