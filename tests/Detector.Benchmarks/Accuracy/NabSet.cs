using System.Globalization;
using System.Text.Json;
using Detector.Models.Evaluation;

namespace Detector.Benchmarks.Accuracy;

/// <summary>The Numenta benchmark: one value at a time; a model learns from the probation rows, which are not scored.</summary>
internal sealed class NabSet : IPublicSet
{
    private const int QuietRows = 400;

    public string Name => "nab";

    public string Title => "Numenta benchmark, known causes and AWS";

    public IReadOnlyList<AccuracyCase> Cases(string folder)
    {
        string set = Path.Combine(folder, "nab");
        return [.. SetManifest.Series(set).Select(entry => Case(set, entry))];
    }

    public IEnumerable<(string Name, double Value)> OwnFigures(IReadOnlyList<ScoredTest> tests)
    {
        var corpus = new NabCorpus();
        foreach (ScoredTest test in tests)
            corpus.Add(Raised(test.Scores), [.. test.Test.Windows.Select(window => Rows(test, window))], probation: 0);
        foreach (NabProfile profile in NabProfile.All)
            yield return ($"NAB score, {profile.Name}", corpus.Score(profile).Score);
    }

    /// <summary>
    /// The scores of rows that would raise an alarm of their own. NAB takes each row above the threshold for an alarm; who is alerted once is not alerted
    /// again by what is no worse, so only rows above all of the 400 before them count. Nothing ahead of a row is looked at.
    /// </summary>
    private static double[] Raised(double[] scores)
    {
        double[] raised = new double[scores.Length];
        for (int row = 0; row < raised.Length; row++)
        {
            ReadOnlySpan<double> before = scores.AsSpan(Math.Max(0, row - QuietRows)..row);
            raised[row] = before.IsEmpty || scores[row] > System.Numerics.Tensors.TensorPrimitives.Max(before) ? scores[row] : double.NegativeInfinity;
        }

        return raised;
    }

    private static AccuracyCase Case(string set, JsonElement entry)
    {
        string file = Path.Combine(set, entry.Text("file"));
        int rows = entry.Number("probation_rows");
        var test = new CaseTest(entry.Text("series"), file, rows, BufferWidth.Fallback)
        {
            GoesOn = true,
            Windows = [.. entry.GetProperty("windows").EnumerateArray().Select(window => (Ticks(window[0]), Ticks(window[1])))],
        };
        return new AccuracyCase(entry.Text("series"), file, rows, [test]);
    }

    private static RowRange Rows(ScoredTest test, (long First, long Last) window) =>
        new(Array.IndexOf(test.Ticks, window.First), Array.IndexOf(test.Ticks, window.Last));

    private static long Ticks(JsonElement time) =>
        DateTime.Parse(time.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal).Ticks;
}
