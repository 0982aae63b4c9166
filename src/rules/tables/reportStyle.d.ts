/** The style sheet of `--format html`: `src/render/html/report.css`. */
export declare const reportStyle: string
