namespace Detector.Models.Logs.Sessions;

/// <summary>How many kinds of events the session has that no normal one had.</summary>
internal sealed class NovelEvents : ISessionView
{
    public const string ViewName = "new_event";

    public string Name => ViewName;

    public double Score(SessionVector session, double[]? weights)
    {
        if (weights is not null)
            weights[^1] += session.Unknown;
        return session.Unknown;
    }
}
