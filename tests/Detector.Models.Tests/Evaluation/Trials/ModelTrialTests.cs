using Detector.Models.Autoencoders;
using Detector.Models.Evaluation.Trials;
using Detector.Models.Training;

namespace Detector.Models.Tests.Evaluation.Trials;

public sealed class ModelTrialTests
{
    private const int Length = 16, Features = 4, Count = 2400;

    /// <summary>Rows of a stretch without a hole, and the event time from the start of one to that of the next.</summary>
    private const int Stretch = 100, Every = 300;

    private static readonly Plant s_plant = Plant.Run(Count, Length, Features, seed: 5);
    private static readonly TrainedModel s_model = Plant.Run(Count, Length, Features, seed: 6).Train();

    [Fact]
    public void Judge_RowsWithHoles_CountsTheTimeThatIsScoredAndSeesAsMuchAsWithout()
    {
        TrialFigures whole = Judge(row => row), pieces = Judge(row => row / Stretch * Every + row % Stretch);

        Assert.Equal(TimeSpan.FromSeconds(Count - Length + 1).TotalDays, whole.Days, 1e-9);
        Assert.Equal(TimeSpan.FromSeconds(Count - Count / Stretch * (Length - 1)).TotalDays, pieces.Days, 1e-9);
        Assert.True(pieces.Events > 40, $"{pieces.Events}");
        // Every event is on rows that are scored, and nothing that is remembered is disturbed by the holes.
        Assert.Equal((double)whole.Seen / whole.Events, (double)pieces.Seen / pieces.Events, 0.12);
        Assert.Equal(whole.Flagged, pieces.Flagged, 0.01);
    }

    private static TrialFigures Judge(Func<int, int> second)
    {
        long[] ticks = [.. Enumerable.Range(0, Count).Select(row => second(row) * TimeSpan.TicksPerSecond)];
        return new ModelTrial(ticks, s_plant.Rows.ToArray(), Features, values => new Pieces(ticks, values), TimeSpan.FromSeconds(Length), 1)
            .Judge(s_model.Model, s_model.Threshold);
    }

    /// <summary>Rows of one series with holes, behind which windows begin anew.</summary>
    private sealed class Pieces(long[] ticks, double[] values) : ITrainingData
    {
        public IReadOnlyList<string> Features => s_plant.Features;

        public WindowDimensions Dimensions => s_plant.Dimensions;

        public ReadOnlySpan<double> Rows => values;

        public (long First, long Last) Range => (ticks[0], ticks[^1]);

        public void Replay(WindowVisitor visit)
        {
            int held = 0;
            for (int row = 0; row < ticks.Length; row++)
            {
                held = row > 0 && ticks[row] - ticks[row - 1] == TimeSpan.TicksPerSecond ? held + 1 : 1;
                if (held >= Length)
                    visit(values.AsSpan((row + 1 - Length) * ModelTrialTests.Features, Length * ModelTrialTests.Features), ticks[row], 0);
            }
        }
    }
}
