using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
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
    private readonly Device _device;

    /// <summary>Windows in one pass through the network; divides <see cref="ScoringWorkspace.TileRows"/>.</summary>
    public int PieceRows { get; }

    private void Run(Autoencoder network, ScoringWorkspace tile)
    {
        using var noGrad = inference_mode();
        using var scope = NewDisposeScope();
        Tensor input = tile.Input(network.HidesNewestRow).to(_device); // (TileRows, D)
        int size = tile.Dimensions.Size;
        for (int at = 0; at < tile.Count; at += PieceRows)
        {
            using var pieceScope = NewDisposeScope();
            Tensor output = network.Score(input.narrow(0, at, PieceRows)).cpu(); // (PieceRows, D)
            MemoryMarshal.Cast<byte, float>(output.bytes).CopyTo(tile.Reconstructions.AsSpan(at * size));
        }
    }

    private static int LargestPiece(Autoencoder network, Device device)
    {
        int rows = ScoringWorkspace.TileRows;
        while (rows > 1 && !PlacesAgree(network, device, rows))
            rows /= 2;
        return rows;
    }

    private static bool PlacesAgree(Autoencoder network, Device device, int rows)
    {
        using var noGrad = inference_mode();
        using var scope = NewDisposeScope();
        using Generator generator = new(1, CPU);
        int size = network.Dimensions.Size;
        for (int draw = 0; draw < Draws; draw++)
        {
            Tensor window = randn([1, size], generator: generator).to(device);
            Tensor output = network.Score(window.expand(rows, size).contiguous()).cpu(); // (rows, D), all alike
            ReadOnlySpan<byte> bytes = output.bytes;
            int rowBytes = size * sizeof(float);
            if (!bytes[rowBytes..].SequenceEqual(bytes[..^rowBytes]))
                return false;
        }

        return true;
    }
}
