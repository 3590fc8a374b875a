using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Publishing;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Deciding;

public sealed class QualityJudgeTests : IAlertReceiver
{
    private readonly List<Alert> _alerts = [];

    void IAlertReceiver.Accept(Alert alert) => _alerts.Add(alert);

    [Fact]
    public void Judge_TwoFeaturesOneAfterTheOther_IsOneAlertThatFiresIsUpdatedAndResolved()
    {
        Judge(Stuck("a", false, 5, 20), Stuck("b", false, 8, 30), Stuck("a", true, 5, 40), Stuck("b", true, 8, 50));
        Assert.Equal([AlertState.Firing, AlertState.Updated, AlertState.Resolved], _alerts.Select(alert => alert.State));
        Assert.Equal([1, 2, 3], _alerts.Select(alert => alert.Revision));
        Assert.Single(_alerts.Select(alert => alert.Id).Distinct());
        Assert.Equal(["a", "b"], _alerts[2].Features.Select(feature => feature.Name));
        Assert.Equal((Rows.Time(5), Rows.Time(50), (DateTimeOffset?)Rows.Time(50)), (_alerts[2].StartedAt, _alerts[2].UpdatedAt, _alerts[2].EndedAt));
    }

    [Fact]
    public void Judge_TwoReasonsAtOnce_AreAlertsOfTheirOwn()
    {
        Judge(Stuck("a", false, 5, 20), new QualitySignal(QualityReason.Silent, false, Ticks(30), Ticks(90)), Stuck("a", true, 5, 100));
        Assert.Equal(
            [(QualityReason.Stuck, AlertState.Firing), (QualityReason.Silent, AlertState.Firing), (QualityReason.Stuck, AlertState.Resolved)],
            _alerts.Select(alert => (alert.Reason!.Value, alert.State)));
        Assert.Equal(2, _alerts.Select(alert => alert.Id).Distinct().Count());
    }

    [Fact]
    public void Judge_EndWithoutBeginning_SaysNothing()
    {
        Judge(Stuck("a", true, 5, 20));
        Assert.Empty(_alerts);
    }

    [Fact]
    public void Judge_Replayed_GivesTheSameIds()
    {
        QualitySignal[] signals = [Stuck("a", false, 5, 20), Stuck("a", true, 5, 30), Stuck("a", false, 40, 60), Stuck("b", false, 50, 70)];
        Judge(signals);
        string[] first = [.. _alerts.Select(alert => $"{alert.Id}-{alert.Revision}")];
        _alerts.Clear();
        Judge(signals);
        Assert.Equal(first, _alerts.Select(alert => $"{alert.Id}-{alert.Revision}"));
        Assert.NotEqual(_alerts[0].Id, _alerts[2].Id);
    }

    [Fact]
    public void Write_QualityAlert_HasItsKindAndReasonAndNoNumbers()
    {
        Judge(new QualitySignal(QualityReason.FeatureMissing, false, Ticks(5), Ticks(20), "flow"));
        OutboundRecord record = AlertWriter.Write(_alerts[0], Receipt.None);
        string json = System.Text.Encoding.UTF8.GetString(record.Payload);
        Assert.Contains("\"kind\":\"quality\",\"reason\":\"feature_missing\"", json, StringComparison.Ordinal);
        Assert.Contains("\"score\":null,\"threshold\":null,\"pValue\":null", json, StringComparison.Ordinal);
        Assert.Contains("{\"name\":\"flow\",\"contribution\":null,\"value\":null,\"expected\":null,\"band\":[]}", json, StringComparison.Ordinal);
        Assert.Contains(new("ce_type", "io.detector.quality.firing"), record.Headers);
        Alert? read = AlertWriter.Read(record.Payload);
        Assert.Equal((AlertKind.Quality, (QualityReason?)QualityReason.FeatureMissing), (read!.Kind, read.Reason));
    }

    private static QualitySignal Stuck(string feature, bool over, int started, int at) =>
        new(QualityReason.Stuck, over, Ticks(started), Ticks(at), feature, 7);

    private static long Ticks(int second) => Rows.Time(second).UtcTicks;

    private void Judge(params QualitySignal[] signals)
    {
        var judge = new QualityJudge(new SeriesIdentity("p", "s", "hash"), new AlertOptions(), new AlertModel("v", ["linear"]));
        foreach (QualitySignal signal in signals)
            judge.Judge(signal, this);
    }
}
