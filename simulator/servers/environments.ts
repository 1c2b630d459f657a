/** The variables by which a process finds the simulator. */
import { delimiter, join } from 'node:path'
import { clockEnvironment } from '../clock/clock.ts'
import { API_PATH } from '../github/api.ts'
import { AZURE_CLI_PATH, type AzureCliLogin } from '../identity/azure-cli.ts'
import { ID_TOKEN_PATH } from '../identity/github-oidc.ts'
import { MANAGED_IDENTITY_PATH } from '../identity/managed-identity.ts'
import type { Servers } from './servers.ts'
import type { SimulatorState } from './state.ts'

/** What a job of a workflow has, with `permissions: id-token: write`. */
export function jobEnvironment(
  state: SimulatorState,
  servers: Servers,
  certificateFile: string,
): Record<string, string> {
  const { entra, oidc } = servers
  return {
    NODE_EXTRA_CA_CERTS: certificateFile,
    AZURE_AUTHORITY_HOST: entra.url,
    GITHUB_API_URL: `${oidc.url}${API_PATH}`,
    GITHUB_GRAPHQL_URL: `${oidc.url}/api/graphql`,
    ACTIONS_ID_TOKEN_REQUEST_URL: `${oidc.url}${ID_TOKEN_PATH}?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: state.requestToken,
    ...clockEnvironment(state.clock),
  }
}

/** What a machine with a managed identity has. */
export function managedIdentityEnvironment(state: SimulatorState, servers: Servers): Record<string, string> {
  return {
    IDENTITY_ENDPOINT: `${servers.entra.url}${MANAGED_IDENTITY_PATH}`,
    IDENTITY_HEADER: state.identityHeader,
  }
}

/** A PATH with the stand-in for Azure CLI, logged in that way. */
export function azureCliEnvironment(servers: Servers, login: AzureCliLogin): Record<string, string> {
  return {
    PATH: [join(import.meta.dirname, '..', 'az'), '/usr/bin', '/bin'].join(delimiter),
    AZ_STAND_IN_NODE: process.execPath,
    AZ_STAND_IN_URL: `${servers.entra.url}${AZURE_CLI_PATH}`,
    AZ_STAND_IN_LOGIN: login,
  }
}
