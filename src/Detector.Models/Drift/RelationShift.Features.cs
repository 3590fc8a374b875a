namespace Detector.Models.Drift;

// Features that come and go, without a new anchor for the others. Ω is the precision of a Gaussian: a feature is left out of it by its marginal, and one is
// joined to it by its regression on the others, p(x, y) = p(x) p(y | x) (Lauritzen, "Graphical Models", 1996). What has moved since the anchor was taken stays moved.
public sealed partial class RelationShift
{
    /// <summary>The same anchor with other features.</summary>
    /// <param name="places">For each feature its place here, −1 for one that is new and anchored on how it lies to the others now.</param>
    /// <param name="rows">N × features, NaN where missing: what the new ones are anchored on.</param>
    /// <param name="ticks">(N) their times, UTC ticks, ascending.</param>
    public RelationShift On(IReadOnlyList<int> places, ReadOnlySpan<double> rows, ReadOnlySpan<long> ticks)
    {
        ArgumentNullException.ThrowIfNull(places);
        int size = places.Count;
        var other = new RelationShift(size, new TimeSpan(_memory));
        if (!IsAnchored)
            return other;
        (other._centre, other._spread, other._usual) = (new double[size], new double[size], new double[size]);
        double[] joint = new double[size * size], usual = new double[size], mean = new double[size];
        List<int> known = [.. Enumerable.Range(0, size).Where(f => places[f] >= 0)];
        double[] marginal = Marginal([.. known.Select(f => places[f])]), usualLevels = Levels(_usual), meanLevels = Levels(_mean);
        for (int i = 0; i < known.Count; i++)
        {
            (int f, int place) = (known[i], places[known[i]]);
            (other._centre[f], other._spread[f]) = (_centre[place], _spread[place]);
            (usual[f], mean[f]) = (usualLevels[place], meanLevels[place]);
            for (int j = 0; j < known.Count; j++)
                joint[f * size + known[j]] = marginal[i * known.Count + j];
        }

        foreach (int f in Enumerable.Range(0, size).Where(f => places[f] < 0))
        {
            double[] slopes = other.Join(f, known, joint, rows);
            for (int i = 0; i < slopes.Length; i++)
            {
                usual[f] += slopes[i] * usual[known[i]];
                mean[f] += slopes[i] * mean[known[i]];
            }

            known.Add(f);
        }

        other._precision = OverRootOfDiagonal(joint, size);
        other._reach = other.Reach(rows, ticks);
        for (int f = 0; f < size; f++)
        {
            other._reach[f] = places[f] < 0 ? other._reach[f] : _reach[places[f]];
            other._usual[f] = other._mean[f] = 0;
            for (int g = 0; g < size; g++)
            {
                other._usual[f] += other._precision[f * size + g] * usual[g];
                other._mean[f] += other._precision[f * size + g] * mean[g];
            }
        }

        (other._first, other._last) = (_first, _last);
        return other;
    }

    /// <summary>Adds a feature to a precision: its regression on the others, and the variance that this leaves of it.</summary>
    /// <param name="known">The others.</param>
    /// <param name="joint">(F, F) precision, written.</param>
    /// <returns>Slopes on the others, standardised.</returns>
    private double[] Join(int feature, List<int> known, double[] joint, ReadOnlySpan<double> rows)
    {
        int count = 0, size = known.Count;
        double[] means = new double[size], products = new double[size * size], withFeature = new double[size], slopes = new double[size];
        (double centre, double spread) = Moments(rows, feature);
        (_centre[feature], _spread[feature], joint[feature * _features + feature]) = (centre, spread, 1);
        if (spread <= 0)
            return slopes;
        double variance = 0;
        for (int at = 0; at < rows.Length; at += _features)
        {
            Scale(rows.Slice(at, _features));
            if (!double.IsFinite(rows[at + feature]))
                continue;
            count++;
            variance += _scaled[feature] * _scaled[feature];
            for (int i = 0; i < size; i++)
            {
                means[i] += _scaled[known[i]];
                withFeature[i] += _scaled[known[i]] * _scaled[feature];
                for (int j = 0; j < size; j++)
                    products[i * size + j] += _scaled[known[i]] * _scaled[known[j]];
            }
        }

        for (int i = 0; i < size * size; i++)
            products[i] = (products[i] / count) - (means[i / size] / count * means[i % size] / count) + (i / size == i % size ? Ridge : 0);
        double[] inverse = Inverse(products, size);
        for (int i = 0; i < size * size; i++)
            slopes[i / size] += inverse[i] * withFeature[i % size] / count;
        variance /= count;
        for (int i = 0; i < size; i++)
        {
            variance -= slopes[i] * withFeature[i] / count;
            _centre[feature] -= spread * slopes[i] * means[i] / count;
        }

        double left = 1 / Math.Max(variance, Ridge);
        joint[feature * _features + feature] = left;
        for (int i = 0; i < size; i++)
        {
            joint[feature * _features + known[i]] = joint[known[i] * _features + feature] = -slopes[i] * left;
            for (int j = 0; j < size; j++)
                joint[known[i] * _features + known[j]] += slopes[i] * slopes[j] * left;
        }

        return slopes;
    }

    /// <summary>Precision of some of the features, whatever the others are.</summary>
    private double[] Marginal(int[] kept)
    {
        double[] precision = new double[_features * _features];
        for (int i = 0; i < precision.Length; i++)
            precision[i] = _precision[i] * _precision[i / _features * (_features + 1)];
        double[] covariance = Inverse(precision, _features);
        return Inverse([.. kept.SelectMany(i => kept.Select(j => covariance[i * _features + j]))], kept.Length);
    }

    /// <summary>Standardised means of the features that give such mean residuals.</summary>
    private double[] Levels(double[] residuals)
    {
        double[] inverse = Inverse([.. _precision], _features), levels = new double[_features];
        for (int i = 0; i < inverse.Length; i++)
            levels[i / _features] += inverse[i] * residuals[i % _features];
        return levels;
    }

    private static double[] OverRootOfDiagonal(double[] matrix, int size)
    {
        double[] scaled = new double[size * size];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = matrix[i] / Math.Sqrt(matrix[i / size * (size + 1)]);
        return scaled;
    }
}
