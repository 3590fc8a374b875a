using Detector.Models.Autoencoders;
using Detector.Models.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Models.Scoring;

/// <summary>
/// Has one network reconstruct the windows of a tile, so that the bits a window gets do not depend on its place: by a compiled plan on the CPU, by torch
/// on a CUDA device and for networks that are more than fully connected layers.
/// </summary>
internal sealed partial class Reconstructor
{
    private readonly NetworkPlan? _plan;

    /// <param name="newestOnly">Whether the newest row of the reconstruction is all that is looked at; a plan then computes no more.</param>
    public Reconstructor(Autoencoder network, Device device, bool newestOnly = false)
    {
        _device = device;
        _newestOnly = newestOnly;
        _plan = device.type == DeviceType.CPU ? NetworkPlan.Of(network, newestOnly) : null;
        _network = _plan is null ? network : null;
        PieceRows = _plan is null ? LargestPiece(ScoringWorkspace.RowsFor(device)) : ScoringWorkspace.TileRows;
    }

    /// <summary>The compiled network; null where torch runs it.</summary>
    public NetworkPlan? Plan => _plan;

    /// <summary>Writes the reconstruction of every window of the tile into it, as the network gives it for scoring.</summary>
    public void Run(ScoringWorkspace tile)
    {
        if (_plan is null)
            RunTorch(tile);
        else
            tile.Take(_plan.Run(tile.Windows, tile.Dimensions.Size, tile.Count, tile.Scratch), _plan.OutputStride, _plan.Outputs);
    }
}
