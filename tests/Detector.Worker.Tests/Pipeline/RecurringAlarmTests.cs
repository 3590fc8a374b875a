using System.Globalization;
using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>
/// A machine, a row every ten minutes, that from its tenth day on does something else each night at two for half an hour: what becomes of an alarm that comes
/// again and again, through the whole flow. Its nineteenth day has a fault of another sensor.
/// </summary>
public sealed class RecurringAlarmTests : IDisposable
{
    private const int RowsOfDay = 144, Warmup = 7, FirstNight = 9, Days = 21, FaultDay = 18;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Alarm_ThatRecursAndNobodyConfirms_IsAskedAboutLearnedAndQuiet()
    {
        using Life life = Run("rule");

        Alert question = Assert.Single(Questions(life), alert => alert.State == AlertState.Firing);
        Alert answered = Assert.Single(Questions(life), alert => alert.State == AlertState.Resolved);
        Assert.Contains("has come 4 times", question.Message, StringComparison.Ordinal);
        Assert.InRange(answered.UpdatedAt - question.UpdatedAt, TimeSpan.FromDays(1), TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        // Told on the nights before it was asked about, and not since.
        Assert.Equal([9, 10, 11, 12], Told(life, feature: "b"));
        ModelDecision learned = Assert.Single(life.Pipeline.Learner.Decisions("m"), decision => decision.Outcome == ModelDecision.Promoted);
        Assert.Equal(ModelDecision.NewNormal, learned.Trigger);
        Assert.True(learned.ReviewTicks >= answered.UpdatedAt.UtcTicks);
        // The new model knows it, so that what was unusual by far is hardly so.
        double before = Scores(life).Where(night => night.Ticks <= learned.ReviewTicks).Min(night => night.Score);
        double after = Scores(life).Where(night => night.Ticks > learned.ReviewTicks + TimeSpan.TicksPerHour).Max(night => night.Score);
        Assert.True(after < before / 2, $"Nights score {before:F2} at least before, {after:F2} at most after.");
        // Another fault is told, at once.
        Assert.Equal([FaultDay], Told(life, feature: "c"));
    }

    [Fact]
    public void Alarm_WhoseQuestionIsConfirmed_StaysToldAndIsNotLearned()
    {
        Alert question;
        using (Life before = Run("rule"))
            question = Questions(before).First();

        // The same messages give the same ids, so that the word can be there from the start.
        using Life life = Run("confirmed", new FeedbackMark(
            question.Id, FeedbackVerdict.Confirmed, question.Pipeline, question.Series, question.UpdatedAt, "test", question.StartedAt, question.StartedAt, question.Pattern!));

        Assert.Equal(question.Id, Assert.Single(Questions(life), alert => alert.State == AlertState.Firing).Id);
        Assert.Equal(Enumerable.Range(FirstNight, Days - FirstNight), Told(life, feature: "b"));
        Assert.Empty(life.Pipeline.Learner.Decisions("m"));
    }

    [Fact]
    public void Crash_WhileAnAlarmRecurs_TheSameIsAskedToldAndLearned()
    {
        using Life undisturbed = Run("undisturbed");

        Crashes crashed = new Crashes(Path.Combine(_directory.Path, "crashed"), Messages(), Options, new Random(2)) { First = 1400, Step = (400, 900) }.Run(undisturbed);

        Assert.Equal(undisturbed.Outcome, crashed.Outcome);
    }

    private Life Run(string directory, FeedbackMark? mark = null)
    {
        string[] messages = Messages();
        var life = new Life(Path.Combine(_directory.Path, directory), new PositionedSource(messages, messages.Length), Options());
        if (mark is not null)
            life.Pipeline.Deciding.Feedback.Add(mark);
        return life.RunToEnd(TimeSpan.FromMinutes(2));
    }

    private static PipelineOptions Options() => new()
    {
        Window = { Length = TimeSpan.FromMinutes(80), Period = TimeSpan.FromMinutes(10) },
        Model = { Networks = ["linear"], Latent = 2 },
        Training =
        {
            Warmup = TimeSpan.FromDays(Warmup), MaxSteps = 60, BatchSize = 32,
            // Only what recurs is a reason here: no schedule, no drift, and a shift of half an hour is none.
            Retrain = { Every = TimeSpan.FromDays(60), OnDrift = false, ShiftLimit = 9 },
        },
        Alert = { MergeGap = TimeSpan.FromHours(1) },
    };

    private static string[] Messages() => [.. Enumerable.Range(0, Days * RowsOfDay).Select(row =>
    {
        var random = new Random(100_003 + row);
        double wave = Math.Sin(row * Math.Tau / 23), night = IsNight(row) ? 3 : 0, fault = row / RowsOfDay == FaultDay && row % RowsOfDay is >= 60 and < 66 ? 6 : 0;
        double[] values = [10 * wave + Noise(), 5 - 3 * wave + Noise() + night, 0.5 * Noise() + fault];
        return $$$"""{"id":"m","timestamp":"{{{Time(row):yyyy-MM-dd'T'HH:mm:ss'Z'}}}","values":{"a":{{{Text(values[0])}}},"b":{{{Text(values[1])}}},"c":{{{Text(values[2])}}}}}""";

        double Noise() => 0.3 * (random.NextDouble() + random.NextDouble() + random.NextDouble());
    })];

    private static bool IsNight(int row) => row / RowsOfDay >= FirstNight && row % RowsOfDay is >= 12 and < 15;

    private static DateTimeOffset Time(int row) => Rows.Start.AddMinutes(10 * row);

    private static int Day(long ticks) => (int)(new DateTimeOffset(ticks, TimeSpan.Zero) - Rows.Start).TotalDays;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<Alert> Questions(Life life) => life.Alerts.Where(alert => alert.Drift == DriftReason.Recurrence);

    /// <summary>Days on which an alarm was told in which a feature stands on top.</summary>
    private static IEnumerable<int> Told(Life life, string feature) =>
        life.Alerts.Where(alert => alert is { Kind: AlertKind.Anomaly, State: AlertState.Firing } && alert.Features[0].Name == feature).Select(alert => Day(alert.StartedAt.UtcTicks));

    /// <summary>Scores of the half-hours at night.</summary>
    private static IEnumerable<(long Ticks, double Score)> Scores(Life life) =>
        from row in Enumerable.Range(0, Days * RowsOfDay)
        where IsNight(row) && life.Outcome.ContainsKey($"m {Time(row).UtcTicks}")
        select (Time(row).UtcTicks, BitConverter.Int64BitsToDouble(Convert.ToInt64(life.Outcome[$"m {Time(row).UtcTicks}"].Split(' ')[0], 16)));
}
