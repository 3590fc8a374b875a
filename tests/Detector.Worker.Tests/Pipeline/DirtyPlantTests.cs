using System.Globalization;
using System.Text;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>
/// The simulated plant as it is, and with a fifth of its samples lost, one in twenty twice and one in twenty out of order: the same faults are found and
/// nothing else is alerted. With the default model, the service's own threads and fixed seeds.
/// </summary>
public sealed class DirtyPlantTests
{
    private const int Pumps = 3;
    private static readonly TimeSpan s_warmup = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_firstFault = TimeSpan.FromMinutes(27);
    private static readonly TimeSpan s_length = TimeSpan.FromMinutes(62);

    [Theory]
    [InlineData(1, "series")]
    [InlineData(2, "pipeline")]
    public void Run_SamplesLostTwiceAndOutOfOrder_GivesTheAlertsOfTheCleanStream(int seed, string scope)
    {
        Run clean = Watch(seed, scope, Disorder.None);
        Run dirty = Watch(seed, scope, new Disorder(Dropped: 0.2, Duplicated: 0.05, Late: 0.05, MostSecondsLate: 4, Seed: seed));

        Assert.Equal(4, clean.Faults.Count);
        Assert.All(clean.Faults, fault => Assert.Contains(clean.Episodes, episode => episode.Meets(fault)));
        Assert.All(clean.Faults, fault => Assert.Contains(dirty.Episodes, episode => episode.Meets(fault)));
        Assert.All(clean.Episodes, episode => Assert.Contains(dirty.Episodes, episode.Meets));
        Assert.All(dirty.Episodes, episode => Assert.Contains(clean.Episodes, episode.Meets));
        Assert.Equal(clean.BadData, dirty.BadData);
        Assert.Empty(dirty.Unfinished);
        Assert.DoesNotContain(DropReason.Late, dirty.Dropped);
        Assert.InRange(dirty.Dropped.Count(reason => reason == DropReason.Duplicate), 300, 700);
    }

    private static Run Watch(int seed, string scope, Disorder disorder)
    {
        var plant = new PlantSimulator(seed, Pumps, Rows.Start, Rows.Start + s_firstFault, Rows.Start + s_length);
        var sent = new List<(int Second, string Payload)>();
        for (int second = 0; second < s_length.TotalSeconds; second++)
            plant.Step((pump, at, values) => sent.Add((second, Json(pump, at, values.Span))));

        var options = new PipelineOptions();
        options.Model.Scope = scope;
        options.Window.Period = TimeSpan.FromSeconds(1);
        options.Window.AllowedLateness = TimeSpan.FromSeconds(5);
        options.Training.Warmup = s_warmup;
        using var flow = new TestFlow(TestPipeline.Create(options), new StubSource(disorder.Apply(sent))) { Patience = TimeSpan.FromMinutes(10) };
        flow.RunToEnd();
        return new Run(plant.Faults, flow);
    }

    private static string Json(string pump, DateTimeOffset at, ReadOnlySpan<double> values)
    {
        var text = new StringBuilder($$"""{"id":"{{pump}}","timestamp":"{{at:yyyy-MM-dd'T'HH:mm:ss'Z'}}","values":{""");
        for (int i = 0; i < values.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}\"{PumpSimulator.Sensors[i]}\":{values[i]:R}");
        return text.Append("}}").ToString();
    }

    private sealed record Run(IReadOnlyList<PlantFault> Faults, IReadOnlyList<Episode> Episodes, IReadOnlyList<string> BadData, IReadOnlyList<DropReason> Dropped, IReadOnlyList<int> Unfinished)
    {
        public Run(IReadOnlyList<PlantFault> faults, TestFlow flow)
            : this(
                faults,
                [.. flow.Alerts.Where(alert => alert.Kind == AlertKind.Anomaly).GroupBy(alert => alert.Id).Select(life => new Episode(life.Last()))],
                [.. flow.Alerts.Where(alert => alert is { Kind: AlertKind.Quality, State: AlertState.Firing })
                    .Select(alert => $"{alert.Series} {alert.Reason} {string.Join(',', alert.Features.Select(feature => feature.Name))}")],
                flow.DeadLetters.Reasons,
                flow.Source.Ledger.Unfinished)
        {
        }
    }

    private sealed record Episode(string Series, DateTimeOffset From, DateTimeOffset To)
    {
        public Episode(Alert last)
            : this(last.Series, last.StartedAt, last.EndedAt ?? last.UpdatedAt)
        {
        }

        public bool Meets(Episode other) => Series == other.Series && From <= other.To && To >= other.From;

        public bool Meets(PlantFault fault) => Series == fault.Series && From <= fault.End && To >= fault.Start;
    }
}
