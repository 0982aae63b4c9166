/** Rules by component name, each as JSON to be parsed when it is needed: `ComponentRules` without examples. */
export declare const components: Readonly<Record<string, string>>

/** Conditions that several components use, by name: what `$use` refers to, each a `Condition`. */
export declare const conditions: Readonly<Record<string, unknown>>
