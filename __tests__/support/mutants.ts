/** Whether tests run against thousands of mutants (scripts/mutants.ts): those that take a second are left out then. */
export const isMutated = process.env.MUTANTS_TESTS !== undefined
