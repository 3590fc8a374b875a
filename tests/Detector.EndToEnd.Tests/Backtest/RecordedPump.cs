using System.Globalization;
using System.Text;
using Detector.Worker.Cli.Quickstart;

namespace Detector.EndToEnd.Tests.Backtest;

/// <summary>A recording of one simulated pump, with a labelled fault.</summary>
internal static class RecordedPump
{
    public const int TrainRows = 300, Rows = 600, FaultFrom = 450, FaultTo = 500;

    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset TimeOf(int row) => Start.AddSeconds(row);

    /// <summary>The recording as CSV.</summary>
    /// <param name="label">The label of a row, by whether the fault is on; null leaves the column out.</param>
    public static string Csv(Func<bool, string>? label, int rows = Rows)
    {
        var pump = new PumpSimulator(seed: 5);
        var text = new StringBuilder($"timestamp,{string.Join(',', PumpSimulator.Sensors)}{(label is null ? "" : ",label")}\n");
        double[] values = new double[PumpSimulator.Sensors.Count];
        for (int row = 0; row < rows; row++)
        {
            bool fault = row is >= FaultFrom and < FaultTo;
            pump.Next(fault ? FaultKind.Leak : null, fault ? 4 : 0, values);
            text.Append(CultureInfo.InvariantCulture, $"{TimeOf(row):yyyy-MM-dd'T'HH:mm:ss'Z'}");
            foreach (double value in values)
                text.Append(CultureInfo.InvariantCulture, $",{value:R}");
            text.Append(label is null ? "" : "," + label(fault)).Append('\n');
        }

        return text.ToString();
    }

    public static string Csv() => Csv(fault => fault ? "1" : "0");
}
