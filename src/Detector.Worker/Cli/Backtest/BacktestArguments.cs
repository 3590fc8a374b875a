using Detector.Worker.Cli.Logs;

namespace Detector.Worker.Cli.Backtest;

/// <summary>What the user said on the command line.</summary>
internal sealed record BacktestArguments(string Input, string? Train, int? TrainRows, string? Scores, string? Report, bool Json, LogChoice? Logs = null);
