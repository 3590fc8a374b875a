using Detector.Models.Compute;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;
using Detector.Worker.Telemetry;
using Prometheus;

namespace Detector.Benchmarks.Feedback;

/// <summary>
/// A pump of the quickstart's plant, scored as the service scores it: 15 minutes to learn from, then each fault in turn for 150 s every ten minutes,
/// all of them several times over.
/// </summary>
internal sealed class ScoredPump : ISeriesOutput
{
    private const int Warmup = 900, Cycle = 600, Lead = 300, FaultRows = 150;
    private const double RampRows = 30;

    private readonly BatchScorer _scorer = new();
    private readonly PipelineBatch _batch = new(1);
    private readonly Dictionary<long, (FaultKind? Fault, int Round)> _truth = [];

    public ScoredPump(int seed, int rounds, double strength)
    {
        var options = new PipelineOptions { Training = new TrainingOptions { Warmup = TimeSpan.FromSeconds(Warmup) } };
        var learner = new ModelLearner("bench", ModelSettingsFactory.Create(options), 1, null, ComputeDevice.Select("cpu"), TimeProvider.System);
        var pipeline = new PipelineRuntime(
            "bench", options, "", learner, PipelineSinks.None, new DetectorMetrics(Metrics.NewCustomRegistry()).Pipeline("bench"));
        SeriesState series = pipeline.TryCreateSeries("pump", _ => { })!;
        var pump = new PumpSimulator(seed);
        FaultKind[] kinds = Enum.GetValues<FaultKind>();
        for (int row = 0; row < Warmup + Lead + rounds * kinds.Length * Cycle; row++)
        {
            int cycle = Math.Max(0, row - Warmup - Lead) / Cycle, into = row - Warmup - Lead - cycle * Cycle;
            FaultKind? fault = into is >= 0 and < FaultRows ? kinds[cycle % kinds.Length] : null;
            Offer(series, pump, row, fault, cycle / kinds.Length);
        }

        Model = series.Model!;
        _scorer.Dispose();

        void Offer(SeriesState state, PumpSimulator simulator, int row, FaultKind? fault, int round)
        {
            double[] values = new double[PumpSimulator.Sensors.Count];
            double severity = fault is null ? 0 : strength * Math.Min(1, (row - Warmup - Lead) % Cycle / RampRows);
            simulator.Next(fault, severity, values);
            var sample = new DecodedSample();
            sample.Begin("pump"u8);
            sample.Ticks = PlantMessages.Start.AddSeconds(row).UtcTicks;
            for (int f = 0; f < values.Length; f++)
                sample.Add(System.Text.Encoding.UTF8.GetBytes(PumpSimulator.Sensors[f]), values[f]);
            _truth[sample.Ticks] = (fault, round);
            state.Offer(sample, Receipt.None, 0, this, out _);
            if (state.Slot.Model is not null)
                state.Follow(this);
        }
    }

    /// <summary>Every scored sample, in order.</summary>
    public List<ScoredRow> Rows { get; } = [];

    public LiveModel Model { get; }

    bool ISeriesOutput.HasRoom => true;

    void ISeriesOutput.Score(SeriesState series, LiveModel model, ReadOnlySpan<double> window, long ticks, Receipt receipt, long arrival)
    {
        _batch.Clear();
        _batch.Add(series, model, window, ticks, receipt, arrival);
        WindowBatch scored = _batch.Windows;
        _scorer.Score(scored);
        (FaultKind? fault, int round) = _truth[ticks];
        Rows.Add(new ScoredRow(ticks, fault, round, scored.Score(0), [.. scored.Contributions(0)], [.. scored.Expected(0)], [.. scored.Values(0)]));
    }

    void ISeriesOutput.Skip(SeriesState series, long ticks, Receipt receipt)
    {
    }

    void ISeriesOutput.Signal(SeriesState series, in QualitySignal signal, Receipt receipt)
    {
    }

    void ISeriesOutput.RequestTraining(SeriesState series) =>
        series.Slot.Activate(series.Pipeline.Live(ModelTraining.Train(series.Pipeline, series.Slot, null, CancellationToken.None)));
}
