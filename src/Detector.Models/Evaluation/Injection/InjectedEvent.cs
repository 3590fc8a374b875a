namespace Detector.Models.Evaluation.Injection;

/// <summary>A made-up anomaly.</summary>
/// <param name="Rows">Rows it lasts.</param>
/// <param name="Features">Columns it shows in, ascending.</param>
/// <param name="Size">s, standard deviations; see <see cref="InjectedKind"/>.</param>
public sealed record InjectedEvent(InjectedKind Kind, RowRange Rows, IReadOnlyList<int> Features, double Size);
