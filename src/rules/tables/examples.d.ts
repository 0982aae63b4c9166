/** Examples by component name, each as JSON to be parsed when it is needed: a list of `Example`. */
export declare const examples: Readonly<Record<string, string>>
