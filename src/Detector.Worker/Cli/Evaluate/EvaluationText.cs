using System.Globalization;

namespace Detector.Worker.Cli.Evaluate;

/// <summary>An evaluation in words.</summary>
internal static class EvaluationText
{
    public static void Write(EvaluationSummary summary, TextWriter output)
    {
        output.WriteLine(Invariant(
            $"{summary.Rows:N0} rows of {Count(summary.Files, "file")}, {summary.AnomalousRows:N0} of them anomalous, {summary.UnscoredRows:N0} without a score"));
        output.WriteLine(Invariant(
            $"ranking      VUS-PR {Share(summary.VusPr)}  VUS-ROC {Share(summary.VusRoc)}  AUC-PR {Share(summary.AucPr)}  AUC-ROC {Share(summary.AucRoc)}  (buffer {string.Join(", ", summary.VusWindow.Distinct())} rows)"));
        output.WriteLine(Invariant($"rows         F1 {Share(summary.F1)}  FAR {Percent(summary.Far)}  MAR {Percent(summary.Mar)}  (best F1 with the labels in view {Share(summary.BestF1)})"));
        if (summary.Events is null)
        {
            output.WriteLine("The scores came without verdicts: a column 'anomaly' or 'threshold' gives the figures that need one.");
            return;
        }

        output.WriteLine(Invariant(
            $"events       {summary.EventsFound} of {summary.Events} found, median delay {Number(summary.DetectionDelaySeconds)} s; {Count(summary.FalseAlarms ?? 0, "false alarm")}, {Number(summary.FalseAlarmsPerDay)} a day; F1 {Share(summary.EventF1)}"));
        output.WriteLine(Invariant(
            $"affiliation  precision {Share(summary.AffiliationPrecision)}  recall {Share(summary.AffiliationRecall)}  F1 {Share(summary.AffiliationF1)}"));
        output.WriteLine(Invariant($"inflated     point-adjusted F1 {Share(summary.PaF1)}; as many rows called anomalous at random get {Share(summary.PaF1Random)}"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Share(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";

    private static string Percent(double? value) => value is { } share ? (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–";

    private static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "–";

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
