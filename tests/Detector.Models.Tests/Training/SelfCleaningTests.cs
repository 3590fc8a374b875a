using Detector.Models.Scoring;
using Detector.Models.Tests.Scoring;
using Detector.Models.Training;

namespace Detector.Models.Tests.Training;

public sealed class SelfCleaningTests
{
    private const int Count = 1500, Length = 8, EpisodeLength = 6, EpisodeEvery = 120; // 5 % of the time

    private static readonly ModelSettings Cleaning = Plant.Quick with
    {
        Networks = ["denoising", "linear"],
        Trainer = Plant.Quick.Trainer with { Contamination = 0.1, MaxSteps = 300 },
    };

    [Fact]
    public void Train_EpisodesInTheTrainingRange_ExcludesMostAndLittleElse()
    {
        TrainedModel trained = Contaminated().Train(Cleaning with { Networks = ["linear"] });
        trained.Model.Dispose();

        CleaningReport report = trained.Report.Cleaning!;
        (int found, int wrong) = Judge(report);
        // The validation part is cleaned as well; only windows between the two parts are not looked at.
        int episodes = Enumerable.Range(0, Count).Count(Anomalous);
        Assert.True(found >= 0.7 * episodes && wrong <= 0.02 * Count, $"{found} of {episodes} and {wrong} others");
    }

    [Fact]
    public void Train_EpisodesInTheTrainingRange_NormalOperationIsLearnedBetterThanWithoutCleaning()
    {
        Plant contaminated = Contaminated(), clean = Plant.Run(Count, Length, 4, seed: 3);
        using AnomalyModel cleaned = contaminated.Train(Cleaning).Model;
        using AnomalyModel trusting = contaminated.Train(Cleaning with { Trainer = Cleaning.Trainer with { Contamination = 0 } }).Model;

        // How far an episode stands out from what is normal: the reason to clean.
        Assert.True(Contrast(cleaned, clean) > 1.1 * Contrast(trusting, clean), $"{Contrast(cleaned, clean)} and {Contrast(trusting, clean)}");
    }

    [Fact]
    public void Train_EpisodesFarOut_HaveNoSayInTheScales()
    {
        Plant clean = Plant.Run(Count, Length, 4, seed: 3);
        Plant contaminated = clean.With((row, feature, value) => Anomalous(row) ? value + 50 * Plant.Unit(feature) : value);
        using AnomalyModel expected = clean.Train(Cleaning with { Networks = ["linear"], Trainer = Cleaning.Trainer with { Contamination = 0 } }).Model;
        using AnomalyModel cleaned = contaminated.Train(Cleaning with { Networks = ["linear"] }).Model;

        Assert.All(expected.Scaler.Scale.Zip(cleaned.Scaler.Scale), pair => Assert.InRange(pair.Second / pair.First, 0.9, 1.1));
    }

    [Fact]
    public void Train_CleanRange_LosesNextToNothing()
    {
        TrainedModel trained = Plant.Run(Count, Length, 4, seed: 3).Train(Cleaning);
        trained.Model.Dispose();

        Assert.InRange(trained.Report.Cleaning!.Share, 0, 0.005);
        Assert.InRange(trained.Report.Cleaning.WindowsRemoved, 0, 0.01 * Count);
    }

    [Fact]
    public void Train_NotAskedFor_TrustsTheRange()
    {
        TrainedModel trained = Contaminated().Train(Cleaning with { Networks = ["linear"], Trainer = Cleaning.Trainer with { Contamination = 0 } });
        trained.Model.Dispose();
        Assert.Null(trained.Report.Cleaning);
    }

    [Fact]
    public void Train_SameSeed_CleansTheSame()
    {
        TrainedModel[] trained = [.. new int[2].Select(_ => Contaminated().Train(Cleaning))];
        foreach (TrainedModel one in trained)
            one.Model.Dispose();
        Assert.Equal(trained[0].Report.Cleaning!.Excluded, trained[1].Report.Cleaning!.Excluded);
        Assert.Equal(trained[0].Threshold.Value, trained[1].Threshold.Value);
    }

    [Fact]
    public void Blank_RowsOfAWindow_BecomeMissingAndSpoiltWindowsGo()
    {
        Plant plant = Plant.Run(300, Length, 2, seed: 1);
        using TrainingWindows windows = plant.Windows();
        int count = windows.Training.Count;
        var suspicious = new SuspiciousTimes(windows.RowTicks, 300);
        suspicious.Add(0, 100 * TimeSpan.TicksPerSecond);

        // The sample itself and its neighbours are missing: three windows end with one of them.
        Assert.Equal(TimeSpan.TicksPerSecond, windows.RowTicks);
        Assert.Equal(3, windows.Training.Blank(suspicious));
        Assert.Equal(count - 3, windows.Training.Count);
        int after = windows.Training.Ticks.IndexOf(104 * TimeSpan.TicksPerSecond);
        Assert.Equal([1, 1, 0, 0, 0, 1, 1, 1], windows.Training.Observed(after).ToArray().Chunk(2).Select(row => (int)row[0]));
        // What is missing is filled from its neighbours, rows 1 and 5 of this window.
        float[] window = windows.Training.Window(after).ToArray();
        Assert.All((float[])[window[5], window[7], window[9]], value => Assert.InRange(value, Math.Min(window[3], window[11]), Math.Max(window[3], window[11])));
        Assert.All(windows.Training.Observed(after + 10).ToArray(), value => Assert.Equal(1, value));
    }

    private static bool Anomalous(int row) => row % EpisodeEvery >= EpisodeEvery - EpisodeLength;

    /// <summary>A plant in which one feature is off by four units in every episode.</summary>
    private static Plant Contaminated() => Plant.Run(Count, Length, 4, seed: 3).With(
        (row, feature, value) => Anomalous(row) && feature == row / EpisodeEvery % 4 ? value + 4 * Plant.Unit(feature) : value);

    private static (int Found, int Wrong) Judge(CleaningReport report)
    {
        int[] excluded =
        [
            .. report.Excluded.SelectMany(range => Enumerable.Range((int)(range.From.Ticks / TimeSpan.TicksPerSecond), (int)((range.To - range.From).TotalSeconds + 1))),
        ];
        return (excluded.Count(Anomalous), excluded.Count(row => !Anomalous(row)));
    }

    /// <summary>Mean score of windows that end in an episode, over that of normal ones.</summary>
    private static double Contrast(AnomalyModel model, Plant clean)
    {
        int[] rows = [.. Enumerable.Range(1, 40).Select(i => i * 30)];
        return rows.Average(row => Scored.Alone(model, Disturbed(clean.Window(row), row % 4)).Score) / rows.Average(row => Scored.Alone(model, clean.Window(row)).Score);

        static double[] Disturbed(double[] window, int feature)
        {
            for (int row = Length - 3; row < Length; row++)
                window[row * 4 + feature] += 4 * Plant.Unit(feature);
            return window;
        }
    }
}
