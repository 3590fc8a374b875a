using Detector.Models.Evaluation.Injection;

namespace Detector.Models.Tests.Evaluation.Injection;

internal static class InjectedEventRows
{
    /// <summary>Indices of the rows of an event.</summary>
    public static IEnumerable<int> All(this InjectedEvent injected) => Enumerable.Range(injected.Rows.First, injected.Rows.Length);
}
