using Detector.Models.Evaluation;

namespace Detector.Models.Tests.Evaluation;

public sealed class NabCorpusTests
{
    private static readonly RowRange[] s_window = [new(10, 19)];

    [Fact]
    public void Score_AlarmAtTheStartOfTheWindowOnly_IsHundred()
    {
        NabScore score = Corpus(s_window, 10).Score(NabProfile.Standard);
        Assert.Equal(100, score.Score, 1e-9);
        Assert.Equal((1, 1, 0), (score.Found, score.Windows, score.FalseAlarms));
    }

    [Fact]
    public void Score_NoAlarm_IsZero()
    {
        var corpus = new NabCorpus();
        corpus.Add(Enumerable.Repeat(double.NegativeInfinity, 40).ToArray(), s_window, 0);
        Assert.Equal(0, corpus.Score(NabProfile.Standard).Score, 1e-12);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(19)]
    public void Score_AlarmLaterInTheWindow_IsTheScaledSigmoidOfItsPosition(int row)
    {
        // Row r of a window of 10 that ends at row 19 stands at −(20 − r)/10.
        double position = -(20 - row) / 10.0;
        double worth = (2 / (1 + Math.Exp(5 * position)) - 1) / (2 / (1 + Math.Exp(-5.0)) - 1);
        Assert.Equal(100 * (worth + 1) / 2, Corpus(s_window, row).Score(NabProfile.Standard).Score, 1e-9);
        Assert.Equal(100 * (worth + 2) / 3, Corpus(s_window, row).Score(NabProfile.RewardLowFalseNegatives).Score, 1e-9);
    }

    [Fact]
    public void Score_FalseAlarmThatMustComeToo_CostsByDistanceFromTheWindowBefore()
    {
        // Both alarms have the same score, so no threshold takes one alone. Row 22 is 3 of 9 window lengths behind the window.
        double cost = 0.11 * (2 / (1 + Math.Exp(5 * 3 / 9.0)) - 1);
        Assert.Equal(100 * (1 + cost + 1) / 2, Corpus(s_window, 10, 22).Score(NabProfile.Standard).Score, 1e-9);
        // Before any window it costs all of it.
        Assert.Equal(100 * (1 - 0.22 + 1) / 2, Corpus(s_window, 10, 3).Score(NabProfile.RewardLowFalsePositives).Score, 1e-9);
    }

    [Fact]
    public void Score_ManyFalseAlarms_ChoosesNotToAlarm() =>
        Assert.Equal(0, Corpus(s_window, [.. Enumerable.Range(0, 10), 19, .. Enumerable.Range(25, 15)]).Score(NabProfile.Standard).Score, 1e-12);

    [Fact]
    public void Score_AlarmsInProbation_CountForNothing()
    {
        var corpus = new NabCorpus();
        corpus.Add(Alarms(40, 2, 3, 10), s_window, probation: 5);
        Assert.Equal(100, corpus.Score(NabProfile.Standard).Score, 1e-9);
    }

    [Fact]
    public void Score_TwoSeries_ShareOneThreshold()
    {
        // Alone each is perfect; the second series' quiet rows lie above the first one's alarm.
        var corpus = new NabCorpus();
        corpus.Add(Alarms(40, 10), s_window, 0);
        corpus.Add([.. Alarms(40, 10).Select(score => score + 2)], s_window, 0);
        Assert.Equal(50, corpus.Score(NabProfile.Standard).Score, 1e-9);
    }

    [Fact]
    public void Score_MonotoneTransform_ChangesNothing()
    {
        double[] scores = RandomSeries.Create(3, 60).Scores;
        NabCorpus plain = new(), other = new();
        plain.Add(scores, s_window, 5);
        other.Add([.. scores.Select(Math.Exp)], s_window, 5);
        foreach (NabProfile profile in NabProfile.All)
            Assert.Equal(plain.Score(profile).Score, other.Score(profile).Score, 1e-12);
    }

    [Fact]
    public void Add_WindowsOutOfOrderOrNotANumber_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new NabCorpus().Add(new double[30], [new(10, 19), new(19, 22)], 0));
        Assert.Throws<ArgumentException>(() => new NabCorpus().Add(new double[15], s_window, 0));
        Assert.Contains("row 2", Assert.Throws<ArgumentException>(() => new NabCorpus().Add([0, 0, double.NaN], [], 0)).Message, StringComparison.Ordinal);
    }

    private static NabCorpus Corpus(RowRange[] windows, params int[] alarms)
    {
        var corpus = new NabCorpus();
        corpus.Add(Alarms(40, alarms), windows, 0);
        return corpus;
    }

    private static double[] Alarms(int rows, params int[] alarms) => [.. Enumerable.Range(0, rows).Select(row => alarms.Contains(row) ? 1.0 : 0)];
}
