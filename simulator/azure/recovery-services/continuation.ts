/** `nextLink` of a Recovery Services vault's job list: its token is XML with CRLFs (Microsoft's example). */
import type { SeenRequest } from '../../http/exchange.ts'
import { queryOption } from '../arm/odata.ts'
import { dotNetTicks } from '../world/values.ts'
import type { Job } from '../world/world.ts'

// DateTime.MaxValue: the index counts down from it, so that the newest job comes first.
const MAX_TICKS = 3_155_378_975_999_999_999n
// The one in Microsoft's example, whatever version was asked for.
const API_VERSION = '2017-07-01'

/** The link to the jobs after this one, escaped as the service does: `+` for blanks, small hexadecimal digits. */
export function jobsNextLink(url: string, request: SeenRequest, last: Job): string {
  const filter = queryOption(request, '$filter')
  const parts = [
    `api-version=${API_VERSION}`,
    ...(filter === undefined ? [] : [`%24filter=${escaped(filter)}`]),
    `%24skiptoken=${escaped(tokenOf(last))}`,
  ]
  return `${url}?${parts.join('&')}`
}

/** Index of the first job after those that the token has seen; undefined for a token that is none of ours. */
export function jobsAfter(jobs: Job[], token: string): number | undefined {
  const row = /<NextRowKey>1!\d+!([\w+/-]+)<\/NextRowKey>/.exec(token)?.[1] ?? ''
  const [, index = '', id = ''] =
    /^jobstarttimeindex_0_(\d{19})_0_([\w-]+)$/.exec(
      Buffer.from(row.replace(/-+$/, ''), 'base64').toString(),
    ) ?? []
  if (index === '') return undefined
  const seen = (job: Job) => {
    const own = indexOf(job)
    return own < index || (own === index && job.id <= id)
  }
  const found = jobs.findIndex((job) => !seen(job))
  return found < 0 ? jobs.length : found
}

function tokenOf(job: Job): string {
  const key = (text: string) => {
    const encoded = Buffer.from(text).toString('base64').replaceAll('=', '-')
    return `1!${encoded.length}!${encoded}`
  }
  return [
    '<?xml version="1.0" encoding="utf-16"?>',
    '<ContinuationToken>',
    '  <ContinuationToken>',
    '    <Version>2.0</Version>',
    '    <Type>Table</Type>',
    `    <NextPartitionKey>${key(String(BigInt(`0x${job.vault.subscriptionId.replace(/[^\da-f]/gi, '').slice(0, 15) || '0'}`)))}</NextPartitionKey>`,
    `    <NextRowKey>${key(`jobstarttimeindex_0_${indexOf(job)}_0_${job.id}`)}</NextRowKey>`,
    '    <TargetLocation>Primary</TargetLocation>',
    '  </ContinuationToken>',
    '</ContinuationToken>',
  ].join('\r\n')
}

function indexOf({ startedAt }: Job): string {
  const ticks = BigInt(dotNetTicks(startedAt.ms)) + BigInt(startedAt.ticks)
  return String(MAX_TICKS - ticks).padStart(19, '0')
}

function escaped(text: string): string {
  return encodeURIComponent(text)
    .replace(/'/g, '%27')
    .replace(/%20/g, '+')
    .replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase())
}
