namespace Detector.Worker.Pipeline;

/// <summary>Who trains challengers.</summary>
internal interface IChallenges
{
    /// <summary>Whether there is room for another one; if so, a request must follow.</summary>
    bool TryTake(PipelineRuntime pipeline);

    void Request(Challenge challenge);
}
