namespace Detector.Worker.Web;

/// <summary>Has the configuration read again. Called from any thread.</summary>
internal interface IReload
{
    /// <summary>Asks for it; several who ask before the service looks share one answer.</summary>
    /// <returns>What is wrong with the configuration, a sentence each; empty when it is being taken up.</returns>
    Task<IReadOnlyList<string>> AskAsync();
}
