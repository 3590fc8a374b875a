namespace Detector.Models.Drift;

/// <summary>
/// How far each feature has moved away from what the others say of it, against an anchor that no retraining moves. The residual of a feature given the
/// others is Ω z / √diag Ω, with z the standardised row and Ω the inverse of the anchor's correlation matrix (Lauritzen, "Graphical Models", 1996): in
/// standard deviations of itself. Its mean is followed with a time constant. What moves all features together as they always did, such as a season,
/// does not show; what one of them does alone shows however slowly it comes. A mean that has wandered further than one standard deviation within the
/// anchor's own range, as that of bursts does, is told in units of the furthest that it went there. One thread.
/// </summary>
public sealed partial class RelationShift
{
    /// <summary>Added to the diagonal of the correlation matrix, so that features that say the same do not divide by nothing.</summary>
    private const double Ridge = 0.01;

    private readonly int _features;
    private readonly long _memory;
    private readonly double[] _scaled;
    private double[] _centre = []; // (F)
    private double[] _spread = []; // (F)
    private double[] _precision = []; // (F, F), each row over the root of its diagonal
    private double[] _usual = []; // (F): mean residual that is usual, moved only by a new normal
    private double[] _reach = []; // (F): how far the mean went in the anchor's range, at least 1
    private readonly double[] _mean; // (F)
    private long _first;
    private long _last;

    /// <param name="features">F.</param>
    /// <param name="memory">Time constant of the mean.</param>
    public RelationShift(int features, TimeSpan memory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(memory, TimeSpan.Zero);
        (_features, _memory, _scaled, _mean) = (features, memory.Ticks, new double[features], new double[features]);
    }

    /// <summary>Whether there is an anchor.</summary>
    public bool IsAnchored => _precision.Length > 0;

    /// <summary>Whether the mean rests on as much time as its memory.</summary>
    public bool IsReady => IsAnchored && _last - _first >= _memory;

    /// <summary>Takes the anchor.</summary>
    /// <param name="rows">N × F raw values of normal operation, NaN where missing.</param>
    /// <param name="ticks">(N) their times, UTC ticks, ascending.</param>
    public void Anchor(ReadOnlySpan<double> rows, ReadOnlySpan<long> ticks)
    {
        int count = ticks.Length;
        (_centre, _spread, _usual) = (new double[_features], new double[_features], new double[_features]);
        for (int f = 0; f < _features; f++)
            (_centre[f], _spread[f]) = Moments(rows, f);
        double[] correlation = new double[_features * _features];
        for (int i = 0; i < count; i++)
        {
            Scale(rows.Slice(i * _features, _features));
            for (int f = 0; f < _features; f++)
            {
                for (int g = 0; g < _features; g++)
                    correlation[f * _features + g] += _scaled[f] * _scaled[g] / count;
            }
        }

        for (int f = 0; f < _features; f++)
            correlation[f * _features + f] += Ridge + (_spread[f] > 0 ? 0 : 1);
        _precision = OverRootOfDiagonal(Inverse(correlation, _features), _features);
        _reach = Reach(rows, ticks);
        Restart(0);
    }

    /// <summary>Takes up a row.</summary>
    /// <param name="row">(F) raw values, NaN where missing.</param>
    public void Add(long ticks, ReadOnlySpan<double> row)
    {
        if (!IsAnchored)
            return;
        if (_first == 0)
            _first = _last = ticks;
        double gain = 1 - Math.Exp(-(double)Math.Max(0, ticks - _last) / _memory);
        _last = Math.Max(_last, ticks);
        Scale(row);
        for (int f = 0; f < _features; f++)
        {
            if (double.IsNaN(row[f]) || _spread[f] <= 0)
                continue;
            double residual = 0;
            for (int g = 0; g < _features; g++)
                residual += _precision[f * _features + g] * _scaled[g];
            _mean[f] += gain * (Math.Clamp(residual, -20, 20) - _mean[f]);
        }
    }

    /// <summary>Mean residual of a feature, above what is usual of it, in the furthest that it goes anyway; 0 while nothing can be said.</summary>
    public double Of(int feature) => IsReady ? (_mean[feature] - _usual[feature]) / _reach[feature] : 0;

    /// <summary>Where everything is now is usual from here on.</summary>
    public void Accept() => _mean.CopyTo(_usual, 0);

    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (double[] values in (double[][])[_centre, _spread, _precision, _usual, _reach, _mean])
            Plain.Write(writer, values);
        writer.Write(_first);
        writer.Write(_last);
    }

    /// <exception cref="InvalidDataException">It was saved of another number of features.</exception>
    public void Load(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (_centre, _spread, _precision) = (Plain.Read(reader), Plain.Read(reader), Plain.Read(reader));
        (_usual, _reach) = (Plain.Read(reader), Plain.Read(reader));
        Plain.ReadInto(reader, _mean);
        (_first, _last) = (reader.ReadInt64(), reader.ReadInt64());
    }

    /// <summary>Follows the rows of the anchor itself; after a hole the mean begins anew.</summary>
    private double[] Reach(ReadOnlySpan<double> rows, ReadOnlySpan<long> ticks)
    {
        double[] reach = new double[_features];
        Array.Fill(reach, 1);
        for (int i = 0; i < ticks.Length; i++)
        {
            if (i == 0 || ticks[i] - _last > _memory / 4)
                Restart(ticks[i]);
            Add(ticks[i], rows.Slice(i * _features, _features));
            for (int f = 0; f < _features && IsReady; f++)
                reach[f] = Math.Max(reach[f], Math.Abs(_mean[f]));
        }

        return reach;
    }

    private void Restart(long ticks)
    {
        Array.Clear(_mean);
        (_first, _last) = (ticks, ticks);
    }

    private void Scale(ReadOnlySpan<double> row)
    {
        for (int f = 0; f < _features; f++)
            _scaled[f] = double.IsFinite(row[f]) && _spread[f] > 0 ? (row[f] - _centre[f]) / _spread[f] : 0;
    }

    private (double Centre, double Spread) Moments(ReadOnlySpan<double> rows, int feature)
    {
        double mean = 0, squares = 0;
        int count = 0;
        for (int i = feature; i < rows.Length; i += _features)
        {
            if (!double.IsFinite(rows[i]))
                continue;
            double step = rows[i] - mean;
            mean += step / ++count;
            squares += step * (rows[i] - mean);
        }

        return (mean, count < 2 || squares <= 1e-24 * mean * mean * count ? 0 : Math.Sqrt(squares / count));
    }

    /// <summary>Gauss and Jordan's elimination; the matrix is positive definite, so no pivot is searched for.</summary>
    private static double[] Inverse(double[] matrix, int size)
    {
        double[] inverse = new double[size * size];
        for (int i = 0; i < size; i++)
            inverse[i * size + i] = 1;
        for (int p = 0; p < size; p++)
        {
            double pivot = matrix[p * size + p];
            for (int j = 0; j < size; j++)
            {
                matrix[p * size + j] /= pivot;
                inverse[p * size + j] /= pivot;
            }

            for (int i = 0; i < size; i++)
            {
                double factor = matrix[i * size + p];
                if (i == p || factor == 0)
                    continue;
                for (int j = 0; j < size; j++)
                {
                    matrix[i * size + j] -= factor * matrix[p * size + j];
                    inverse[i * size + j] -= factor * inverse[p * size + j];
                }
            }
        }

        return inverse;
    }
}
