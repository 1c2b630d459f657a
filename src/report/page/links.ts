/** Where a person goes from here: the vaults in the portal, the run. Pure: Markdown as text. */

import { vaultPath } from '../../azure/paths.ts'
import type { Outcome } from '../../domain/outcome.ts'
import type { Variables } from '../../runner/environment.ts'
import { asTextUpTo, link, linkTarget } from './markdown.ts'

/** More vaults than this are no list of links any more; the outputs have them all. */
const most = 10
/** No vault's real name makes a longer address. */
const longest = 1_000

/** Where its links lead. */
export interface LinksContext {
  /** The portal's origin; empty where it is not known. */
  portal: string
  /** The workflow run, where its own summary stands; empty where it is not known. */
  runUrl: string
}

/** One line of links; empty where there is none. */
export function linksLine(sorted: Outcome[], { portal, runUrl }: LinksContext): string {
  const names = new Map(sorted.map((outcome) => [portalUrl(outcome, portal), outcome.job.vault?.name]))
  const vaults = [...names].filter(([url]) => isUsable(url)).slice(0, most)
  const links = vaults.map(([url, name = '']) =>
    link(`Vault ${asTextUpTo(name, 100)} in the Azure portal`, url),
  )
  return [...links, ...(runUrl === '' ? [] : [link('Workflow run', runUrl)])].join(' · ')
}

/** The vaults that items link to, each with a label for it; a page of more than these has no such links. */
const mostLabels = 100

/** By the vault's address in the portal, the label under which the page has it. */
export type VaultLabels = Map<string, string>

/** A label for each vault. */
export function vaultLabels(sorted: Outcome[], portal: string): VaultLabels {
  const urls = new Set(sorted.map((outcome) => portalUrl(outcome, portal)))
  const usable = [...urls].filter(isUsable).slice(0, mostLabels)
  return new Map(usable.map((url, index) => [url, `vault-${index + 1}`]))
}

/** The addresses that the labels stand for, where Markdown looks for them and nobody sees them. */
export function labelTargets(labels: VaultLabels): string {
  return [...labels].map(([url, label]) => linkTarget(label, url)).join('\n')
}

/** The vault in the portal: no link to one job is documented. Empty where the vault or the portal is not known. */
export function portalUrl({ job }: Outcome, portal: string): string {
  return job.vault === undefined || portal === '' ? '' : `${portal}/#resource${vaultPath(job.vault)}`
}

function isUsable(url: string): boolean {
  return url !== '' && url.length <= longest
}

/** The run's page, by the variables that the runner sets; it has the summaries of all of its jobs. */
export function runUrlOf(env: Variables): string {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT } = env
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return ''
  const attempt = Number(GITHUB_RUN_ATTEMPT) > 1 ? `/attempts/${GITHUB_RUN_ATTEMPT}` : ''
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}${attempt}`
}
