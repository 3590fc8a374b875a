namespace Detector.Models.Statistics;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix by Householder tridiagonalisation and implicit QL: tred2 and tql2 of EISPACK
/// (Wilkinson and Reinsch, "Handbook for Automatic Computation II", 1971). O(n³); 512 × 512 takes about a second.</summary>
public sealed class SymmetricEigen
{
    private readonly int _n;
    private readonly double[] _v; // (n, n) row-major, in the end the columns are eigenvectors
    private readonly double[] _d;
    private readonly double[] _e;

    private SymmetricEigen(ReadOnlySpan<double> matrix, int n)
    {
        _n = n;
        _v = matrix.ToArray();
        _d = new double[n];
        _e = new double[n];
        Tridiagonalise();
        Transpose(); // so that rotations of neighbouring vectors run along memory
        Diagonalise();
        Sort();
    }

    /// <summary>(n) ascending.</summary>
    public IReadOnlyList<double> Values => _d;

    /// <summary>(n, n) row-major: row k is the unit eigenvector of <c>Values[k]</c>.</summary>
    public ReadOnlySpan<double> Vectors => _v;

    /// <summary>Decomposes a matrix; only its lower triangle is read as given, the upper must equal it.</summary>
    /// <param name="matrix">(n, n) row-major, symmetric, finite.</param>
    /// <param name="n">Order, ≥ 1.</param>
    /// <exception cref="ArgumentException">Not n × n, or not finite.</exception>
    public static SymmetricEigen Of(ReadOnlySpan<double> matrix, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (matrix.Length != n * n)
            throw new ArgumentException($"A matrix of order {n} has {n * n} elements, not {matrix.Length}.", nameof(matrix));
        foreach (var element in matrix)
            if (!double.IsFinite(element))
                throw new ArgumentException("A matrix with elements that are not finite has no eigenvalues.", nameof(matrix));
        return new SymmetricEigen(matrix, n);
    }

    private ref double V(int row, int column) => ref _v[row * _n + column];

    private void Tridiagonalise()
    {
        for (var j = 0; j < _n; j++)
            _d[j] = V(_n - 1, j);
        for (var i = _n - 1; i > 0; i--)
            Reflect(i);

        for (var i = 0; i < _n - 1; i++)
            Accumulate(i);
        for (var j = 0; j < _n; j++)
        {
            _d[j] = V(_n - 1, j);
            V(_n - 1, j) = 0;
        }

        V(_n - 1, _n - 1) = 1;
        _e[0] = 0;
    }

    private void Reflect(int i)
    {
        double scale = 0, h = 0;
        for (var k = 0; k < i; k++)
            scale += Math.Abs(_d[k]);
        if (scale == 0)
        {
            _e[i] = _d[i - 1];
            for (var j = 0; j < i; j++)
            {
                _d[j] = V(i - 1, j);
                V(i, j) = V(j, i) = 0;
            }

            _d[i] = 0;
            return;
        }

        for (var k = 0; k < i; k++)
        {
            _d[k] /= scale;
            h += _d[k] * _d[k];
        }

        var f = _d[i - 1];
        var g = f > 0 ? -Math.Sqrt(h) : Math.Sqrt(h);
        _e[i] = scale * g;
        h -= f * g;
        _d[i - 1] = f - g;
        Array.Clear(_e, 0, i);
        for (var j = 0; j < i; j++)
        {
            f = _d[j];
            V(j, i) = f;
            g = _e[j] + V(j, j) * f;
            for (var k = j + 1; k < i; k++)
            {
                g += V(k, j) * _d[k];
                _e[k] += V(k, j) * f;
            }

            _e[j] = g;
        }

        f = 0;
        for (var j = 0; j < i; j++)
        {
            _e[j] /= h;
            f += _e[j] * _d[j];
        }

        for (var j = 0; j < i; j++)
            _e[j] -= f / (h + h) * _d[j];
        for (var j = 0; j < i; j++)
        {
            for (var k = j; k < i; k++)
                V(k, j) -= _d[j] * _e[k] + _e[j] * _d[k];
            _d[j] = V(i - 1, j);
            V(i, j) = 0;
        }

        _d[i] = h;
    }

    private void Accumulate(int i)
    {
        V(_n - 1, i) = V(i, i);
        V(i, i) = 1;
        var h = _d[i + 1];
        if (h != 0)
        {
            for (var k = 0; k <= i; k++)
                _d[k] = V(k, i + 1) / h;
            for (var j = 0; j <= i; j++)
            {
                double g = 0;
                for (var k = 0; k <= i; k++)
                    g += V(k, i + 1) * V(k, j);
                for (var k = 0; k <= i; k++)
                    V(k, j) -= g * _d[k];
            }
        }

        for (var k = 0; k <= i; k++)
            V(k, i + 1) = 0;
    }

    private void Diagonalise()
    {
        Array.Copy(_e, 1, _e, 0, _n - 1);
        _e[_n - 1] = 0;
        double shift = 0, largest = 0;
        for (var l = 0; l < _n; l++)
        {
            largest = Math.Max(largest, Math.Abs(_d[l]) + Math.Abs(_e[l]));
            var m = l;
            while (m < _n - 1 && Math.Abs(_e[m]) > 2.3e-16 * largest)
                m++;
            while (m > l)
            {
                shift += Step(l, m);
                if (Math.Abs(_e[l]) <= 2.3e-16 * largest)
                    break;
            }

            _d[l] += shift;
            _e[l] = 0;
        }
    }

    // One implicit QL sweep over l … m; returns what was subtracted from the diagonal.
    private double Step(int l, int m)
    {
        var g = _d[l];
        var p = (_d[l + 1] - g) / (2 * _e[l]);
        var r = p < 0 ? -double.Hypot(p, 1) : double.Hypot(p, 1);
        _d[l] = _e[l] / (p + r);
        _d[l + 1] = _e[l] * (p + r);
        var next = _d[l + 1];
        var h = g - _d[l];
        for (var i = l + 2; i < _n; i++)
            _d[i] -= h;

        p = _d[m];
        double c = 1, c2 = 1, c3 = 1, s = 0, s2 = 0;
        var beside = _e[l + 1];
        for (var i = m - 1; i >= l; i--)
        {
            (c3, c2, s2) = (c2, c, s);
            g = c * _e[i];
            var t = c * p;
            r = double.Hypot(p, _e[i]);
            _e[i + 1] = s * r;
            s = _e[i] / r;
            c = p / r;
            p = c * _d[i] - s * g;
            _d[i + 1] = t + s * (c * g + s * _d[i]);
            var lower = _v.AsSpan(i * _n, _n);
            var upper = _v.AsSpan((i + 1) * _n, _n);
            for (var k = 0; k < lower.Length; k++)
                (upper[k], lower[k]) = (s * lower[k] + c * upper[k], c * lower[k] - s * upper[k]);
        }

        p = -s * s2 * c3 * beside * _e[l] / next;
        _e[l] = s * p;
        _d[l] = c * p;
        return h;
    }

    private void Transpose()
    {
        for (var i = 0; i < _n; i++)
            for (var j = 0; j < i; j++)
                (V(i, j), V(j, i)) = (V(j, i), V(i, j));
    }

    private void Sort()
    {
        var order = Enumerable.Range(0, _n).OrderBy(k => _d[k]).ToArray();
        var values = _d.ToArray();
        var vectors = _v.ToArray();
        for (var k = 0; k < _n; k++)
        {
            _d[k] = values[order[k]];
            vectors.AsSpan(order[k] * _n, _n).CopyTo(_v.AsSpan(k * _n));
        }
    }
}
