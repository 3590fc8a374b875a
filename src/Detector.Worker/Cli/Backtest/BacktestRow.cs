using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Backtest;

/// <summary>One input row after training.</summary>
/// <param name="Ticks">Event time, UTC ticks.</param>
/// <param name="Verdict">Its verdict; null while the window fills after a gap.</param>
internal readonly record struct BacktestRow(long Ticks, Verdict? Verdict);
