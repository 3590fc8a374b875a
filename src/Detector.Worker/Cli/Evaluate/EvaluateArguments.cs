namespace Detector.Worker.Cli.Evaluate;

/// <summary>What the user said on the command line.</summary>
/// <param name="Scores">Files of scores.</param>
/// <param name="Labels">Files of labels, one for each.</param>
/// <param name="LabelColumn">Column of the labels.</param>
/// <param name="BufferWidth">L of the volume under the surface; null: the period of the first feature beside the labels.</param>
/// <param name="MergeGap">Anomalous rows no further apart are one alarm.</param>
internal sealed record EvaluateArguments(
    IReadOnlyList<string> Scores, IReadOnlyList<string> Labels, string LabelColumn, int? BufferWidth, TimeSpan MergeGap, bool Json);
