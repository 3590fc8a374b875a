using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>The residual of each row of a training range: the mean over all windows that hold it.</summary>
/// <param name="features">F.</param>
/// <param name="rowTicks">Time between two rows of a window.</param>
internal sealed class RowResiduals(int features, long rowTicks)
{
    private const int Batch = 256;
    private readonly Dictionary<(int Segment, long Row), int> _indices = [];
    private readonly List<(int Segment, long Ticks)> _times = [];
    private readonly List<double> _sums = []; // (rows, F)
    private readonly List<int> _counts = []; // (rows, F), windows in which the value was measured
    private readonly double[] _residual = new double[features];

    /// <summary>Rows seen.</summary>
    public int Count => _times.Count;

    /// <summary>Residual of a row, F scaled values, NaN where it was never measured; valid until the next one is asked for.</summary>
    public ReadOnlySpan<double> this[int row]
    {
        get
        {
            for (int f = 0; f < features; f++)
                _residual[f] = _counts[row * features + f] == 0 ? double.NaN : _sums[row * features + f] / _counts[row * features + f];
            return _residual;
        }
    }

    public int SegmentOf(int row) => _times[row].Segment;

    /// <summary>Time of a row, UTC ticks.</summary>
    public long TimeOf(int row) => _times[row].Ticks;

    /// <summary>Adds the residuals of windows.</summary>
    public void Add(Autoencoder network, WindowSet windows, Device device)
    {
        using var noGrad = inference_mode();
        for (int at = 0; at < windows.Count; at += Batch)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(Batch, windows.Count - at);
            Tensor batch = windows.ToTensor(device).narrow(0, at, count); // (B, D)
            Tensor residuals = (batch - network.forward(batch)).cpu().contiguous();
            ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(residuals.bytes);
            for (int i = 0; i < count; i++)
                Add(values.Slice(i * windows.Dimensions.Size, windows.Dimensions.Size), windows.Observed(at + i), windows.Ticks[at + i], windows.Segments[at + i]);
        }
    }

    private void Add(ReadOnlySpan<float> residuals, ReadOnlySpan<float> observed, long newest, int segment)
    {
        int rows = residuals.Length / features;
        for (int row = 0; row < rows; row++)
        {
            int at = IndexOf(segment, newest - (rows - 1 - row) * rowTicks) * features;
            for (int f = 0; f < features; f++)
            {
                int i = row * features + f;
                if (!observed.IsEmpty && observed[i] == 0)
                    continue;
                _sums[at + f] += residuals[i];
                _counts[at + f]++;
            }
        }
    }

    /// <summary>Index of the row at a time; times within half a row of each other are one.</summary>
    private int IndexOf(int segment, long ticks)
    {
        (int, long) key = (segment, (ticks + rowTicks / 2) / rowTicks);
        if (_indices.TryGetValue(key, out int index))
            return index;
        index = _times.Count;
        _indices.Add(key, index);
        _times.Add((segment, ticks));
        _sums.AddRange(Enumerable.Repeat(0.0, features));
        _counts.AddRange(Enumerable.Repeat(0, features));
        return index;
    }
}
