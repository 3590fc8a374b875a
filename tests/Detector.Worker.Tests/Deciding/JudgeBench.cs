using Detector.Models.Thresholds;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Deciding;

/// <summary>A judge with a threshold of 1 whose p-value is 10 to the power of minus the score, fed second by second.</summary>
internal sealed class JudgeBench : IAlertReceiver
{
    public JudgeBench(AlertOptions options, DecidingContext? context = null, string series = "s") =>
        Judge = new SeriesJudge(new SeriesIdentity("p", series, "hash"), options, TestPipeline.Learned.Model, "v", new FixedThreshold(), context);

    public SeriesJudge Judge { get; }

    public List<Alert> Alerts { get; } = [];

    public List<SuppressionReason> Suppressions { get; } = [];

    public IEnumerable<AlertState> States => Alerts.Select(alert => alert.State);

    void IAlertReceiver.Accept(Alert alert) => Alerts.Add(alert);

    void IAlertReceiver.Suppress(SuppressionReason reason) => Suppressions.Add(reason);

    /// <summary>One sample of three features.</summary>
    /// <param name="shares">Shares of the score with the signs of the deviations.</param>
    public Verdict Feed(int second, double score, params float[] shares)
    {
        if (shares.Length == 0)
            shares = [0.3f, 0.1f, 0.6f];
        var scaler = TestPipeline.Learned.Model.Scaler;
        double[] values = [.. shares.Select((share, f) => scaler.Inverse(f, 0) + (share < 0 ? -2 : 2))];
        return Judge.Judge(
            new Evidence { Ticks = At(second).UtcTicks, Score = score, Contributions = [.. shares.Select(Math.Abs)], Expected = [0, 0, 0], Values = values, Scaler = scaler }, this);
    }

    public static DateTimeOffset At(int second) => Rows.Time(second);

    private sealed class FixedThreshold : IThreshold
    {
        public string Method => "fixed";

        public double Value => 1;

        public double StatedPerDay => 1;

        public double? Drift => null;

        public void Fit(ReadOnlySpan<double> scores, ReadOnlySpan<long> ticks, ReadOnlySpan<int> segments = default)
        {
        }

        public double PValue(double score) => Math.Pow(10, -score);

        public double ExpectedPerDay(double score) => 1;

        public bool Observe(double score, long ticks, bool suspect = false) => score > Value;

        public string Describe() => "";

        public ThresholdState Save() => throw new NotSupportedException();

        public void Save(BinaryWriter writer)
        {
        }

        public void Load(BinaryReader reader)
        {
        }
    }
}
