using Detector.Models.Artifacts;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>What a review came to before a crash it comes to again, whatever the budget, or the pace of another source, is after it.</summary>
public sealed class ReviewReplayTests : IDisposable
{
    private const int Places = 8, Handover = 15;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("series", 0, Places)]
    [InlineData("series", Places, 0)]
    [InlineData("pipeline", 0, Places)]
    [InlineData("pipeline", Places, 0)]
    public void Crash_BudgetIsAnotherAfterIt_WhatWasGrantedOrRefusedStaysSo(string scope, int before, int after)
    {
        string[] messages = [.. Rows.SettlingMessages("s", 0, 1300)];
        // Nothing is saved but how the first model began: every review comes again.
        using (Life learned = new Life(_directory.Path, new PositionedSource(messages, 260), Options(scope)).RunToEnd(s_patience))
            Assert.NotEmpty(learned.Served);
        Life first = Crash(new Life(_directory.Path, new PositionedSource(messages, 1000) { StaysOpen = true }, Options(scope), interval: TimeSpan.FromHours(1), budget: Budget(before)));
        IReadOnlyList<ModelDecision> decided = Decisions(first);
        Assert.Equal(before > 0, decided.Any(decision => decision.Outcome == ModelDecision.Promoted));

        using Life second = new Life(_directory.Path, new PositionedSource(messages, messages.Length), Options(scope), budget: Budget(after)).RunToEnd(s_patience);

        Assert.True(Same(first, second) > 500);
        Assert.Equal(decided, Decisions(second).Take(decided.Count));
        Assert.Equal(after > 0, Decisions(second).Count > decided.Count); // of reviews that the first life did not see
    }

    [Fact]
    public void Crash_OtherSourceIsAheadAfterIt_WhatWasDecidedOnASharedModelStays()
    {
        const int Seconds = 900;
        string[] plant = [.. Enumerable.Range(0, Seconds).SelectMany(row => Rows.SettlingMessages("a", row, 1, 1).Concat(Rows.SettlingMessages("b", row, 1, 2)))];
        string[] hall = [.. Rows.SettlingMessages("c", 0, Seconds, 3)];
        int plantRow = 0, hallRow = 0;
        using (Life learned = new Life(
            _directory.Path, new PositionedSource(plant, 520), Options("pipeline"), other: new PositionedSource(hall, 260) { Name = "hall" }).RunToEnd(s_patience))
            Assert.NotEmpty(learned.Served);
        (plantRow, hallRow) = (260, 260);
        Life Begin(bool plantLeads, bool staysOpen) => new(
            _directory.Path,
            new PositionedSource(plant, plant.Length) { StaysOpen = staysOpen, Before = i => plantRow = i / 2, MayCome = i => plantLeads || hallRow == Seconds - 1 || i / 2 < hallRow - 60 },
            Options("pipeline"), interval: TimeSpan.FromHours(1),
            other: new PositionedSource(hall, hall.Length)
            {
                Name = "hall", StaysOpen = staysOpen, Before = i => hallRow = i, MayCome = i => !plantLeads || plantRow == Seconds - 1 || i < plantRow - 60,
            });

        Life first = Crash(Begin(plantLeads: true, staysOpen: true));
        IReadOnlyList<ModelDecision> decided = Decisions(first);
        Assert.Contains(decided, decision => decision.Outcome == ModelDecision.Promoted);
        (plantRow, hallRow) = (260, 260);
        using Life second = Begin(plantLeads: false, staysOpen: false).RunToEnd(s_patience);

        Assert.True(Same(first, second) > 500);
        Assert.Equal(decided, Decisions(second).Take(decided.Count));
        Assert.Equal(Decisions(second).Count, Decisions(second).DistinctBy(decision => decision.ReviewTicks).Count());
    }

    private static Life Crash(Life life)
    {
        life.Start();
        Assert.True(life.Source.HandedOver.Wait(s_patience, TestContext.Current.CancellationToken));
        // Behind the handover of every review but the last.
        Assert.True(SpinWait.SpinUntil(() => life.Published > 600, s_patience));
        life.Crash();
        Assert.Empty(life.Contradictions);
        return life;
    }

    /// <summary>How many scores both lives published; they are the same ones.</summary>
    private static int Same(Life first, Life second)
    {
        string[] both = [.. first.Outcome.Keys.Intersect(second.Outcome.Keys).Where(key => key.Contains(' ', StringComparison.Ordinal) && key.Length > 12 && char.IsDigit(key[^1]) && key[1] == ' ')];
        string[] others = [.. both.Where(key => first.Outcome[key] != second.Outcome[key]).Select(key => $"{key}: {first.Outcome[key]}, then {second.Outcome[key]}")];
        Assert.True(others.Length == 0, $"{others.Length} of {both.Length} differ: {string.Join("; ", others.Take(4))}\n{string.Join('\n', Decisions(second))}");
        return both.Length;
    }

    private static IReadOnlyList<ModelDecision> Decisions(Life life) => [.. life.Pipeline.Slots.SelectMany(slot => life.Pipeline.Learner.Decisions(slot.Key))];

    private static TrainingBudget Budget(int places) => new(TimeProvider.System, places);

    private static PipelineOptions Options(string scope)
    {
        PipelineOptions options = TestPipeline.Options();
        options.Model.Scope = scope;
        options.Training.Retrain = new()
        {
            Every = TimeSpan.FromSeconds(100), Review = TimeSpan.FromSeconds(20), Handover = TimeSpan.FromSeconds(Handover), PoolRows = 800,
        };
        return options;
    }
}
