using Detector.Models.Autoencoders;
using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

public sealed class SurpriseViewTests
{
    private const int Rows = 16;

    [Fact]
    public void Neighbour_ShapeSeenBefore_IsNoSurprise_AnotherIs_ThoughEveryValueIsUsual()
    {
        var view = new NeighbourView();
        double[] slots = Ran(view, 0, 600);

        Assert.InRange(Look(view, slots, 600, row => Wave(row))[0], 0, 0.6);
        Assert.InRange(Look(view, slots, 601, row => Wave(2 * row))[0], 1.2, 2);
    }

    [Fact]
    public void Neighbour_ManyRows_KeepsTheLatestUpToWhereTheWindowBegins()
    {
        var view = new NeighbourView();
        double[] slots = new double[view.Slots];
        view.Start(slots);
        for (int row = 0; row < 3000; row++)
            Look(view, slots, row, at => at);

        Assert.Equal(NeighbourView.Capacity, slots[ErrorCounts.Bins]);
        Assert.Equal(2999 - Rows + 1, slots[^1]);
        Assert.Equal(2999 - Rows + 1 - (NeighbourView.Capacity - 1), slots[ErrorCounts.Bins + 1]);
    }

    [Fact]
    public void Value_NewExtreme_IsASurprise_UntilItIsUsual()
    {
        var view = new ValueView(0);
        double[] slots = Ran(view, 0, 500);
        double first = Look(view, slots, 500, _ => 5)[0], later = 0;
        for (int row = 0; row < 500; row++)
            later = Look(view, slots, 501 + row, _ => 5)[0];

        Assert.InRange(first, 1.2, 1.5);
        Assert.InRange(later, 0, 0.4);
    }

    [Fact]
    public void Observe_MissingValue_IsNotJudgedNorCounted()
    {
        var view = new ValueView(0);
        double[] slots = Ran(view, 0, 100);
        float[] observed = [.. Enumerable.Repeat(1f, Rows - 1), 0];

        Assert.Equal([0f, 0f], Look(view, slots, 100, _ => 100, observed));
        Assert.Equal(100, slots[..ErrorCounts.Bins].Sum());
    }

    [Fact]
    public void Learn_EndOfTraining_IsWhereEverySeriesStarts()
    {
        var view = new NeighbourView();
        double[] slots = Ran(view, 0, 300);
        view.Learn(slots);
        double[] started = new double[view.Slots];
        view.Start(started);

        Assert.Equal(slots[..ErrorCounts.Bins], started[..ErrorCounts.Bins]);
        Assert.Equal(300, started[ErrorCounts.Bins]);
        Assert.Equal(Look(view, slots, 300, row => Wave(2 * row))[0], Look(view, started, 300, row => Wave(2 * row))[0], 1e-4);
    }

    [Fact]
    public void Observe_Score_IsTheErrorItself()
    {
        var view = new ValueView(0);
        double[] several = [1, 2, 3, 4, 5, 6, 7, 8];
        view.Score(0, several);

        Assert.Equal([1.0, 2, 3, 4, 5, 6, 7, 8], several);
        Assert.Equal(0.7f, view.Score([0.7f, 0]));
    }

    private static double[] Ran(ScoreView view, int from, int to)
    {
        double[] slots = new double[view.Slots];
        view.Start(slots);
        for (int row = from; row < to; row++)
            Look(view, slots, row, at => Wave(at));
        return slots;
    }

    private static float[] Look(ScoreView view, double[] slots, int newest, Func<int, double> value, float[]? observed = null)
    {
        float[] shares = new float[ScoreView.Spans];
        float[] window = [.. Enumerable.Range(newest - Rows + 1, Rows).Select(row => (float)value(row))];
        view.Observe(new WindowEvidence(new WindowDimensions(Rows, 1), window, observed, [], restarted: false), slots, shares);
        return shares;
    }

    /// <summary>A wave that is never twice quite the same.</summary>
    private static double Wave(int row) => Math.Sin(row * 0.4) + 0.1 * Math.Sin(row * row);
}
