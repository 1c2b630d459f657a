/** What is true in a night, at any time of it: the plan, and what the run itself has brought about. */
import type { NightClock } from '../clock.ts'
import { type Dice, dice } from '../dice.ts'
import type { JobPlan, OperationPlan, Plan, Time, Trouble } from '../plan.ts'

/** How a job stands. */
export interface JobState {
  status: 'NotStarted' | 'InProgress' | 'Cancelling' | JobPlan['status']
  /** Of its snapshot, where it makes one. */
  snapshot?: 'InProgress' | 'Completed' | 'Failed'
  /** When it ended, where it has. */
  endedAt?: Time
}

/** Milliseconds from a cancellation to the job's end. */
const cancellationTakes = 90_000

/** The truth, and what is secret in it. */
export class World {
  readonly plan: Plan
  readonly clock: NightClock
  readonly subscription: string
  /** What must never be written anywhere. */
  readonly secrets: string[]
  /** When the service took a request to cancel a job, by its ID. */
  readonly cancelled = new Map<string, Time>()
  /** Chance for the service: latency. */
  readonly dice: Dice

  constructor(plan: Plan, clock: NightClock) {
    this.plan = plan
    this.clock = clock
    const draw = dice(plan.seed, 'world')
    this.subscription = draw.guid()
    this.secrets = ['SECRETsigned', 'SECRETsas', 'SECRETclient', 'SECRETgithub'].map(
      (word) => `${word}${draw.guid().replaceAll('-', '')}`,
    )
    this.dice = dice(plan.seed, 'service')
  }

  troubles<Kind extends Trouble['kind']>(kind: Kind): Extract<Trouble, { kind: Kind }>[] {
    return this.plan.troubles.filter((one): one is Extract<Trouble, { kind: Kind }> => one.kind === kind)
  }

  /** One of the night's jobs, or an older one of the same items. */
  job(id: string): JobPlan | undefined {
    const own = this.plan.jobs.find((one) => one.id.toLowerCase() === id.toLowerCase())
    return own ?? this.plan.jobs.flatMap((job) => this.older(job)).find((one) => one.id === id)
  }

  /** The jobs of an item before its newest. */
  older({ history, ...job }: JobPlan): JobPlan[] {
    return history.map((one) => ({ ...job, ...one, endsAt: one.startsAt + 600_000, history: [] }))
  }

  operation(id: string): OperationPlan | undefined {
    return this.plan.operations.find((one) => one.id === id)
  }

  jobsOf(operation: OperationPlan): JobPlan[] {
    return this.plan.jobs.filter((job) => this.plan.operations[job.operation ?? -1] === operation)
  }

  vaultId(index: number): string {
    const group = `/subscriptions/${this.subscription}/resourceGroups/rg-night`
    return this.plan.vaultKind === 'backup'
      ? `${group}/providers/Microsoft.DataProtection/backupVaults/${vaultName(index)}`
      : `${group}/providers/Microsoft.RecoveryServices/vaults/${vaultName(index)}`
  }

  itemId({ vault, item, snapshotAt }: JobPlan): string {
    if (this.plan.vaultKind === 'backup') return `${this.vaultId(vault)}/backupInstances/${item}-instance`
    const container =
      snapshotAt === undefined
        ? `StorageContainer;Storage;rg-night;sa${item}`
        : `IaasVMContainer;iaasvmcontainerv2;rg-night;${item}`
    const name = snapshotAt === undefined ? `AzureFileShare;${item}` : `VM;iaasvmcontainerv2;rg-night;${item}`
    return `${this.vaultId(vault)}/backupFabrics/Azure/protectionContainers/${container}/protectedItems/${name}`
  }

  jobState(job: JobPlan, at: Time): JobState {
    if (at < job.startsAt) return { status: 'NotStarted' }
    const asked = this.cancelled.get(job.id)
    const own = job.endsAt ?? Number.POSITIVE_INFINITY
    const end = asked === undefined ? own : Math.min(own, asked + cancellationTakes)
    const status = end === own ? job.status : 'Cancelled'
    const taken = job.snapshotAt !== undefined && job.snapshotAt <= Math.min(at, end)
    const snapshot =
      job.snapshotAt === undefined
        ? {}
        : {
            snapshot: taken
              ? ('Completed' as const)
              : at >= end
                ? ('Failed' as const)
                : ('InProgress' as const),
          }
    if (at >= end) return { status, endedAt: end, ...snapshot }
    const byOthers = job.status === 'Cancelled' && at >= own - cancellationTakes
    return {
      status: byOthers || (asked !== undefined && at >= asked) ? 'Cancelling' : 'InProgress',
      ...snapshot,
    }
  }

  operationStatus(operation: OperationPlan, at: Time): 'InProgress' | OperationPlan['status'] {
    return at < operation.endsAt ? 'InProgress' : operation.status
  }

  /** Takes a request to cancel. */
  cancel(job: JobPlan, at: Time): void {
    if (!this.cancelled.has(job.id) && this.jobState(job, at).status === 'InProgress')
      this.cancelled.set(job.id, at)
  }

  /** What a read at a time may still show. */
  viewed(at: Time): Time {
    const stale = this.troubles('stale').find((one) => at >= one.at && at < one.at + one.for)
    return stale === undefined ? at : Math.max(at - stale.by, -1)
  }

  /** The recovery point's ID. */
  pointId(job: { id: string }): string {
    return job.id.split('').reverse().join('').replaceAll('-', '')
  }
}

export function vaultName(index: number): string {
  return `vault-${'ab'[index]}`
}
