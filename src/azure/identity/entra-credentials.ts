/** Credentials that ask a service by MSAL, and their headers; the build leaves out what the packages have beyond them. */
export { createHttpHeaders } from '@azure/core-rest-pipeline'
export {
  ClientAssertionCredential,
  ClientSecretCredential,
  EnvironmentCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from '@azure/identity'
