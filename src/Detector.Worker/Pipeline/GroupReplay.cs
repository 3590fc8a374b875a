using Detector.Models.Autoencoders;
using Detector.Models.Training;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>The shares of several series as training data, a segment each.</summary>
internal sealed class GroupReplay(WindowShape shape, GroupShare[] shares) : ITrainingData
{
    private readonly double[] _rows = [.. shares.SelectMany(share => share.Values)];

    public IReadOnlyList<string> Features => shares[0].Features;

    public WindowDimensions Dimensions => new(shape.Rows, Features.Count);

    public ReadOnlySpan<double> Rows => _rows;

    public (long First, long Last) Range => (shares.Min(share => share.Ticks[0]), shares.Max(share => share.Ticks[^1]));

    public void Replay(WindowVisitor visit)
    {
        for (int s = 0; s < shares.Length; s++)
        {
            var window = new WindowBuffer(shape, Features.Count);
            for (int i = 0; i < shares[s].Ticks.Length; i++)
            {
                if ((window.Add(shares[s].Ticks[i], shares[s].Row(i)) & WindowStep.Ready) != 0)
                    visit(window.Window, shares[s].Ticks[i], s);
            }
        }
    }
}
