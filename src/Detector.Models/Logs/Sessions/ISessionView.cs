namespace Detector.Models.Logs.Sessions;

/// <summary>One way to look at a session, fitted on normal ones. Higher = less normal; 0 is the least.</summary>
internal interface ISessionView
{
    string Name { get; }

    /// <param name="weights">Receives, for each event of the vocabulary and behind them for events unknown, how much it weighs; null when nobody asks.</param>
    double Score(SessionVector session, double[]? weights);
}
