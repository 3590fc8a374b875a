namespace Detector.Models.Autoencoders;

/// <summary>Cells of the recurrent network by the name the configuration uses.</summary>
public static class RecurrentCells
{
    /// <summary>Gated recurrent unit (Cho et al. 2014).</summary>
    public const string Gru = "gru";

    /// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997).</summary>
    public const string Lstm = "lstm";

    public static IReadOnlyList<string> Names { get; } = [Gru, Lstm];
}
