using Detector.Models.Scoring;
using Detector.Models.Training;

namespace Detector.Models.Tests.Scoring;

public sealed class DisturbanceTests(DisturbanceTests.Trained trained) : IClassFixture<DisturbanceTests.Trained>
{
    private const int Length = 16, Features = 6;

    public enum Disturbance
    {
        Spike,
        Shift,
        Stuck,
        Correlation,
    }

    [Theory]
    [InlineData(Disturbance.Spike)]
    [InlineData(Disturbance.Shift)]
    [InlineData(Disturbance.Stuck)]
    [InlineData(Disturbance.Correlation)]
    public void Contributions_OneFeatureDisturbed_PointAtIt(Disturbance disturbance)
    {
        int right = 0, all = 0;
        double normal = 0, disturbed = 0;
        for (int newest = 800; newest < 1000; newest += 9)
        {
            for (int f = 0; f < Features; f++)
            {
                Scored scored = Scored.Alone(trained.Model, Disturb(disturbance, newest, f, 1));
                Assert.Equal(1, scored.Contributions.Sum(), 1e-4);
                right += scored.Culprit == f ? 1 : 0;
                all++;
                normal += Scored.Alone(trained.Model, trained.Plant.Window(newest)).Score;
                disturbed += scored.Score;
            }
        }

        Assert.True(right > 0.75 * all, $"{right} of {all}");
        Assert.True(disturbed > 2 * normal, $"{disturbed / all} against {normal / all}");
    }

    [Theory]
    [InlineData(Disturbance.Spike)]
    [InlineData(Disturbance.Shift)]
    public void Score_GrowingDisturbance_Rises(Disturbance disturbance)
    {
        for (int f = 0; f < Features; f++)
        {
            double last = Scored.Alone(trained.Model, Disturb(disturbance, 900, f, 0.5)).Score;
            foreach (double size in (ReadOnlySpan<double>)[1, 2, 4])
            {
                double score = Scored.Alone(trained.Model, Disturb(disturbance, 900, f, size)).Score;
                Assert.True(score > last, $"{disturbance} of {size} in feature {f}: {score} after {last}");
                last = score;
            }
        }
    }

    private double[] Disturb(Disturbance disturbance, int newest, int feature, double size)
    {
        double[] window = trained.Plant.Window(newest), elsewhere = trained.Plant.Window(newest - 500);
        double unit = Plant.Unit(feature) * size;
        for (int row = 0; row < Length; row++)
        {
            int i = row * Features + feature;
            window[i] = disturbance switch
            {
                Disturbance.Spike => window[i] + (row == Length - 1 ? 3 * unit : 0),
                Disturbance.Shift => window[i] + (row >= Length / 2 ? 2 * unit : 0),
                Disturbance.Stuck => 100 + 2 * unit, // the last value a broken sensor gave
                _ => 200 - elsewhere[i], // a course that is normal by itself, but not beside the others
            };
        }

        return window;
    }

    public sealed class Trained : IDisposable
    {
        internal Plant Plant { get; } = Plant.Run(1000, Length, Features, seed: 7);

        public AnomalyModel Model { get; }

        public Trained() =>
            Model = Plant.Train(Plant.Quick with { Trainer = Plant.Quick.Trainer with { MaxSteps = 600 } }).Model;

        public void Dispose() => Model.Dispose();
    }
}
