import { program } from '#rulemap/program'

/** Name and version of this program, for headers. */
export const tool = `${program.name} ${program.version}`
