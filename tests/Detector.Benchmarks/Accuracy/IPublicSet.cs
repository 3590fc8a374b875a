namespace Detector.Benchmarks.Accuracy;

/// <summary>A public data set with the split and the rule by which others report on it.</summary>
internal interface IPublicSet
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>The set and its rule in a few words.</summary>
    string Title { get; }

    /// <param name="folder">Folder that holds all sets.</param>
    /// <exception cref="IOException">The set is not there.</exception>
    IReadOnlyList<AccuracyCase> Cases(string folder);

    /// <summary>Models that learn from the earlier two thirds of what is normal, tested on the rest of it, in which every alarm is false; none if nothing is normal for sure.</summary>
    /// <param name="folder">Folder that holds all sets.</param>
    IReadOnlyList<AccuracyCase> NormalCases(string folder) => [];

    /// <summary>Figures that only this set is reported by, in the order in which they are printed.</summary>
    IEnumerable<(string Name, double Value)> OwnFigures(IReadOnlyList<ScoredTest> tests) => [];
}
