/** What the threat status of a recovery point says against it. Pure. */
import { isVirtualMachine } from '../azure/recovery-points.ts'
import { apiVersions } from '../azure/versions.ts'
import { cut, shellWord } from '../base/text.ts'
import { type Health, isUntold, type Job, type RecoveryPoint, type Threat } from '../domain/job.ts'
import type { Problem } from '../domain/outcome.ts'

/** Threats that a text names; the summary lists them all. */
const mostNamed = 5

/**
 * Why the point is not known to be healthy; undefined where it is, and, unless that was asked for, where Azure tells
 * nothing of it.
 *
 * @param item ARM ID of the protected item or backup instance
 * @param wanted whether it has to be healthy
 */
export function healthProblem(
  point: RecoveryPoint,
  item: string,
  job: Job,
  wanted: boolean,
): Problem | undefined {
  const { health } = point
  if (health?.status === 'Healthy') return undefined
  if (!wanted && (health === undefined || health.status === '')) return undefined
  const which = `Recovery point ${point.id}${job.item === '' ? '' : ` of ${job.item}`}`
  if (health === undefined) return neverTold(which, item)
  return isUntold(health) ? notScanned(which, health, item, wanted) : withThreats(which, health)
}

/** Whatever is switched on: the service has no such thing there. */
function neverTold(which: string, item: string): Problem {
  const why = isVirtualMachine(item)
    ? `this cloud lacks api-version ${apiVersions.recoveryPoints}, which has one.`
    : 'Azure has one for VMs in Recovery Services vaults only.'
  return {
    code: '',
    cause: `${which} has no threat status: ${why}`,
    cure: 'Set verify-recovery-point: true, which requires that the recovery point exists.',
  }
}

/** Source scan (Microsoft: az backup item source-scan-configuration). */
function notScanned(which: string, { status }: Health, item: string, wanted: boolean): Problem {
  const told = status === '' ? 'no threat status' : `the threat status ${status}`
  return {
    code: '',
    cause: `${which} has ${told}: source scan is not switched on for its item or its vault, or has told nothing yet.`,
    cure:
      'Switch source scan on for the vault and the item, and Microsoft Defender for Servers for the VM; later recovery points have a threat status then.' +
      (wanted
        ? ' Until then, verify-recovery-point: true requires only that the recovery point exists.'
        : ''),
    ...commandFor(item),
  }
}

function commandFor(item: string): Pick<Problem, 'commands'> {
  const [, subscription, group, vault, container, name] =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/[^/]+\/vaults\/([^/]+)\/backupFabrics\/[^/]+\/protectionContainers\/([^/]+)\/protectedItems\/([^/]+)$/i.exec(
      item,
    ) ?? []
  if (name === undefined) return {}
  const values = {
    subscription,
    'resource-group': group,
    'vault-name': vault,
    'container-name': container,
    name,
  }
  const given = Object.entries(values).map(([option, value]) => `--${option} ${shellWord(value ?? '')}`)
  const fixed = '--backup-management-type AzureIaasVM --workload-type VM --state Enabled'
  return { commands: [`az backup item source-scan-configuration set ${given.join(' ')} ${fixed}`] }
}

function withThreats(which: string, { status, threats }: Health): Problem {
  const named = threats.slice(0, mostNamed).map(inWords).join('; ')
  const more = threats.length > mostNamed ? `; and ${threats.length - mostNamed} more` : ''
  const found = named === '' ? 'no threat is named.' : `${named}${more}.`
  return {
    code: '',
    cause: `${which} has the threat status ${cut(status, 100)}: ${found}`,
    cure: 'Look at the alerts of Microsoft Defender for Cloud before you rely on this backup: the status is its view of the VM at that time.',
  }
}

/** `Suspicious activity (High, Active)`. */
function inWords({ title, severity, state }: Threat): string {
  const traits = [severity, state].filter((part) => part !== '').join(', ')
  return `${cut(title, 200) || 'a threat without a title'}${traits === '' ? '' : ` (${cut(traits, 100)})`}`
}
