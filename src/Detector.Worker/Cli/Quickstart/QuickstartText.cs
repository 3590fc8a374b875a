using System.Globalization;
using Detector.Worker.Contracts;
using Detector.Worker.Hosting;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>What the quickstart says before and after.</summary>
internal static class QuickstartText
{
    public static void WriteIntroduction(TextWriter output, IFeed feed, IQuickstartBroker broker, DetectorService service)
    {
        output.WriteLine($"Watching {feed.Description}.");
        output.WriteLine($"Broker   {broker.Address}   ({broker.Description})");
        output.WriteLine($"         {broker.ShowAlerts}");
        output.WriteLine($"Page     {service.PageUrl}");
        output.WriteLine($"Metrics  {service.MetricsUrl}");
        output.WriteLine();
    }

    public static void WriteSummary(TextWriter output, QuickstartSession session)
    {
        QuickstartSummary summary = session.Summary();
        output.WriteLine();
        foreach (FaultReport fault in summary.Faults)
            output.WriteLine(Line(fault));
        foreach (Alert alert in summary.FalseAlarms)
            output.WriteLine($"  false   {alert.StartedAt:yyyy-MM-dd HH:mm:ss}  {AlertText.Safe(alert.Series)}: {AlertText.Shares(alert)}");
        foreach (Alert alert in session.BadData)
            output.WriteLine($"  data    {alert.StartedAt:yyyy-MM-dd HH:mm:ss}  {AlertText.Safe(alert.Series)}: {AlertText.Trouble(alert)}");
        string delay = summary.MedianDelay is { } median ? string.Create(CultureInfo.InvariantCulture, $", median delay {median.TotalSeconds:F0} s") : "";
        output.WriteLine(
            $"{Count(summary.Faults.Count, session.IsSimulated ? "fault" : "labelled stretch", session.IsSimulated ? "faults" : "labelled stretches")}{(session.IsSimulated ? " injected" : "")}, {summary.Found} found, {summary.Missed} missed, " +
            $"{Count(summary.FalseAlarms.Count, "false alarm", "false alarms")}{delay}");
        if (!session.IsSimulated && summary.Faults.Count == 0)
            output.WriteLine("The file has no labelled stretches (a column 'label' of 0 and 1), so found, missed and false cannot be told apart.");
    }

    private static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    private static string Line(FaultReport fault)
    {
        if (fault.Alert is not { } alert)
            return $"  missed  {fault.Start:yyyy-MM-dd HH:mm:ss}  {AlertText.Safe(fault.Title)}";
        string sensor = fault.Explained switch
        {
            true => ", right sensor on top",
            false => ", another sensor on top",
            null => "",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  found   {fault.Start:yyyy-MM-dd HH:mm:ss}  {AlertText.Safe(fault.Title)} after {fault.Delay!.Value.TotalSeconds:F0} s{sensor}: {AlertText.Shares(alert)}");
    }
}
