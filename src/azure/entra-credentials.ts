/** Credentials that ask a service by MSAL; the build leaves out what `@azure/identity` has beyond them. */
export {
  ClientAssertionCredential,
  ClientSecretCredential,
  EnvironmentCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from '@azure/identity'
