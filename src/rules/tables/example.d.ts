/** The configuration that the chart runs when its values hold none: `rulemap/example.alloy`. */
export declare const example: string
