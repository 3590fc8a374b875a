using System.Text.Json;
using Detector.Models.Scaling;

namespace Detector.Models.Tests.Scaling;

public sealed class FeatureScalerTests
{
    [Fact]
    public void Fit_Robust_TakesMedianAndInterquartileRange()
    {
        var random = new Random(1);
        var rows = new double[20_000];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = i % 100 == 0 ? 1e6 : 50 + 3 * Simulation.Gaussian(random); // 1 % of outliers
        var scaler = FeatureScaler.Fit("robust", rows.AsSpan(0, 19_999), 1);
        Assert.Equal(50, scaler.Center[0], 0.1);
        Assert.InRange(scaler.Scale[0], 2.9, 2e4); // the range guard sees the outliers, the center does not
        var clean = FeatureScaler.Fit("robust", rows.Where(x => x < 1e6).ToArray(), 1);
        Assert.Equal(3, clean.Scale[0], 0.1);
    }

    [Fact]
    public void Fit_StandardAndMinMax_AreWhatTheirNamesSay()
    {
        double[] rows = [1, 2, 3, 4, 10];
        var standard = FeatureScaler.Fit("standard", rows, 1);
        Assert.Equal(4, standard.Center[0], 12);
        Assert.Equal(Math.Sqrt(10), standard.Scale[0], 12);
        var minMax = FeatureScaler.Fit("minmax", rows, 1);
        Assert.Equal((5.5, 4.5), (minMax.Center[0], minMax.Scale[0]));
    }

    [Theory]
    [InlineData("robust")]
    [InlineData("standard")]
    [InlineData("minmax")]
    public void Fit_ConstantSparseAndUnobserved_AreGuarded(string method)
    {
        var rows = new double[1000 * 4];
        for (var i = 0; i < 1000; i++)
        {
            rows[4 * i] = 300; // constant
            rows[4 * i + 1] = i < 3 ? 10 : 0; // moves too rarely for quantiles
            rows[4 * i + 2] = i % 2 == 0 ? double.NaN : double.PositiveInfinity; // never seen
            rows[4 * i + 3] = 0.1 + 0.2; // constant whose mean rounds
        }

        var scaler = FeatureScaler.Fit(method, rows, 4);
        Assert.Equal(6, scaler.Scale[0], 1e-9);
        Assert.True(scaler.Scale[1] >= 0.2 - 1e-12);
        Assert.Equal((0, 1), (scaler.Center[2], scaler.Scale[2]));
        Assert.Equal([2], scaler.Unobserved);
        Assert.Equal(0.02, scaler.Scale[3], 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(37)]
    public void Transform_AnyWidth_ScalesClipsAndKeepsTheMissing(int features)
    {
        var random = new Random(features);
        var rows = Enumerable.Range(0, 200 * features).Select(_ => 5 + 2 * Simulation.Gaussian(random)).ToArray();
        var scaler = FeatureScaler.Fit("robust", rows, features);
        double[] specials = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e308, -1e308, 4.25];
        for (var j = 0; j < features; j++)
            foreach (var special in specials)
            {
                var raw = rows.AsSpan(0, features).ToArray();
                raw[j] = special;
                var scaled = new float[features];
                scaler.Transform(raw, scaled);
                for (var k = 0; k < features; k++)
                    Assert.Equal(Expected(scaler, k, raw[k]), scaled[k]);
                if (special == 4.25)
                    Assert.Equal(4.25, scaler.Inverse(j, scaled[j]), 1e-5);
            }
    }

    [Fact]
    public void Transform_ManyRows_DoesNotAllocate()
    {
        var scaler = FeatureScaler.Fit("robust", [1, 2, 3, 4, 5, 6], 2);
        var raw = new double[2];
        var scaled = new float[2];
        scaler.Transform(raw, scaled);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            scaler.Transform(raw, scaled);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Json_RoundTrip_IsExact()
    {
        var scaler = FeatureScaler.Fit("standard", [0.1, double.NaN, 0.7, double.NaN], 2);
        var again = JsonSerializer.Deserialize<FeatureScaler>(JsonSerializer.Serialize(scaler))!;
        Assert.Equal(scaler.Center, again.Center);
        Assert.Equal(scaler.Scale, again.Scale);
        Assert.Equal(scaler.Unobserved, again.Unobserved);
    }

    [Fact]
    public void Fit_UnknownMethodOrTornRows_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => FeatureScaler.Fit("zscore", [1], 1));
        Assert.Contains("'zscore'", error.Message, StringComparison.Ordinal);
        Assert.Contains("robust, standard, minmax", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FeatureScaler.Fit("robust", [1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => new FeatureScaler("robust", [0], [0], []));
    }

    private static float Expected(FeatureScaler scaler, int j, double raw) =>
        double.IsFinite(raw) ? (float)Math.Clamp((raw - scaler.Center[j]) / scaler.Scale[j], -20, 20) : float.NaN;
}
