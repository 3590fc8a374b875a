using System.Globalization;

namespace Detector.Models.Evaluation.Trials;

/// <summary>
/// Whether a challenger takes the champion's place: only if it gives no more false alarms than the stated rate allows, or than the champion gives, and
/// is not blinder on the made-up anomalies. Unless somebody asked for it, it must be better too, and where nothing says that normal is another now, beyond chance:
/// a champion is held against many challengers, and one that wins by luck changes what scores mean for nothing.
/// </summary>
public static class PromotionRule
{
    /// <summary>Chance with which the stated rate gives more false alarms than are allowed.</summary>
    private const double Doubt = 0.05;

    /// <summary>By so little the ranking of two models differs from one set of made-up anomalies to the next.</summary>
    private const double AreaNoise = 0.02;

    /// <summary>By so much a model ranks them better beyond chance: five times the noise.</summary>
    private const double AreaGain = 5 * AreaNoise;

    /// <summary>Chance with which a champion that keeps to its rate passes for one that does not.</summary>
    private const double Luck = 0.01;

    /// <summary>Standard deviations by which a model sees more of the made-up anomalies beyond chance: of two that are alike one does in a hundred reviews.</summary>
    private const double Beyond = 2.33;

    /// <summary>Share of the made-up anomalies by which two models that are alike differ.</summary>
    public const double Margin = 0.05;

    /// <returns>Null when the challenger is to be promoted, else why not, a sentence.</returns>
    public static string? Refusal(TrialFigures champion, TrialFigures challenger, ChallengerMust must = ChallengerMust.BeAsGood)
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
        return must != ChallengerMust.BeAsGood && !IsBetter(champion, challenger, must == ChallengerMust.BeBetterBeyondChance)
            ? Say($"it is no better: it sees {challenger.Seen} of {challenger.Events} made-up anomalies, the champion {champion.Seen}.")
            : null;
    }

    private static bool IsBetter(TrialFigures champion, TrialFigures challenger, bool beyondChance) =>
        challenger.Seen - champion.Seen > (beyondChance ? Beyond * Noise(champion, challenger) : Margin * challenger.Events)
        || challenger.AucPr >= champion.AucPr + (beyondChance ? AreaGain : AreaNoise)
        || (champion.FalseAlarms > Allowed(champion.Expected, Luck) && challenger.FalseAlarms < champion.FalseAlarms);

    /// <summary>Standard deviation of the difference of two binomial counts of one chance. Both see the same anomalies, so that it is rather less.</summary>
    private static double Noise(TrialFigures champion, TrialFigures challenger)
    {
        double share = (double)(champion.Seen + challenger.Seen) / (champion.Events + challenger.Events);
        return Math.Sqrt(2 * challenger.Events * share * (1 - share));
    }

    /// <summary>Least number that a Poisson variable exceeds with at most this chance.</summary>
    /// <param name="expected">Its mean, 0 or more.</param>
    /// <param name="chance">0…1.</param>
    public static int Allowed(double expected, double chance = Doubt)
    {
        double term = Math.Exp(-expected), sum = term;
        int count = 0;
        for (; sum < 1 - chance && count < 1_000_000; sum += term)
            term *= expected / ++count;
        return count;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
