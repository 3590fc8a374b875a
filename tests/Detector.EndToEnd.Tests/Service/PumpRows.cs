using System.Text;
using Detector.Worker.Cli.Quickstart;

namespace Detector.EndToEnd.Tests.Service;

/// <summary>The samples of one simulated pump as messages, a second apart; a leak that nobody could overlook in chosen stretches.</summary>
internal sealed class PumpRows
{
    public const string Series = "pump-1";

    /// <summary>Four times the worst leak of the quickstart: its first samples stand out.</summary>
    private const double Severity = 4;

    /// <summary>Event time of row 0.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly PumpSimulator _pump = new(seed: 11);
    private readonly double[] _values = new double[PumpSimulator.Sensors.Count];
    private int _row;

    /// <summary>The next rows.</summary>
    public (string Key, string Payload)[] Take(int count, bool leak = false) => Take(count, leak ? FaultKind.Leak : null);

    /// <summary>The next rows, with a fault of that kind.</summary>
    public (string Key, string Payload)[] Take(int count, FaultKind? fault)
    {
        var rows = new (string, string)[count];
        for (int i = 0; i < count; i++)
        {
            _pump.Next(fault, fault is null ? 0 : Severity, _values);
            rows[i] = (Series, Encoding.UTF8.GetString(SampleMessage.Create(Series, TimeOf(_row++), PumpSimulator.Sensors, _values).Payload));
        }

        return rows;
    }

    public static DateTimeOffset TimeOf(int row) => Start.AddSeconds(row);
}
