using Detector.Models.Autoencoders;
using Detector.Models.Training;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>Samples of one series as training data: laid on the grid by the same windowing that will serve them.</summary>
/// <param name="ticks">(N) UTC ticks, ascending.</param>
/// <param name="values">N × F.</param>
internal sealed class RowsReplay(IReadOnlyList<string> features, WindowShape shape, long[] ticks, double[] values) : ITrainingData
{
    public IReadOnlyList<string> Features => features;

    public WindowDimensions Dimensions => new(shape.Rows, features.Count);

    public ReadOnlySpan<double> Rows => values;

    public (long First, long Last) Range => (ticks[0], ticks[^1]);

    public void Replay(WindowVisitor visit)
    {
        var window = new WindowBuffer(shape, features.Count);
        for (int i = 0; i < ticks.Length; i++)
        {
            if ((window.Add(ticks[i], values.AsSpan(i * features.Count, features.Count)) & WindowStep.Ready) != 0)
                visit(window.Window, ticks[i], 0);
        }
    }
}
