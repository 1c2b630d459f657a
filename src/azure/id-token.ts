/** The ID token that GitHub issues to a job, by which Entra knows it (OpenID Connect). */
import { readFileSync } from 'node:fs'
import { getIDToken } from '@actions/core'
import { CredentialError, errorMessage } from '../errors.ts'
import { fields, text } from './values.ts'

type Environment = Record<string, string | undefined>

/** Whether this job may ask GitHub for an ID token. */
export function mayHaveIdToken(env: Environment): boolean {
  return Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN)
}

/**
 * Why the job may not, and what to do.
 *
 * @param event the event that started the run, as GITHUB_EVENT_PATH has it
 */
export function whyNoIdToken(env: Environment, event: unknown): string {
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

/** The event that started the run; undefined where it cannot be read. */
export function readEvent(env: Environment): unknown {
  try {
    return JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Asks GitHub for an ID token; it lives some five minutes, so none is ever kept. `@actions/core` tries again
 * through faults and masks it.
 */
export async function idToken(audience: string): Promise<string> {
  try {
    return await getIDToken(audience)
  } catch (error) {
    const said = errorMessage(error)
      .replace(/^(Error message: )+/, '')
      .replace(/\s+/g, ' ')
    const refused = /Error Code ?: ?4(?!08|29)\d\d/.test(said)
    const message = `GitHub issued no ID token for audience ${audience}: ${said}`
    throw refused
      ? new CredentialError(message)
      : Object.assign(new Error(message), { code: 'network_error' })
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
