using Detector.Models.Autoencoders;
using Detector.Models.Inference;
using Detector.Models.Scoring;
using Detector.Models.Statistics;

namespace Detector.Models.Tests.Scoring;

public sealed class CorrelationViewTests
{
    private static readonly WindowDimensions Dimensions = new(2, 2);

    [Fact]
    public void Observe_EveryFeatureInRangeButApart_IsFarMoreUnusualThanTogether()
    {
        CorrelationView view = Fitted();

        double together = Error(view, [1, 1, 1, 1]), apart = Error(view, [1, -1, 1, -1]);

        Assert.True(apart > 20 * together, $"{together} {apart}");
    }

    [Fact]
    public void Observe_SharesAddUpToTheMahalanobisDistance()
    {
        CorrelationView view = Fitted();
        float[] row = [0.3f, -0.2f, 0.1f, 0.4f];
        float[] whitened = new float[4];
        view.Whitening.Apply(row, whitened);

        Assert.Equal(whitened.Sum(q => q * q) / 4, Error(view, row), 1e-4);
    }

    [Fact]
    public void Observe_NewestMissing_CountsTheRest()
    {
        CorrelationView view = Fitted();
        float[] shares = new float[4];
        view.Observe(See(view, [0, 0, 9, 9], [1, 1, 0, 0]), new double[view.Slots], shares);

        Assert.InRange(view.Error(shares, 0), 0, 0.1);
    }

    private static double Error(CorrelationView view, float[] window)
    {
        float[] shares = new float[4];
        view.Observe(See(view, window, []), new double[view.Slots], shares);
        return view.Error(shares, 0);
    }

    private static WindowEvidence See(CorrelationView view, float[] window, float[] observed)
    {
        float[] projection = new float[view.Projection.Width];
        view.Projection.Run(window, window.Length, 1, projection);
        return new WindowEvidence(Dimensions, window, observed, [], false, projection);
    }

    private static CorrelationView Fitted()
    {
        var random = new Random(6);
        double[] rows = new double[4 * 3000];
        for (int i = 0; i < rows.Length; i += 2)
        {
            double common = random.NextDouble() * 4 - 2;
            (rows[i], rows[i + 1]) = (common + 0.1 * random.NextDouble(), common + 0.1 * random.NextDouble());
        }

        return new CorrelationView(Whitening.Fit(rows, 4, 0.01), 2);
    }
}
