namespace Detector.Models.Logs.Sessions;

/// <summary>
/// Probability that a normal session scores as high, from the scores of normal sessions: their share within the range, an exponential tail beyond it.
/// </summary>
internal sealed class TailProbability
{
    /// <summary>Share of the scores, the highest, that give the tail's slope.</summary>
    private const double TailShare = 0.02;

    /// <summary>Evidence that no view goes beyond: where all normal sessions are alike, any other is of no probability at all.</summary>
    private const double Most = 12;

    private readonly double[] _scores;
    private readonly double _slope;

    public TailProbability(IEnumerable<double> scores)
    {
        _scores = [.. scores.Order()];
        int first = Math.Max(0, _scores.Length - Math.Max(10, (int)(TailShare * _scores.Length)));
        double excess = _scores.Length == 0 ? 0 : _scores[first..].Average() - _scores[first];
        double range = _scores.Length == 0 ? 1 : _scores[^1] - _scores[0];
        _slope = Math.Max(excess, Math.Max(0.05 * range, 0.05));
    }

    /// <summary>−log10 of the probability, from 0 to 12.</summary>
    public double Of(double score)
    {
        int below = Array.BinarySearch(_scores, score);
        if (below >= 0)
        {
            // Equal scores count as no lower.
            while (below > 0 && _scores[below - 1] == score)
                below--;
        }
        else
        {
            below = ~below;
        }

        double share = (_scores.Length - below + 1.0) / (_scores.Length + 1.0);
        double beyond = _scores.Length == 0 ? score : score - _scores[^1];
        return Math.Min(Most, -Math.Log10(share) + (beyond > 0 ? beyond / _slope / Math.Log(10) : 0));
    }

    /// <summary>The score that a share of the scores exceeds, between two of them on the side of fewer alarms.</summary>
    public double Quantile(double share)
    {
        double exceeding = share * _scores.Length;
        if (exceeding < 1)
            return _scores[^1] + _slope * Math.Log(1 / Math.Max(exceeding, 1e-6));
        return _scores[^(int)Math.Min(_scores.Length, Math.Floor(exceeding) + 0)];
    }
}
