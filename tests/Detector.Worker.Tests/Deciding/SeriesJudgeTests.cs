using Detector.Models.Thresholds;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Deciding;

public sealed class SeriesJudgeTests : IAlertReceiver
{
    private readonly StubThreshold _threshold = new();
    private readonly List<Alert> _alerts = [];
    private readonly AlertOptions _options = new() { MergeGap = TimeSpan.FromSeconds(10), UpdateInterval = TimeSpan.FromSeconds(5), MaxFeatures = 2 };

    void IAlertReceiver.Accept(Alert alert) => _alerts.Add(alert);

    [Fact]
    public void Judge_ScoreAboveThenQuiet_FiresAndResolvesAfterTheMergeGap()
    {
        Judge((0, 0.5), (1, 3), (2, 0.5), (11, 0.5), (12, 0.5));
        Assert.Equal([AlertState.Firing, AlertState.Resolved], _alerts.Select(alert => alert.State));
        Alert resolved = _alerts[1];
        Assert.Equal((At(1), At(12), (DateTimeOffset?)At(1)), (resolved.StartedAt, resolved.UpdatedAt, resolved.EndedAt));
        Assert.Equal((2, _alerts[0].Id), (resolved.Revision, resolved.Id));
        Assert.Null(_alerts[0].EndedAt);
    }

    [Fact]
    public void EndEpisode_SeriesFellSilent_ResolvesAtTheLastSample()
    {
        var judge = new SeriesJudge(new SeriesIdentity("p", "s", "hash"), _options, TestPipeline.Learned.Model, "v", _threshold);
        judge.EndEpisode(this);
        foreach ((int second, double score) in new[] { (0, 3.0), (4, 3.5), (6, 0.5) })
        {
            judge.Judge(
                new Evidence { Ticks = At(second).UtcTicks, Score = score, Contributions = [0.3f, 0.1f, 0.6f], Expected = [0, 0, 0], Values = [7, 8, 9], Scaler = TestPipeline.Learned.Model.Scaler }, this);
        }

        judge.EndEpisode(this);
        judge.EndEpisode(this);
        Assert.Equal([AlertState.Firing, AlertState.Resolved], _alerts.Select(alert => alert.State));
        Assert.Equal((At(6), (DateTimeOffset?)At(4), 0.5), (_alerts[1].UpdatedAt, _alerts[1].EndedAt, _alerts[1].Score));
        Assert.Null(judge.Firing);
    }

    [Fact]
    public void Judge_AnomaliesWithinTheMergeGap_AreOneEpisode()
    {
        Judge((0, 3), (10, 3), (20, 3), (31, 3));
        Assert.Equal([AlertState.Firing, AlertState.Resolved, AlertState.Firing], _alerts.Select(alert => alert.State));
        Assert.Equal(At(20), _alerts[1].EndedAt);
        Assert.NotEqual(_alerts[0].Id, _alerts[2].Id);
    }

    [Fact]
    public void Judge_EpisodeShorterThanMinDuration_IsSilent()
    {
        _options.MinDuration = TimeSpan.FromSeconds(5);
        Judge((0, 3), (4, 3), (20, 0), (30, 3), (33, 3), (35, 3));
        Alert alert = Assert.Single(_alerts);
        Assert.Equal((At(30), At(35), 1), (alert.StartedAt, alert.UpdatedAt, alert.Revision));
    }

    [Fact]
    public void Judge_PeakGrows_UpdatesNotMoreOftenThanTheInterval()
    {
        _options.CriticalFactor = 1e9;
        Judge((0, 2), (1, 3), (4, 4), (5, 5), (6, 6), (7, 0), (9, 5.1), (11, 5.2), (20, 6.1));
        Assert.Equal(
            [(AlertState.Firing, 2.0), (AlertState.Updated, 5.0), (AlertState.Updated, 6.0)], _alerts.Select(alert => (alert.State, alert.Peak.Score)));
        Assert.Equal(At(5), _alerts[1].Peak.At);
    }

    [Fact]
    public void Judge_PeakBecomesImprobable_IsCriticalAtOnceAndStays()
    {
        _options.CriticalFactor = 100;
        Judge((0, 2), (1, 20), (2, 2), (20, 0));
        Assert.Equal(
            [(AlertState.Firing, Severity.Warning), (AlertState.Updated, Severity.Critical), (AlertState.Resolved, Severity.Critical)],
            _alerts.Select(alert => (alert.State, alert.Severity)));
    }

