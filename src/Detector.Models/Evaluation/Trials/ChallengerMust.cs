namespace Detector.Models.Evaluation.Trials;

/// <summary>How good a challenger has to be beside the champion, by what it was learned for.</summary>
public enum ChallengerMust
{
    /// <summary>Somebody asked for it.</summary>
    BeAsGood,

    /// <summary>Normal is known to be another since the champion was learned.</summary>
    BeBetter,

    /// <summary>Nothing says that the champion is not right any more.</summary>
    BeBetterBeyondChance,
}
