using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>Keeps what a series puts out.</summary>
internal sealed class StubOutput : ISeriesOutput
{
    /// <summary>Windows that are still taken.</summary>
    public int Room { get; set; } = int.MaxValue;

    public bool HasRoom => Room > 0;

    public List<(long Ticks, double[] Window)> Scored { get; } = [];

    public List<long> Skipped { get; } = [];

    public List<QualitySignal> Signals { get; } = [];

    public int Requests { get; private set; }

    public void Score(SeriesState series, LiveModel model, ReadOnlySpan<double> window, long ticks, Receipt receipt, long arrival)
    {
        Room--;
        Scored.Add((ticks, window.ToArray()));
        receipt.Release();
    }

    public void Skip(SeriesState series, long ticks, Receipt receipt)
    {
        Skipped.Add(ticks);
        receipt.Release();
    }

    public void Signal(SeriesState series, in QualitySignal signal, Receipt receipt) => Signals.Add(signal);

    public void RequestTraining(SeriesState series) => Requests++;
}
