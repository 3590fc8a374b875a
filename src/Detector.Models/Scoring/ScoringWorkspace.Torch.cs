using System.Runtime.InteropServices;
using Detector.Models.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Models.Scoring;

// How a tile goes to a device and comes back. Beside a CUDA device the host's side is page-locked, so that neither way has to be waited for.
public sealed partial class ScoringWorkspace
{
    /// <summary>Windows in a tile on a CUDA device, which takes about as long for a thousand as for one.</summary>
    private const int CudaRows = 1024;

    private Tensor? _input; // (Rows, D)
    private Tensor? _narrow; // the same in half precision, where networks take that
    private Tensor? _output; // (Rows, columns of all networks)

    internal static int RowsFor(Device device) => device.type == DeviceType.CUDA ? CudaRows : TileRows;

    /// <summary>The windows on the device, (Rows, D), until the next call; what is behind the last one is of no account.</summary>
    internal Tensor Upload(ScoringTarget target)
    {
        _input ??= Staging(target.Device, Dimensions.Size, ScalarType.Float32);
        Windows.CopyTo(MemoryMarshal.Cast<byte, float>(_input.bytes));
        return (target.Precision == Precision.F32 ? _input : Narrowed(target)).to(target.Device, non_blocking: true);
    }

    /// <summary>Half as much to copy to the device.</summary>
    private Tensor Narrowed(ScoringTarget target)
    {
        ScalarType type = target.Precision.Type();
        if (_narrow?.dtype != type)
        {
            _narrow?.Dispose();
            _narrow = Staging(target.Device, Dimensions.Size, type);
        }

        _narrow.copy_(_input!);
        return _narrow;
    }

    /// <summary>Has the device copy what its networks make of the windows, (Rows, columns); returns before a CUDA device has done so.</summary>
    internal void Download(Tensor outputs, Device device)
    {
        if (_output is null || _output.shape[1] != outputs.shape[1])
        {
            _output?.Dispose();
            _output = Staging(device, outputs.shape[1], ScalarType.Float32);
        }

        _output.copy_(outputs, true);
    }

    /// <summary>Takes a network's columns of what was downloaded as the last ones of each reconstruction.</summary>
    internal void Take(int column, int width) => Take(_output!, column, width);

    /// <inheritdoc cref="Take(int, int)"/>
    internal void Take(Tensor outputs, int column, int width)
    {
        _outputs = null;
        ReadOnlySpan<float> table = MemoryMarshal.Cast<byte, float>(outputs.bytes);
        int columns = (int)outputs.shape[1], size = Dimensions.Size;
        for (int i = 0; i < Count; i++)
            table.Slice(i * columns + column, width).CopyTo(Reconstructions.AsSpan((i + 1) * size - width));
    }

    public void Dispose()
    {
        _input?.Dispose();
        _narrow?.Dispose();
        _output?.Dispose();
    }

    private Tensor Staging(Device device, long columns, ScalarType type)
    {
        using var scope = NewDisposeScope();
        Tensor host = zeros(Rows, columns, type);
        return (device.type == DeviceType.CUDA ? host.pin_memory() : host).DetachFromDisposeScope();
    }
}
