using System.Globalization;
using System.Text;
using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;
using Detector.Worker.Simulation;

namespace Detector.Worker.Cli.Simulate;

/// <summary>
/// Has a simulated plant watched from its first sample on, on the calling thread: the service's own windowing, training, scoring, judging and reviewing, in
/// event time. Trainings are done as they are asked for, so that everything follows from the seed.
/// </summary>
internal sealed class SimulationRun : ISeriesOutput, IVerdictReceiver, IChallenges, IDisposable
{
    private readonly PipelineRuntime _pipeline;
    private readonly PipelineBatch _batch = new(144);
    private readonly BatchScorer _scorer = new();
    private readonly VerdictStage _verdicts;
    private readonly SeriesState _series;
    private readonly byte[][] _names = [.. PlantMonths.Sensors.Select(Encoding.UTF8.GetBytes)];
    private readonly List<Alert> _alerts = [];
    private readonly List<ModelDecision> _decisions = [];
    private readonly List<long> _anomalous = [];

    public SimulationRun(PipelineRuntime pipeline)
    {
        _pipeline = pipeline;
        _verdicts = new VerdictStage(this, challenges: this);
        _series = pipeline.TryCreateSeries("pump", _ => { })!;
    }

    public IReadOnlyList<Alert> Alerts => _alerts;

    public IReadOnlyList<ModelDecision> Decisions => _decisions;

    /// <summary>Event times of the samples that were called anomalous.</summary>
    public IReadOnlyList<long> Anomalous => _anomalous;

    /// <summary>Seconds of the clock that went into challengers.</summary>
    public double TrainingSeconds => _decisions.Sum(decision => decision.Seconds);

    /// <summary>Told of every alert and decision.</summary>
    public Action<string>? Explain { get; init; }

    bool ISeriesOutput.HasRoom => true;

    /// <summary>Runs the plant until a time.</summary>
    public void Run(PlantMonths plant, DateTimeOffset until)
    {
        var sample = new DecodedSample();
        double[] values = new double[_names.Length];
        while (plant.Now < until)
        {
            sample.Begin("pump"u8);
            sample.Ticks = plant.Now.UtcTicks;
            plant.Next(values);
            for (int f = 0; f < values.Length; f++)
                sample.Add(_names[f], values[f]);
            _series.Offer(sample, Receipt.None, 0, this, out _);
            while (_series.IsHolding)
            {
                // It waits for the answer to a review, which waits in the batch.
                Score();
                _series.Follow(this);
            }
        }

        _series.ReleaseHeld(0, this);
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

    bool IChallenges.TryTake(PipelineRuntime pipeline, string key, long reviewTicks) => true;

    void IChallenges.Request(Challenge challenge)
    {
        (ModelDecision decision, LiveModel? next) = ChallengerTraining.Decide(challenge, TimeProvider.System, CancellationToken.None);
        _decisions.Add(decision);
        Explain?.Invoke(FormattableString.Invariant(
            $"{Time(decision.ReviewTicks)} {decision.Trigger}: {decision.Outcome} after {decision.Seconds:F1} s, {decision.Reason} Pool: {decision.Pool}."));
        challenge.Series.Answer(new ReviewAnswer(challenge.ReviewTicks, next));
    }

    void IVerdictReceiver.OnVerdict(SeriesState series, long ticks, in Verdict verdict, Receipt receipt, long arrival)
    {
        if (verdict.Anomalous)
            _anomalous.Add(ticks);
    }

    void IVerdictReceiver.OnAlert(SeriesState series, Alert alert, Receipt receipt)
    {
        _alerts.Add(alert);
        Explain?.Invoke($"{Time(alert.UpdatedAt.UtcTicks)} {alert.Kind} {alert.State}: {alert.Message ?? AlertText.Explain(alert)}");
    }

    private static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _scorer.Dispose();
        _series.Slot.Model?.Scorer.Dispose();
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
