/** An address as it may be shown: without the user and password that a URL may hold. */
export const shownAddress = (address: string): string => address.replace(/\/\/[^/\s]*@/g, '//…@')