    [Fact]
    public void Judge_WhileAnEpisodeIsOpen_TheThresholdDoesNotLearn()
    {
        Judge((0, 0.5), (1, 3), (2, 0.5), (5, 3), (15, 0.5), (16, 0.5));
        Assert.Equal([0, 1, 16], _threshold.Observed);
    }

    [Fact]
    public void Judge_ThresholdMovesWithTheScore_VerdictNamesTheOneItWasHeldAgainst()
    {
        _threshold.MovesTo = 9;
        Verdict verdict = Assert.Single(Judge((0, 0.5)));
        Assert.Equal(new Verdict(false, 0.5, 1, _threshold.PValue(0.5)), verdict);
    }

    [Fact]
    public void Judge_Replayed_GivesTheSameAlerts()
    {
        (int, double)[] scores = [.. Enumerable.Range(0, 300).Select(i => (i, new Random(i).NextDouble() * 1.3))];
        Judge(scores);
        string[] first = [.. _alerts.Select(Text)];
        _alerts.Clear();
        Judge(scores);
        Assert.NotEmpty(first);
        Assert.Equal(first, _alerts.Select(Text));

        static string Text(Alert alert) => System.Text.Json.JsonSerializer.Serialize(alert);
    }

    [Fact]
    public void Judge_Alert_NamesTheStrongestFeaturesInTheSensorsUnits()
    {
        Judge((0, 3));
        IReadOnlyList<AlertFeature> features = _alerts[0].Features;
        Assert.Equal(["c", "a"], features.Select(feature => feature.Name));
        Assert.Null(features[0].Value);
        Assert.Equal(7, features[1].Value);
        Assert.InRange(features[1].Expected, features[1].Band[0], features[1].Band[1]);
    }

    [Fact]
    public void Create_OtherSeriesPipelineOrStart_GivesAnotherId()
    {
        string[] ids = [AlertId.Create("p", "s", 1), AlertId.Create("p", "t", 1), AlertId.Create("q", "s", 1), AlertId.Create("p", "s", 2)];
        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(ids[0], AlertId.Create("p", "s", 1));
        Assert.Matches("^[0-9a-f]{32}$", ids[0]);
    }

    private List<Verdict> Judge(params (int Second, double Score)[] scores)
    {
        var judge = new SeriesJudge(new SeriesIdentity("p", "s", "hash"), _options, TestPipeline.Learned.Model, "v", _threshold);
        var verdicts = new List<Verdict>();
        foreach ((int second, double score) in scores)
        {
            var evidence = new Evidence { Ticks = At(second).UtcTicks, Score = score, Contributions = [0.3f, 0.1f, 0.6f], Expected = [0, 0, 0], Values = [7, 8, double.NaN], Scaler = TestPipeline.Learned.Model.Scaler };
            verdicts.Add(judge.Judge(evidence, this));
        }

        return verdicts;
    }

    private static DateTimeOffset At(int second) => Rows.Time(second);

    /// <summary>A threshold of 1 that notes what it learns from; the p-value is 10 to the power of minus the score.</summary>
    private sealed class StubThreshold : IThreshold
    {
        public List<long> Observed { get; } = [];

        public double? MovesTo { get; set; }

        public string Method => "stub";

        public double Value { get; private set; } = 1;

        public double StatedPerDay => 1;

        public double? Drift => null;

        public void Fit(ReadOnlySpan<double> scores, ReadOnlySpan<long> ticks, ReadOnlySpan<int> segments = default)
        {
        }

        public double PValue(double score) => Math.Pow(10, -score);

        public double ExpectedPerDay(double score) => 1;

        public bool Observe(double score, long ticks, bool suspect = false)
        {
            bool above = score > Value;
            if (suspect)
                return above;
            Observed.Add((ticks - Rows.Start.UtcTicks) / TimeSpan.TicksPerSecond);
            Value = MovesTo ?? Value;
            return above;
        }

        public string Describe() => "";

        public ThresholdState Save() => throw new NotSupportedException();

        public void Save(BinaryWriter writer) => writer.Write(Value);

        public void Load(BinaryReader reader) => Value = reader.ReadDouble();
    }
}
