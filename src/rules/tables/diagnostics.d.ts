/** What docs/diagnostics.yaml says of each code, as JSON to be parsed when it is needed: `CodeNotes`. */
export declare const diagnostics: Readonly<Record<string, string>>
