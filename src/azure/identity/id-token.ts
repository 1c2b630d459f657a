/** The ID token that GitHub issues to a job, by which Entra knows it (OpenID Connect). */
import { setSecret } from '@actions/core'
import { CredentialError } from '../../base/errors.ts'
import { fields, text } from '../../base/read.ts'
import { userAgent } from '../../base/version.ts'
import type { Variables } from '../../runner/environment.ts'
import { ask, describeAnswer, Fault, faultOf } from '../http/answer.ts'
import type { SignIn } from './sign-in.ts'

/** Whether this job may ask GitHub for an ID token. */
export function mayHaveIdToken(env: Variables): boolean {
  return Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN)
}

/**
 * Why the job may not, and what to do.
 *
 * @param event the event that started the run, as GITHUB_EVENT_PATH has it
 */
export function whyNoIdToken(env: Variables, event: unknown): string {
  const repository = env.GITHUB_REPOSITORY ?? ''
  const head = text(fields(fields(fields(fields(event).pull_request).head).repo).full_name)
  const start = 'GitHub gives this job no ID token: '
  if (env.GITHUB_ACTOR === 'dependabot[bot]') {
    return `${start}the run was started by Dependabot, whose runs never get one. Run this job on push or pull_request_target, or skip it for Dependabot.`
  }
  if (head !== '' && head !== repository) {
    return `${start}the run is of a pull request from the fork ${head}, and those never get one. Skip this job for forks.`
  }
  return `${start}the permission is missing. Add "permissions: id-token: write" to the job (with "contents: read", since naming one permission drops the others).`
}

/** Milliseconds for one request. */
const limit = 30_000

/**
 * Asks GitHub for an ID token; it lives some five minutes, so none is ever kept. Not by `@actions/core`, which
 * follows redirects and sends the request token along, and waits without limit.
 *
 * @throws CredentialError for a refusal, Fault for what may pass
 */
export async function idToken(
  audience: string,
  env: Variables,
  { transport, clock }: Pick<SignIn, 'transport' | 'clock'>,
): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = '' } = env
  const failed = `GitHub issued no ID token for audience ${audience}`
  if (!URL.canParse(address)) {
    throw new CredentialError(
      `${failed}: the variable ACTIONS_ID_TOKEN_REQUEST_URL is no URL; the runner sets it, so nothing else in the job may.`,
    )
  }
  const { origin, pathname, searchParams } = new URL(address)
  searchParams.set('audience', audience)
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': userAgent }
  const request = { origin, path: `${pathname}?${searchParams}`, method: 'GET', headers }
  try {
    const answer = await ask(transport, request, { clock, limit })
    const fault = faultOf(answer, clock.date())
    if (fault !== undefined) throw fault
    const { status, json } = answer
    if (status !== 200)
      throw new CredentialError(`${failed}: ${describeAnswer(status, answer.headers, json)}`)
    const { value } = fields(json)
    if (typeof value !== 'string' || value === '') throw new Fault('200 an answer without a token')
    setSecret(value)
    return value
  } catch (error) {
    throw error instanceof Fault ? error.of(failed) : error
  }
}

/** Issuer, subject and audience of a token, which are not secret and which Entra compares. */
export function claimsOf(token: string): { issuer: string; subject: string; audience: string } {
  let payload: unknown
  try {
    payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  } catch {
    payload = undefined
  }
  const claims = fields(payload)
  return { issuer: text(claims.iss), subject: text(claims.sub), audience: text(claims.aud) }
}
