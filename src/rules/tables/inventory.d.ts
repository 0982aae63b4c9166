/** A component: its JSON text is that of `rulemap/inventory.json`, to be read by `src/inventory/inventory.ts`. */
export declare const components: Readonly<Record<string, string>>

/** Configuration blocks by name, likewise. */
export declare const blocks: Readonly<Record<string, string>>

/** What is in a block, by the name that components, blocks and other bodies use for it, likewise. */
export declare const bodies: Readonly<Record<string, string>>

/** Lists of the values that a text may have, by name, likewise. */
export declare const values: Readonly<Record<string, string>>

/** Every release of Alloy, oldest first. */
export declare const releases: readonly string[]

/** The pre-release after the newest release, as far as it is known. */
export declare const ahead: string
