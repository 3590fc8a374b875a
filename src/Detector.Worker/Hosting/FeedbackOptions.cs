namespace Detector.Worker.Hosting;

/// <summary>How feedback comes, beside the page and the command line.</summary>
public sealed class FeedbackOptions
{
    /// <summary>
    /// Names of sources whose messages are feedback, <c>{"id":"…","verdict":"confirmed|no_anomaly|new_normal"}</c>, and no samples; no pipeline reads
    /// them.
    /// </summary>
    public IList<string> Sources { get; set; } = [];
}
