/**
 * The defaults of action.yml that the code needs too: an input that is given empty (`environment: ${{ vars.UNSET }}`)
 * counts as not given, but the runner puts no default in its place. A test holds the two equal.
 */
export const defaults: Readonly<Record<string, string>> = {
  operation: 'Backup',
  'appear-within-minutes': '0',
  'vault-type': 'recovery-services',
  'wait-for': 'completion',
  'timeout-minutes': '350',
  'poll-interval-seconds': '30',
  'fail-on': 'failure',
  'cancel-job': 'never',
  environment: 'azurecloud',
  'verify-recovery-point': 'false',
  'comment-in-pr': 'never',
  summary: 'true',
}
