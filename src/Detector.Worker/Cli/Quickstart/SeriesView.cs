using Detector.Worker.Pipeline;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>What the display shows of one series: its state, and score over threshold of the last while.</summary>
internal sealed class SeriesView(SeriesState series)
{
    private const int History = 40;
    private const string Bars = "▁▂▃▄▅▆▇█";
    private readonly Queue<double> _ratios = new();
    private long _seen;

    public SeriesState Series { get; } = series;

    public string Name => Series.Key;

    /// <summary>Score over threshold of the last while, oldest first.</summary>
    public IReadOnlyCollection<double> Ratios => _ratios;

    /// <summary>Takes a look at the latest verdict.</summary>
    public void Refresh()
    {
        SeriesStatus status = Series.Status;
        if (status.Ticks == 0 || status.Ticks == _seen)
            return;
        _seen = status.Ticks;
        _ratios.Enqueue(status.Score / status.Threshold);
        if (_ratios.Count > History)
            _ratios.Dequeue();
    }

    /// <summary>The state in words, with what is left of a warm-up.</summary>
    public string State(TimeSpan queuedFor) => Series.Slot.Phase switch
    {
        SlotPhase.Warming => $"warming up, {Series.Slot.Remaining():mm\\:ss} left",
        SlotPhase.Training => queuedFor > TimeSpan.Zero ? $"training {queuedFor.TotalSeconds:F0} s" : "training",
        _ => "watching",
    };

    /// <summary>A bar for a ratio; the upper half of the height is above the threshold.</summary>
    public static char Bar(double ratio) => Bars[(int)Math.Clamp(ratio * 4 - 0.01, 0, Bars.Length - 1)];
}
