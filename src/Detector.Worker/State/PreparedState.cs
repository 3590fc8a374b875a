using Detector.Worker.Contracts;

namespace Detector.Worker.State;

/// <summary>State that is written, and in force once its transaction is committed.</summary>
/// <param name="Offset">What the transaction commits for the partition; by it a restart tells whether it was.</param>
/// <param name="Outputs">Records that the transaction takes along.</param>
internal sealed record PreparedState(long Offset, IReadOnlyList<StateOutput> Outputs);
