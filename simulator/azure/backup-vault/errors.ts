/** Errors of Backup vaults: UserFacingError, nested, with the root cause at the bottom. */
import type { ArmError } from '../arm/errors.ts'
import type { Job } from '../world/world.ts'

/** A UserFacingError; details are errors of the same shape. */
export function userFacingError(
  code: string,
  message: string,
  recommendedAction: string[],
  activityId: string,
  details: unknown[] | null = null,
) {
  return {
    message,
    recommendedAction,
    details,
    code,
    target: '',
    innerError: null,
    isRetryable: false,
    // Not reliable: false was recorded with a UserError code.
    isUserError: false,
    properties: { ActivityId: activityId },
  }
}

/** Of a backup (code and text: Microsoft, Troubleshooting backup failures in Azure Disk Backup). */
export function failedBackup(job: Job) {
  return userFacingError(
    'UserErrorNotEnoughPermissionOnDisk',
    'Azure Backup Service requires additional permissions on the Disk to do this operation. ',
    ["Grant the Backup vault's managed identity the appropriate permissions on the disk."],
    job.activityId,
  )
}

/** Of a restore: nested two levels, as in a recorded failure. */
export function failedRestore(job: Job) {
  const root = userFacingError(
    'InternalServerError',
    'Unexpected error from the service.',
    [],
    job.activityId,
  )
  const middle = userFacingError(
    'LinkedAuthorizationFailed',
    ' The restore was refused. ',
    [],
    job.activityId,
    [root],
  )
  return userFacingError(
    'UserErrorInvalidRestoreRequest',
    ' The restore request is not valid. ',
    ['Check the target of the restore, then retry.'],
    job.activityId,
    [middle],
  )
}

/** One of `warningDetails` (spec: UserFacingWarningDetail). */
export function warning(job: Job) {
  return {
    resourceName: job.item,
    warning: userFacingError(
      'UserWarningSomeResourcesSkipped',
      'Some of the resources were skipped.',
      ['Check that the extension may read them.'],
      job.activityId,
    ),
  }
}

/** Of an operation: the code and message at the top, the UserFacingError below (recorded). */
export function operationFailure(): ArmError {
  const code = 'UserErrorDppDatasourceNotFound'
  const message = ' The datasource could not be found. '
  const info = userFacingError(
    code,
    message,
    ['Check that the datasource exists.'],
    '0c99ff0f-6c26-4ec7-899f-205435e89894',
  )
  return { additionalInfo: [{ type: 'UserFacingError', info }], code, message }
}
