/**
 * What is made from the records of {@link advx.cli.result}: files, tables and the report.
 *
 * <pre>
 * Results ──▶ ResultTable     the terminal, Markdown
 *    │
 *    └──────▶ ResultsFolder ─┬─▶ results.json     ResultsJson, and back
 *                            ├─▶ report.html      HtmlReport: SvgChart, SvgPanels, IntervalBar, PngSheet
 *                            ├─▶ report.md        MarkdownReport
 *                            └─▶ figures/         SvgChart, SvgPanels, PngSheet
 * </pre>
 *
 * <p>Start reading at {@link advx.cli.report.ResultsFolder}.
 */
package advx.cli.report;
