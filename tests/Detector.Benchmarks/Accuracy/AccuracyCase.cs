namespace Detector.Benchmarks.Accuracy;

/// <summary>One model: what it is trained on, and what it is tested on.</summary>
/// <param name="Name">Name of the series, or of what the tests have in common.</param>
/// <param name="TrainFile">CSV file of normal operation.</param>
/// <param name="TrainRows">Rows of it that are learned from; null: all.</param>
internal sealed record AccuracyCase(string Name, string TrainFile, int? TrainRows, IReadOnlyList<CaseTest> Tests)
{
    /// <summary>A model of the earlier two thirds of a recording of normal operation, tested on the rest.</summary>
    public static AccuracyCase Normal(string name, string file, int rows)
    {
        int learned = rows * 2 / 3;
        return new AccuracyCase(name, file, learned, [new CaseTest(name, file, learned, 0) { GoesOn = true }]);
    }
}
