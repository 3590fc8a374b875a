using System.Globalization;

namespace Detector.Models.Evaluation.Trials;

/// <summary>
/// Whether a challenger takes the champion's place: only if it gives no more false alarms than the stated rate allows, or than the champion gives, and
/// is not blinder on the made-up anomalies. Unless normal is known to be another, it must be better too: one that is equally good costs a change for nothing.
/// </summary>
public static class PromotionRule
{
    /// <summary>Chance with which the stated rate gives more false alarms than are allowed.</summary>
    private const double Doubt = 0.05;

    /// <summary>By so little the ranking of two models differs from one set of made-up anomalies to the next.</summary>
    private const double AreaNoise = 0.02;

    /// <summary>Share of the made-up anomalies that a better model sees more.</summary>
    public const double Margin = 0.05;

    /// <param name="mustImprove">Whether nobody and no rule has said that normal is another now.</param>
    /// <returns>Null when the challenger is to be promoted, else why not, a sentence.</returns>
    public static string? Refusal(TrialFigures champion, TrialFigures challenger, bool mustImprove = false)
    {
        ArgumentNullException.ThrowIfNull(champion);
        ArgumentNullException.ThrowIfNull(challenger);
        if (challenger.Events == 0)
            return "no made-up anomaly changes anything in the held-out samples: they stand still or are missing, and nothing can be compared.";
        int allowed = Allowed(challenger.Expected);
        if (challenger.FalseAlarms > Math.Max(allowed, champion.FalseAlarms))
            return Say($"it gives {challenger.FalseAlarms} false alarms in {challenger.Days:F1} days, where {allowed} are allowed and the champion gives {champion.FalseAlarms}.");
        if (challenger.Seen < champion.Seen)
            return Say($"at equal false alarms it sees {challenger.Seen} of {challenger.Events} made-up anomalies, the champion {champion.Seen}.");
        if (challenger.AucPr < champion.AucPr - AreaNoise)
            return Say($"it ranks made-up anomalies worse: area {challenger.AucPr:F3}, the champion's {champion.AucPr:F3}.");
        // What a champion finds because it calls more normal rows anomalous is no merit.
        if (challenger.Found < champion.Found && champion.Flagged <= challenger.Flagged)
            return Say($"by its threshold it finds {challenger.Found} of {challenger.Events} made-up anomalies, the champion {champion.Found}.");
        return mustImprove && !IsBetter(champion, challenger)
            ? Say($"it is no better: it sees {challenger.Seen} of {challenger.Events} made-up anomalies, the champion {champion.Seen}.")
            : null;
    }

    private static bool IsBetter(TrialFigures champion, TrialFigures challenger) =>
        challenger.Seen - champion.Seen >= Margin * challenger.Events
        || challenger.AucPr >= champion.AucPr + AreaNoise
        || (champion.FalseAlarms > Allowed(champion.Expected) && challenger.FalseAlarms < champion.FalseAlarms);

    /// <summary>Least number that a Poisson variable exceeds with at most the stated doubt.</summary>
    /// <param name="expected">Its mean, 0 or more.</param>
    public static int Allowed(double expected)
    {
        double term = Math.Exp(-expected), sum = term;
        int count = 0;
        for (; sum < 1 - Doubt && count < 1_000_000; sum += term)
            term *= expected / ++count;
        return count;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
