namespace Detector.Worker.Pipeline;

/// <summary>Who trains challengers.</summary>
internal interface IChallenges
{
    /// <summary>Whether there is room for another one; if so, a request must follow. What was granted or refused before a restart is so again.</summary>
    /// <param name="key">The model.</param>
    /// <param name="reviewTicks">Event time of the review that wants it.</param>
    bool TryTake(PipelineRuntime pipeline, string key, long reviewTicks);

    void Request(Challenge challenge);
}
