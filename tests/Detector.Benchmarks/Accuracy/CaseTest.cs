using Detector.Models.Evaluation;

namespace Detector.Benchmarks.Accuracy;

/// <summary>Rows that a model is tested on.</summary>
/// <param name="Name">Name of the series.</param>
/// <param name="File">CSV file with a column <c>label</c>.</param>
/// <param name="From">First row of the file that is evaluated.</param>
/// <param name="BufferWidth">L of the volume under the surface.</param>
internal sealed record CaseTest(string Name, string File, int From, int BufferWidth)
{
    /// <summary>Whether the test goes on where training ended: the rows are those after the training rows of the same file.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Rows at the start that the model has learned from although they are evaluated; false alarms are counted after them.</summary>
    public int Learned { get; init; }

    /// <summary>File that names the features at fault, if there is one.</summary>
    public string? Interpretation { get; init; }

    /// <summary>Windows of the Numenta benchmark, first and last event time.</summary>
    public IReadOnlyList<(long First, long Last)> Windows { get; init; } = [];
}
