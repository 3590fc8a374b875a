using Detector.Models.Compute;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Simulation;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Cli.Simulate;

/// <summary>One run of the simulator: what happens to which plants, and how they are watched.</summary>
/// <param name="Change">What happens.</param>
/// <param name="Learning">Whether models are learned anew.</param>
/// <param name="Seed">Of the first plant.</param>
/// <param name="Days">Days of event time.</param>
internal sealed record SimulationSettings(PlantChange Change, bool Learning, int Seed, int Days)
{
    private const int SeedsOfRun = 1000; // so that the plants of one run are none of another's
    private static readonly DateTimeOffset s_start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero); // a Monday
    private static readonly TimeSpan s_warmup = TimeSpan.FromDays(7), s_changeAt = TimeSpan.FromDays(21), s_changeTakes = TimeSpan.FromDays(28);

    /// <summary>Whether hours of the day and of the week are looked for, as <c>Model:Calendar:Season</c>.</summary>
    public string Season { get; init; } = "none";

    /// <summary>Whether challengers begin with the champion's weights.</summary>
    public bool WarmStart { get; init; }

    /// <summary>Pumps of one kind; more than one share a model.</summary>
    public int Pumps { get; init; } = 1;

    /// <summary>Whether the change comes to the first pump alone.</summary>
    public bool HitsOne { get; init; }

    /// <summary>What the pipeline is told, beside the defaults.</summary>
    public PipelineOptions Options()
    {
        var options = new PipelineOptions
        {
            Window = { Length = TimeSpan.FromHours(2), Period = PlantMonths.Period },
            // Small, and few steps: a run has ten trainings or so, and months are to pass in a minute.
            Model = { Hidden = [32], Latent = 8, Calendar = { Season = Season }, Scope = Pumps > 1 ? "pipeline" : "series" },
            // Two weeks are needed to know a week by.
            Training = { Warmup = Change == PlantChange.Batch ? 2 * s_warmup : s_warmup, MaxSteps = 400 },
            Alert = { MergeGap = TimeSpan.FromHours(2) },
        };
        options.Training.Retrain.WarmStart = WarmStart;
        if (Learning)
            options.Training.Retrain.Every = TimeSpan.FromDays(7);
        return options;
    }

    /// <param name="explain">Told of every alert and decision.</param>
    /// <returns>What came of each pump.</returns>
    public IReadOnlyList<SimulationOutcome> Run(Action<string>? explain = null)
    {
        PipelineOptions options = Options();
        var learner = new ModelLearner("simulation", ModelSettingsFactory.Create(options), 1, null, ComputeDevice.Select("cpu"), TimeProvider.System) { WarmStarts = WarmStart };
        var pipeline = new PipelineRuntime(
            "simulation", options, "", learner, PipelineSinks.None, new DetectorMetrics(ProcessMetrics.NewRegistry()).Pipeline("simulation"));
        DateTimeOffset end = s_start.AddDays(Days);
        using var run = new SimulationRun(pipeline, [.. Enumerable.Range(0, Pumps).Select(Plant)]) { Explain = explain };
        run.Run(end);
        return [.. run.Pumps.Select((pump, index) => SimulationOutcome.Of(this, IsHit(index), pump, s_start + options.Training.Warmup, end, run.Decisions))];
    }

    private bool IsHit(int pump) => pump == 0 || !HitsOne;

    private PlantMonths Plant(int pump) =>
        new(Seed + SeedsOfRun * pump, IsHit(pump) ? Change : PlantChange.None, s_start, s_start + s_changeAt, s_changeTakes);
}
