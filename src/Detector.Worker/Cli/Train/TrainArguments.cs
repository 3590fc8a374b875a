namespace Detector.Worker.Cli.Train;

/// <summary>What the user said on the command line.</summary>
/// <param name="Input">CSV file of normal operation.</param>
/// <param name="State">State directory that the model goes to.</param>
/// <param name="Series">Series that the file stands for.</param>
/// <param name="Report">Page to write; null writes none.</param>
internal sealed record TrainArguments(string Input, string State, string Series, string? Report, OutputFormat Output);
