/** The releases of Node that the program is tried on: the oldest that it runs on, and each even one since. */
export const majors: readonly string[] = ['20', '22', '24', '26']
