namespace Detector.Worker.Pipeline;

// What became of reviews before a restart, so that a replay does the same whatever the budget says now.
internal sealed partial class PipelineRuntime
{
    /// <summary>A review goes by without a challenger.</summary>
    public void Pass(string key, long reviewTicks) =>
        Try($"That the review of model '{key}' in pipeline '{Name}' goes by could not be written down", () => Learner.Pass(key, reviewTicks));

    /// <summary>Why a challenger was learned at a review before a restart; empty where it went by without one, null where nobody knows.</summary>
    public string? TriggerOf(string key, long reviewTicks)
    {
        string? trigger = null;
        Try($"What became of the review of model '{key}' in pipeline '{Name}' cannot be read", () =>
            trigger = Learner.HasPassed(key, reviewTicks) ? "" : Learner.DecisionOn(key, key, reviewTicks)?.Trigger);
        return trigger;
    }

    private void Try(string failure, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Refused?.Invoke($"{failure}: {error.Message}");
        }
    }
}
