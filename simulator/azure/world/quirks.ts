/** Ways of Resource Manager that differ from the usual, to be set at any time. */
export interface Quirks {
  /** Items on a page of any list but Resource Graph's. Default: 100; the service documents none. */
  pageSize?: number
  /** Job lists of Recovery Services vaults do as if the filter had no times (azure-rest-api-specs-examples#3427). */
  ignoreTimeFilter?: boolean
  /** Origin of every `nextLink`, in place of the one that was asked: an attack. */
  nextLinkOrigin?: string
  /** A job is in the lists only so many seconds after its start; its end shows there so many seconds late. */
  listStartLagSeconds?: number
  listEndLagSeconds?: number
  /** The api-versions that a provider (`Microsoft.RecoveryServices`) has, oldest first. Default: any date. */
  apiVersions?: Record<string, string[]>
  /** How a request in another one is refused. Default: `NoRegisteredProviderFound`. */
  apiVersionRefusal?: 'NoRegisteredProviderFound' | 'InvalidApiVersionParameter' | 'InvalidResourceType'
  /** How many recovery points of earlier days each item has, one a day before its first job. Default: 3. */
  olderPoints?: number
  /** Resource Graph shows what was so many seconds ago. */
  graphLagSeconds?: number
  /** Resource Graph gives `properties` as JSON in a string. */
  graphPropertiesAsText?: boolean
  /** The most rows of a page of Resource Graph, whatever `$top` asks for. Default: 1000. */
  graphPageSize?: number
}

/** The usual page of a list. */
export const PAGE_SIZE = 100
