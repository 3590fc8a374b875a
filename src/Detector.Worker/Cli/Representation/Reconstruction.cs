using System.Runtime.InteropServices;
using Detector.Models.Representation;
using Detector.Models.Scoring;

namespace Detector.Worker.Cli.Representation;

/// <summary>
/// A recording as the networks of a model have it: each row the mean of its reconstructions in all windows that hold it, and over the networks.
/// </summary>
internal sealed class Reconstruction
{
    private readonly TrainedNetwork[] _networks;
    private readonly int _rows;
    private readonly int _features;
    private readonly List<double> _sums = []; // (rows of the grid, F)
    private readonly List<int> _counts = []; // windows that held each row
    private readonly List<(long Ticks, long Row)> _samples = [];
    private readonly WindowBatches _batches;

    public Reconstruction(AnomalyModel model, IReadOnlyList<string> networks)
    {
        _networks = [.. networks.Select(name => new TrainedNetwork(model, name))];
        (_rows, _features) = (model.Dimensions.Rows, model.Dimensions.Features);
        _batches = new WindowBatches(model.Dimensions.Size, Run);
    }

    /// <summary>Takes a sample; see <see cref="WindowVisitor"/>.</summary>
    public void Take(long ticks, long row, ReadOnlySpan<double> window)
    {
        _samples.Add((ticks, row));
        if (!window.IsEmpty)
            _batches.Add(row, window);
    }

    /// <summary>Every sample's time and reconstructed row, NaN where no window holds it.</summary>
    public IEnumerable<(long Ticks, double[] Row)> Finish()
    {
        _batches.Flush();
        foreach ((long ticks, long row) in _samples)
        {
            double[] values = new double[_features];
            for (int f = 0; f < _features; f++)
                values[f] = row < _counts.Count && _counts[(int)row] > 0 ? _sums[(int)row * _features + f] / (_counts[(int)row] * _networks.Length) : double.NaN;
            yield return (ticks, values);
        }
    }

    private void Run(ReadOnlySpan<double> windows, IReadOnlyList<long> newest)
    {
        double[] sums = new double[windows.Length];
        foreach (TrainedNetwork network in _networks)
            network.AddReconstructions(windows, sums);
        int more = (int)newest[^1] + 1 - _counts.Count;
        _counts.AddRange(Enumerable.Repeat(0, more));
        _sums.AddRange(Enumerable.Repeat(0.0, more * _features));
        int size = _rows * _features;
        for (int i = 0; i < newest.Count; i++)
        {
            int first = (int)newest[i] - _rows + 1;
            Span<double> into = CollectionsMarshal.AsSpan(_sums).Slice(first * _features, size);
            for (int j = 0; j < size; j++)
                into[j] += sums[i * size + j];
            for (int row = first; row <= newest[i]; row++)
                _counts[row]++;
        }
    }
}
