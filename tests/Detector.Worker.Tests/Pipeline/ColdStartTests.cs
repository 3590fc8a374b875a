using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>A new series is scored by the model of its group until it has its own.</summary>
public sealed class ColdStartTests : IDisposable
{
    private const int Known = 2 * (TestPipeline.TrainRows + 30), New = 420, Offset = 50;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void NewSeries_OfAKnownGroup_IsScoredLongBeforeItHasItsOwnModel()
    {
        using Life life = Run("undisturbed");

        string[] scores = [.. life.Outcome.Keys.Where(key => key.StartsWith("new ", StringComparison.Ordinal))];
        long first = scores.Min(key => Row(key.Split(' ')[1]));
        Assert.InRange(first, 31, 40);
        // Not one sample is left out, and none is scored twice, where its own model takes over.
        Assert.Equal(New - first, scores.Length);
        string[] fired = [.. Alerts(life).Where(alert => alert.Contains("\"State\":0", StringComparison.Ordinal))];
        string cold = Assert.Single(fired, alert => alert.Contains("00:02:", StringComparison.Ordinal) && alert.Contains("\"StartedAt\"", StringComparison.Ordinal));
        Assert.Contains("\"Scope\":\"group\"", cold, StringComparison.Ordinal);
        Assert.Contains(fired, alert => alert.Contains("00:05:3", StringComparison.Ordinal) && !alert.Contains("\"Scope\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Crash_WhileScoredByItsGroup_LaterScoresAndAlertsAreThoseOfAnUndisturbedRun()
    {
        using Life undisturbed = Run("undisturbed");
        Crashes crashed = new Crashes(Path.Combine(_directory.Path, "crashed"), Messages(), Options, new Random(11))
        {
            First = Known + 20, Step = (20, 90), MostMilliseconds = 60, MayCome = (life, number) => number < Known || life.Pipeline.Group!.Slot.Model is not null,
        }.Run(undisturbed);

        Assert.Equal(undisturbed.Outcome, crashed.Outcome);
    }

    [Fact]
    public void NewSeries_WithoutAFeatureOfTheGroup_WaitsForItsOwnModel()
    {
        using Life life = Run("other", row => [.. Values(row)[..2]]);

        Assert.Equal(TestPipeline.TrainRows, life.Outcome.Keys.Where(key => key.StartsWith("new ", StringComparison.Ordinal)).Min(key => Row(key.Split(' ')[1])));
    }

    [Fact]
    public void History_IsLearnedFromAndNotJudged()
    {
        PipelineRuntime pipeline = TestPipeline.Create();
        var output = new StubOutput();
        SeriesState series = pipeline.TryCreateSeries("s", _ => { })!;
        const int Now = TestPipeline.TrainRows + 40;
        series.QuietUntil = Rows.Time(Now).UtcTicks;
        for (int row = 0; row < Now + 10; row++)
        {
            Assert.Equal(DropReason.None, series.Offer(TestPipeline.Sample(row), Receipt.None, 0, output, out _));
            if (output.Requests != 1 || series.Slot.Model is not null)
                continue;
            series.Slot.Activate(pipeline.Live(TestPipeline.Learned));
            Assert.True(series.Follow(output));
        }

        Assert.Equal(Enumerable.Range(Now, 10).Select(row => Rows.Time(row).UtcTicks), output.Scored.Select(scored => scored.Ticks));
    }

    [Fact]
    public void Group_FirstSeriesBeforeARestart_CountsAfterIt()
    {
        string directory = Path.Combine(_directory.Path, "apart");
        string[] first = [.. Rows.Messages("one", 0, Known / 2)], second = [.. first, .. Rows.Messages("two", 0, Known / 2 + 1, 2)];
        using (Life before = new Life(directory, new PositionedSource(first, first.Length), Options()).RunToEnd())
            Assert.Null(before.Pipeline.Group!.Slot.Model);

        Life? after = null;
        using (after = new Life(
            directory, new PositionedSource(second, second.Length) { MayCome = number => number < second.Length - 1 || after!.Pipeline.Group!.Slot.Model is not null }, Options()))
        {
            after.RunToEnd();
            Assert.NotNull(after.Pipeline.Group!.Slot.Model);
        }
    }

    [Fact]
    public void Group_BrokenShares_AreCollectedAnew()
    {
        string directory = Path.Combine(_directory.Path, "broken"), folder = Path.Combine(directory, "models", "p", "%2Agroup");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "shares.bin"), [1, 1, 0, 0, 0, 2]);

        using Life life = Run("broken");

        Assert.NotNull(life.Pipeline.Group!.Slot.Model);
    }

    private Life Run(string directory, Func<int, double[]>? values = null)
    {
        string[] messages = Messages(values);
        Life? life = null;
        life = new Life(Path.Combine(_directory.Path, directory), new PositionedSource(messages, messages.Length) { MayCome = number => number < Known || life!.Pipeline.Group!.Slot.Model is not null }, Options());
        return life.RunToEnd();
    }

    private static PipelineOptions Options()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Model.ColdStart = "group";
        return options;
    }

    /// <summary>Two series that the group is learned from, then one whose second sensor stands elsewhere, with a fault in either part of its life.</summary>
    private static string[] Messages(Func<int, double[]>? values = null) =>
    [
        .. Rows.Messages("one", 0, Known / 2).Zip(Rows.Messages("two", 0, Known / 2, 2), (a, b) => new[] { a, b }).SelectMany(pair => pair),
        .. Enumerable.Range(0, New).SelectMany(row => (string[])
        [
            Rows.Json("new", row, (values ?? Values)(row)),
            .. row < Known / 2 ? [] : Rows.Messages("one", row, 1).Concat(Rows.Messages("two", row, 1, 2)), // silent they would be told of
        ]),
    ];

    private static double[] Values(int row)
    {
        double[] values = Rows.Values(row, 3, row < 200 ? 130 : 332);
        values[1] += Offset;
        return values;
    }

    private static IEnumerable<string> Alerts(Life life) => life.Outcome.Where(pair => pair.Value.Contains("\"Series\":\"new\"", StringComparison.Ordinal)).Select(pair => pair.Value);

    private static int Row(string ticks) => (int)((long.Parse(ticks, System.Globalization.CultureInfo.InvariantCulture) - Rows.Start.UtcTicks) / TimeSpan.TicksPerSecond);
}
