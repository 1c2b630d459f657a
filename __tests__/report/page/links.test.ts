import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/domain/outcome.ts'
import { labelTargets, linksLine, portalUrl, runUrlOf, vaultLabels } from '../../../src/report/page/links.ts'
import { good, outcomeOf, vault } from '../samples.ts'

const portal = 'https://portal.azure.com'
const runUrl = 'https://github.com/octo-org/octo-repo/actions/runs/1'
const inVault = (name: string): Outcome => outcomeOf({ vault: { ...vault, name } })
const many = (count: number) => Array.from({ length: count }, (_, index) => inVault(`vault-of-${index}`))
const nowhere = outcomeOf({ vault: undefined })
const urlOf = (name: string) => portalUrl(inVault(name), portal)
const linkOf = (name: string) => `[Vault ${name} in the Azure portal](${urlOf(name)})`
/** A vault whose address has so many characters. */
const ofLength = (length: number) => 'v'.repeat(length - urlOf('').length)

describe('the vault in the portal', () => {
  it('is at its ARM ID', () => {
    expect(portalUrl(good, portal)).toBe(
      'https://portal.azure.com/#resource/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rg-prod/providers/Microsoft.RecoveryServices/vaults/kv-backup-weu',
    )
  })

  it('is nowhere where the vault or the portal is not known', () => {
    expect(portalUrl(nowhere, portal)).toBe('')
    expect(portalUrl(good, '')).toBe('')
  })
})

describe('the line of links', () => {
  const line = (outcomes: Outcome[]) => linksLine(outcomes, { portal, runUrl: '' })

  it('leads to each vault once, and to the run', () => {
    expect(linksLine([inVault('a'), nowhere, inVault('b'), inVault('a')], { portal, runUrl })).toBe(
      `${linkOf('a')} · ${linkOf('b')} · [Workflow run](${runUrl})`,
    )
    expect(line([inVault('a')])).toBe(linkOf('a'))
  })

  it('is empty where nothing is known', () => {
    expect(linksLine([good], { portal: '', runUrl: '' })).toBe('')
    expect(linksLine([nowhere], { portal, runUrl })).toBe(`[Workflow run](${runUrl})`)
  })

  it('names ten vaults', () => {
    expect(line(many(12))).toBe(
      many(10)
        .map(({ job }) => linkOf(job.vault?.name ?? 'none'))
        .join(' · '),
    )
  })

  it('has no address that is longer than any real one', () => {
    expect(line([inVault(ofLength(1_000))])).toContain(urlOf(ofLength(1_000)))
    expect(line([inVault(ofLength(1_001))])).toBe('')
  })
})

describe('the labels of vaults', () => {
  it('are one for each, and none where nothing is known', () => {
    expect([...vaultLabels([nowhere, inVault('a'), inVault('b'), inVault('a')], portal)]).toEqual([
      [urlOf('a'), 'vault-1'],
      [urlOf('b'), 'vault-2'],
    ])
    expect(vaultLabels([good], '').size).toBe(0)
  })

  it('are a hundred at most, of addresses that are not too long', () => {
    expect(vaultLabels(many(101), portal).size).toBe(100)
    expect(vaultLabels([inVault(ofLength(1_000))], portal).size).toBe(1)
    expect(vaultLabels([inVault(ofLength(1_001))], portal).size).toBe(0)
  })

  it('stand beside their addresses, each in a line', () => {
    expect(labelTargets(vaultLabels([inVault('a'), inVault('b')], portal))).toBe(
      `[vault-1]: ${urlOf('a')}\n[vault-2]: ${urlOf('b')}`,
    )
  })
})

describe('the page of the run', () => {
  const env = {
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
  }

  it('is that of the attempt, from the second on', () => {
    expect(runUrlOf(env)).toBe(runUrl)
    expect(runUrlOf({ ...env, GITHUB_RUN_ATTEMPT: undefined })).toBe(runUrl)
    expect(runUrlOf({ ...env, GITHUB_RUN_ATTEMPT: '2' })).toBe(`${runUrl}/attempts/2`)
  })

  it.each(['GITHUB_SERVER_URL', 'GITHUB_REPOSITORY', 'GITHUB_RUN_ID'])('is not known without %s', (name) => {
    expect(runUrlOf({ ...env, [name]: undefined })).toBe('')
    expect(runUrlOf({ ...env, [name]: '' })).toBe('')
  })
})
