using System.Globalization;
using System.Text;
using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;
using Detector.Worker.Simulation;

namespace Detector.Worker.Cli.Simulate;

/// <summary>
/// Has simulated pumps watched from their first sample on, on the calling thread: the service's own windowing, training, scoring, judging and reviewing, in
/// event time. Trainings are done as they are asked for, so that everything follows from the seed.
/// </summary>
internal sealed class SimulationRun : ISeriesOutput, IVerdictReceiver, IChallenges, IDisposable
{
    private readonly PipelineRuntime _pipeline;
    private readonly PipelineBatch _batch = new(144);
    private readonly BatchScorer _scorer = new();
    private readonly VerdictStage _verdicts;
    private readonly byte[][] _names = [.. PlantMonths.Sensors.Select(Encoding.UTF8.GetBytes)];
    private readonly Dictionary<string, SimulatedPump> _pumps = [];
    private readonly List<ModelDecision> _decisions = [];

    public SimulationRun(PipelineRuntime pipeline, IReadOnlyList<PlantMonths> plants)
    {
        _pipeline = pipeline;
        _verdicts = new VerdictStage(this, challenges: this);
        foreach (PlantMonths plant in plants)
        {
            string name = plants.Count == 1 ? "pump" : FormattableString.Invariant($"pump-{_pumps.Count + 1}");
            _pumps.Add(name, new SimulatedPump(plant, pipeline.TryCreateSeries(name, _ => { })!));
        }
    }

    public IEnumerable<SimulatedPump> Pumps => _pumps.Values;

    public IReadOnlyList<ModelDecision> Decisions => _decisions;

    /// <summary>Told of every alert and decision.</summary>
    public Action<string>? Explain { get; init; }

    bool ISeriesOutput.HasRoom => true;

    /// <summary>Runs the pumps until a time, a sample of each in turn.</summary>
    public void Run(DateTimeOffset until)
    {
        var sample = new DecodedSample();
        double[] values = new double[_names.Length];
        while (_pumps.Values.First().Plant.Now < until)
        {
            foreach ((string name, SimulatedPump pump) in _pumps)
            {
                sample.Begin(Encoding.UTF8.GetBytes(name));
                sample.Ticks = pump.Plant.Now.UtcTicks;
                pump.Plant.Next(values);
                for (int f = 0; f < values.Length; f++)
                    sample.Add(_names[f], values[f]);
                pump.Series.Offer(sample, Receipt.None, 0, this, out _);
                // One that waits for the answer to a review waits in the batch; nothing more is read meanwhile.
                while (_pumps.Values.Any(waiting => waiting.Series.IsHolding))
                {
                    Score();
                    foreach (SimulatedPump waiting in _pumps.Values)
                        waiting.Series.Follow(this);
                }
            }
        }

        foreach (SimulatedPump pump in _pumps.Values)
            pump.Series.ReleaseHeld(0, this);
        Score();
    }

    void ISeriesOutput.Score(SeriesState series, LiveModel model, ReadOnlySpan<double> window, long ticks, Receipt receipt, long arrival)
    {
        _batch.Add(series, model, window, ticks, receipt, arrival);
        if (_batch.IsFull)
            Score();
    }

    void ISeriesOutput.Skip(SeriesState series, long ticks, Receipt receipt)
    {
    }

    void ISeriesOutput.Signal(SeriesState series, in QualitySignal signal, Receipt receipt) => _batch.AddSignal(series, signal, receipt, 0);

    void ISeriesOutput.Review(SeriesState series, long ticks, bool commanded) => _batch.AddReview(series, ticks, commanded, 0);

    void ISeriesOutput.RequestTraining(SeriesState series) =>
        series.Slot.Activate(_pipeline.Live(ModelTraining.Train(_pipeline, series.Slot, null, CancellationToken.None)));

    bool IChallenges.TryTake(PipelineRuntime pipeline) => true;

    void IChallenges.Request(Challenge challenge)
    {
        (ModelDecision decision, LiveModel? next) = ChallengerTraining.Decide(challenge, TimeProvider.System, CancellationToken.None);
        _decisions.Add(decision);
        Explain?.Invoke(FormattableString.Invariant(
            $"{Time(decision.ReviewTicks)} {decision.Trigger}: {decision.Outcome} after {decision.Seconds:F1} s, {decision.Reason} Pool: {decision.Pool}."));
        challenge.Answer(next);
    }

    void IVerdictReceiver.OnVerdict(SeriesState series, long ticks, in Verdict verdict, Receipt receipt, long arrival)
    {
        if (verdict.Anomalous)
            _pumps[series.Key].Anomalous.Add(ticks);
    }

    void IVerdictReceiver.OnAlert(SeriesState series, Alert alert, Receipt receipt)
    {
        _pumps[series.Key].Alerts.Add(alert);
        Explain?.Invoke($"{Time(alert.UpdatedAt.UtcTicks)} {series.Key} {alert.Kind} {alert.State}: {alert.Message ?? AlertText.Explain(alert)}");
    }

    void IVerdictReceiver.OnSuppressed(SeriesState series, SuppressionReason reason, Receipt receipt) => _pumps[series.Key].Suppressed++;

    private static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _scorer.Dispose();
        foreach (ModelSlot slot in _pipeline.Slots)
            slot.Model?.Scorer.Dispose();
    }

    private void Score()
    {
        if (_batch.IsEmpty)
            return;
        _scorer.Score(_batch.Windows);
        _verdicts.Judge(_batch);
        _batch.Clear();
    }
}
