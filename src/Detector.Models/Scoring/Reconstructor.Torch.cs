using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using static TorchSharp.torch;

namespace Detector.Models.Scoring;

/// <summary>
/// A BLAS computes the rows of one product by different kernels: OpenBLAS on AVX2 gives rows 0…5 of every 12 other last bits than rows 6…11. So the
/// tile goes through the network in pieces, the largest in which every place is seen to give the same bits.
/// </summary>
internal sealed partial class Reconstructor
{
    private const int Draws = 2;
    private readonly Autoencoder? _network; // null where a plan stands for it
    private readonly Autoencoder? _cast; // its own copy of the network in half precision
    private readonly ScoringTarget _target;
    private readonly bool _newestOnly;

    /// <summary>Windows in one pass through the network; divides the rows of a tile.</summary>
    public int PieceRows { get; }

    private Autoencoder Network => _network ?? throw new InvalidOperationException("The network was compiled; torch does not run it.");

    /// <summary>Values of a window that <see cref="Reconstruct"/> gives: the last ones of it.</summary>
    public int Outputs => _newestOnly ? Network.Dimensions.Features : Network.Dimensions.Size;

    /// <summary>Has torch reconstruct the windows of a whole tile on the device; returns before a CUDA device is done.</summary>
    /// <param name="windows">(rows, D) in the target's precision, rows a power of two as <see cref="PieceRows"/> is.</param>
    /// <returns>(rows, <see cref="Outputs"/>) in single precision. Where half precision overflowed, the mean of training stands: the residual is then the value.</returns>
    public Tensor Reconstruct(Tensor windows)
    {
        Tensor input = Network.HidesNewestRow ? HideNewest(windows) : windows; // (rows, D)
        int size = Network.Dimensions.Size, rows = (int)Math.Min(PieceRows, windows.shape[0]);
        Tensor[] pieces = [.. Enumerable.Range(0, (int)(windows.shape[0] / rows)).Select(
            piece => Network.Score(input.narrow(0, piece * rows, rows)).narrow(1, size - Outputs, Outputs))];
        Tensor whole = pieces.Length == 1 ? pieces[0] : cat(pieces, 0);
        return _cast is null ? whole : whole.to(ScalarType.Float32).nan_to_num(0, 0, 0);
    }

    private void RunTorch(ScoringWorkspace tile)
    {
        using var noGrad = inference_mode();
        using var scope = NewDisposeScope();
        tile.Take(Reconstruct(tile.Upload(_target)).cpu(), 0, Outputs);
    }

    /// <summary>The row before in each newest row's place.</summary>
    private Tensor HideNewest(Tensor windows)
    {
        int size = Network.Dimensions.Size, features = Network.Dimensions.Features;
        return cat([windows.narrow(1, 0, size - features), windows.narrow(1, size - 2 * features, features)], 1);
    }

    private int LargestPiece(int rows)
    {
        while (rows > 1 && !PlacesAgree(rows))
            rows /= 2;
        return rows;
    }

    private bool PlacesAgree(int rows)
    {
        using var noGrad = inference_mode();
        using var scope = NewDisposeScope();
        using Generator generator = new(1, CPU);
        int size = Network.Dimensions.Size;
        for (int draw = 0; draw < Draws; draw++)
        {
            Tensor window = randn([1, size], generator: generator).to(_target.Precision.Type(), _target.Device);
            Tensor output = Network.Score(window.expand(rows, size).contiguous()).to(ScalarType.Float32).cpu(); // (rows, D), all alike
            ReadOnlySpan<byte> bytes = output.bytes;
            int rowBytes = size * sizeof(float);
            if (!bytes[rowBytes..].SequenceEqual(bytes[..^rowBytes]))
                return false;
        }

        return true;
    }
}
