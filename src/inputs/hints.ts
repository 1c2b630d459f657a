/** What people give in place of an ID or a URL, and what to give instead. Pure. */
import { shown } from '../base/errors.ts'
import { decode } from '../base/text.ts'

/** The inputs that say what to follow. */
export type TargetInput = 'operation-url' | 'job-id' | 'protected-item'

/** What PowerShell has to be told so that it writes what the input takes. */
const powerShell: Record<TargetInput, string> = {
  'job-id': 'write $job.JobId, or several with $jobs.JobId -join "`n"',
  'operation-url': "write the header's value, as $response.Headers['Azure-AsyncOperation'] has it",
  'protected-item': 'write $item.Id, or several with $items.Id -join "`n"',
}

interface Mistake {
  form: RegExp
  /** What it is, and what to do. */
  is: string | ((input: TargetInput, value: string) => string)
}

const mistakes: Mistake[] = [
  {
    form: /^(""|'')?$/,
    is: 'is empty: the step before gave nothing. Print there what it writes to GITHUB_OUTPUT',
  },
  {
    form: /^(none|null|undefined|nil|\(null\))$/i,
    is: 'a step before wrote it in place of a value that it did not have. Print there what the command answered',
  },
  {
    // $response.Headers is System.Collections.Generic.Dictionary`2[System.String,…IEnumerable`1[System.String]].
    form: /^(\[[\w-]+, )?System\.[\w.`]+(\[.*\])?$/,
    is: (input) => `PowerShell wrote the name of a type in place of its values; ${powerShell[input]}`,
  },
  {
    form: /^Microsoft\.(Azure|PowerShell)\.\S+(\s+Microsoft\.(Azure|PowerShell)\.\S+)*$/,
    is: (input) =>
      `PowerShell wrote the name of an object's type in place of the object; ${powerShell[input]}`,
  },
  {
    form: /^((ERROR|WARNING|DEBUG): |Traceback \()/,
    is: 'it is a message of a command, not its result; do not capture standard error (2>&1), and let the step fail where the command fails',
  },
  {
    form: /^@\{.*\}?$/s,
    is: (input) => `it is a PowerShell object written as text; ${powerShell[input]}`,
  },
  {
    form: /\$\{\{|^\$([A-Za-z_][\w.:]*|[({].*)$|^%\w+%$/,
    is: 'it is a variable or an expression that nothing has replaced; pass values between steps by GITHUB_OUTPUT and the expression steps.<id>.outputs.<name>',
  },
  {
    form: /^(https:\/\/)?([\w-]+\.)*portal\.azure\.(com|us|cn)([/#?]|$)/i,
    is: (_input, value) => `it is an address of the Azure portal; set ${partsOf(decode(decode(value)))}`,
  },
  {
    form: /\/(microsoft\.insights\/)?eventtypes\/|\/events\/[^/]+\/ticks\/\d+/i,
    is: "it is the ID of an event of the Activity Log; expected the job's own ID, which the vault's Backup jobs show",
  },
  {
    form: /\/providers\/Microsoft\.RecoveryServices\/vaults\/[^/]+\/replication\w+/i,
    is: 'it is of Azure Site Recovery, which this action does not follow; expected a job or an operation of Azure Backup',
  },
]

const portalPath =
  /\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.(RecoveryServices\/vaults|DataProtection\/backupVaults)\/([^/?#]+)(?:\/backupJobs\/([\w-]+))?/i

/** What of the portal's address goes into which input; the address of another page names no vault. */
function partsOf(address: string): string {
  const [, subscription = '', group = '', type = '', vault, job] = portalPath.exec(address) ?? []
  const id = job === undefined ? "the job's ID on its page" : shown(job)
  if (vault === undefined)
    return `subscription-id, resource-group and vault-name to what the vault's page has, and job-id to ${id}`
  const kind = type.toLowerCase().startsWith('data') ? ', vault-type to backup' : ''
  return `subscription-id to ${shown(subscription)}, resource-group to ${shown(group)}, vault-name to ${shown(vault)}${kind}, and job-id to ${id}`
}

/** The requests that start an operation (azure-rest-api-specs, recoveryservicesbackup and dataprotection). */
const trigger =
  /\/(protectedItems\/[^/]+\/(backup|recoveryPoints\/[^/]+\/(restore|move))|backupJobs\/[^/]+\/cancel|crossRegionRestore|backupInstances\/[^/]+\/(backup|restore|rehydrate|stopProtection|stopBackups|suspendBackups|resumeBackups|resumeProtection))\/?(\?.*)?$/i

/** Why the text cannot be what the input takes, for what is often given in its place; undefined for all else. */
export function hintFor(input: TargetInput, value: string): string | undefined {
  const mistake = mistakes.find(({ form }) => form.test(value))
  if (mistake !== undefined) {
    const is = typeof mistake.is === 'string' ? mistake.is : mistake.is(input, value)
    return is.startsWith('is ') ? `${is}.` : `is "${shown(value)}"; ${is}.`
  }
  if (input !== 'protected-item' && trigger.test(value)) {
    const header = 'Azure-AsyncOperation header of its answer'
    const isItself =
      input === 'operation-url' ? `expected the ${header}` : `set operation-url to the ${header}`
    return `has "${shown(value)}", the URL of the request that starts an operation; ${isItself}.`
  }
  return undefined
}
