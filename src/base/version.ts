/** This action's version; a test holds it equal to package.json's. */
export const version = '1.0.0'

/** How this action names itself to every service it asks. */
export const userAgent = `wait-for-azure-backup/${version}`
