/** Credentials that ask a CLI: a module of their own, so that a run with one of them does not load MSAL (0.7 MB). */
export { AzureCliCredential, AzurePowerShellCredential } from '@azure/identity'
