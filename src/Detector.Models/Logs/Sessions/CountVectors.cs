using Detector.Models.Statistics;

namespace Detector.Models.Logs.Sessions;

/// <summary>
/// Distance of the event counts from the nearest count vector of a normal session. A difference counts by how well normal counts tell one another:
/// by the deviation that an event's count keeps when all others are known, the inverse of the precision matrix's diagonal.
/// </summary>
internal sealed class CountVectors : ISessionView
{
    public const string ViewName = "counts";

    /// <summary>Least deviation, in doublings: an event that always came three times may one day come four times.</summary>
    private const double LeastDeviation = 0.1;

    private readonly double[][] _prototypes;
    private readonly double[] _scale;

    public CountVectors(IReadOnlyList<SessionVector> sessions, int events, int maxPrototypes)
    {
        _prototypes = [.. sessions.GroupBy(session => string.Join(' ', session.Counts)).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(maxPrototypes).Select(group => group.First().Values[..events])];
        _scale = new double[events];
        double[] rows = [.. sessions.SelectMany(session => session.Values[..events])];
        double[] deviations = sessions.Count < 2 ? _scale : Conditional(rows, events);
        for (int e = 0; e < events; e++)
            _scale[e] = 1 / Math.Max(LeastDeviation, deviations[e]);
    }

    public string Name => ViewName;

    public double Score(SessionVector session, double[]? weights)
    {
        double least = double.PositiveInfinity;
        double[]? nearest = null;
        foreach (double[] prototype in _prototypes)
        {
            double sum = 0;
            for (int e = 0; e < prototype.Length && sum < least; e++)
            {
                double difference = (session.Values[e] - prototype[e]) * _scale[e];
                sum += difference * difference;
            }

            if (sum >= least)
                continue;
            least = sum;
            nearest = prototype;
        }

        for (int e = 0; weights is not null && e < nearest?.Length; e++)
            weights[e] += Math.Pow((session.Values[e] - nearest[e]) * _scale[e], 2);
        return Math.Sqrt(least);
    }

    private static double[] Conditional(double[] rows, int events)
    {
        CovarianceEstimate covariance = Shrinkage.Covariance(rows, events);
        SymmetricEigen eigen = SymmetricEigen.Of(covariance.Matrix.ToArray(), events);
        double[] deviations = new double[events];
        for (int e = 0; e < events; e++)
        {
            double precision = 0;
            for (int k = 0; k < events; k++)
            {
                double v = eigen.Vectors[k * events + e];
                precision += v * v / Math.Max(eigen.Values[k], 1e-6);
            }

            deviations[e] = 1 / Math.Sqrt(precision);
        }

        return deviations;
    }
}
