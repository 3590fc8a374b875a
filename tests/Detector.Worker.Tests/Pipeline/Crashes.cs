using Detector.Models.Artifacts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>Lives over one directory, one after the other, of which each but the last ends in the middle.</summary>
/// <param name="directory">What outlives them.</param>
/// <param name="messages">What comes; each life hands over a piece more.</param>
/// <param name="options">Of each life.</param>
/// <param name="random">Where lives end: before, within or after a snapshot.</param>
internal sealed class Crashes(string directory, string[] messages, Func<PipelineOptions> options, Random random)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>Messages that the first life hands over.</summary>
    public required int First { get; init; }

    /// <summary>Messages that each life hands over more than the one before.</summary>
    public required (int Least, int Most) Step { get; init; }

    /// <summary>Longest time from the last message of a life to its end.</summary>
    public int MostMilliseconds { get; init; } = 40;

    /// <summary>Whether a message may come yet.</summary>
    public Func<Life, int, bool>? MayCome { get; init; }

    /// <summary>Where the lives began.</summary>
    public List<long> Began { get; } = [];

    /// <summary>What all lives published; none contradicts itself, another one or the undisturbed life.</summary>
    public SortedDictionary<string, string> Outcome { get; } = new(StringComparer.Ordinal);

    /// <param name="undisturbed">A life that has seen all messages.</param>
    public Crashes Run(Life undisturbed)
    {
        for (int end = First; ; end = Math.Min(end + random.Next(Step.Least, Step.Most), messages.Length))
        {
            bool isLast = end == messages.Length;
            Life? life = null;
            var source = new PositionedSource(messages, end) { StaysOpen = !isLast, MayCome = MayCome is null ? null : number => MayCome(life!, number) };
            using (life = new Life(directory, source, options()))
            {
                if (isLast)
                    life.RunToEnd(s_patience);
                else
                    Crash(life);
                Began.Add(source.Began);
                Assert.Empty(life.Contradictions);
                Assert.Empty(life.Refused);
                Compare(undisturbed, life, end);
            }

            if (isLast)
                return this;
        }
    }

    private void Crash(Life life)
    {
        life.Start();
        Assert.True(life.Source.HandedOver.Wait(s_patience, TestContext.Current.CancellationToken));
        Thread.Sleep(random.Next(0, MostMilliseconds));
        life.Crash();
    }

    private static IEnumerable<ModelDecision> Decisions(Life life) => life.Pipeline.Slots.SelectMany(slot => life.Pipeline.Learner.Decisions(slot.Key));

    private void Compare(Life undisturbed, Life life, int end)
    {
        string[] others = [.. life.Outcome.Where(pair => !undisturbed.Outcome.TryGetValue(pair.Key, out string? same) || same != pair.Value).Select(pair => $"{pair.Key} {pair.Value}")];
        Assert.True(
            others.Length == 0,
            $"Up to {end}, from {life.Source.Began}: {others.Length} of {life.Outcome.Count} ({life.Outcome.Keys.FirstOrDefault()}…) differ: {string.Join("; ", others.Take(6))}\n{string.Join('\n', Decisions(undisturbed))}\nbut\n{string.Join('\n', Decisions(life))}");
        foreach ((string key, string value) in life.Outcome)
            Outcome[key] = value;
    }
}
