using Detector.Models.Autoencoders;
using Detector.Models.Training;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>
/// The collected samples of a slot's series as training data: laid on the grid by the same windowing that will serve them. In the order of the
/// series' keys, whichever was seen first.
/// </summary>
internal sealed class PoolReplay : ITrainingData
{
    /// <summary>Values that are learned from together, 512 MiB; with more, every second, third … series is.</summary>
    private const long MaxValues = 64 * 1024 * 1024;

    private readonly SeriesState[] _series;
    private readonly double[] _rows;

    public PoolReplay(IReadOnlyList<string> features, WindowShape shape, IReadOnlyList<SeriesState> series)
    {
        Features = features;
        Shape = shape;
        SeriesState[] members = [.. series.Where(member => member.Pool.Count > 0).OrderBy(member => member.Key, StringComparer.Ordinal)];
        long every = 1 + (members.Sum(member => (long)member.Pool.Count) * features.Count - 1) / MaxValues;
        _series = [.. members.Where((_, i) => i % every == 0)];
        _rows = new double[_series.Sum(member => member.Pool.Count) * features.Count];
        int at = 0;
        foreach (SeriesState member in _series)
        {
            for (int i = 0; i < member.Pool.Count; i++, at += features.Count)
                member.Pool.CopyRow(i, _rows.AsSpan(at, features.Count));
        }
    }

    public IReadOnlyList<string> Features { get; }

    public WindowShape Shape { get; }

    public WindowDimensions Dimensions => new(Shape.Rows, Features.Count);

    public ReadOnlySpan<double> Rows => _rows;

    public (long First, long Last) Range => (_series.Min(member => member.Pool.Ticks[0]), _series.Max(member => member.Pool.Ticks[^1]));

    public void Replay(WindowVisitor visit)
    {
        int at = 0;
        for (int s = 0; s < _series.Length; s++)
        {
            var window = new WindowBuffer(Shape, Features.Count);
            ReadOnlySpan<long> ticks = _series[s].Pool.Ticks;
            for (int i = 0; i < ticks.Length; i++, at += Features.Count)
            {
                if ((window.Add(ticks[i], _rows.AsSpan(at, Features.Count)) & WindowStep.Ready) != 0)
                    visit(window.Window, ticks[i], s);
            }
        }
    }
}
