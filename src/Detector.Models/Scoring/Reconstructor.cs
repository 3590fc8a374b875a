using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Inference;

namespace Detector.Models.Scoring;

/// <summary>
/// Has one network reconstruct the windows of a tile, so that the bits a window gets do not depend on its place: by a compiled plan on the CPU, by torch
/// on a CUDA device.
/// </summary>
internal sealed partial class Reconstructor : IDisposable
{
    private readonly NetworkPlan? _plan;

    /// <param name="newestOnly">Whether the newest row of the reconstruction is all that is looked at; a plan then computes no more.</param>
    public Reconstructor(Autoencoder network, ScoringTarget target, bool newestOnly = false)
    {
        _target = target;
        _newestOnly = newestOnly;
        _plan = target.On.Compiles ? network.Compile(newestOnly) : null;
        _cast = _plan is null && target.Precision != Precision.F32 ? network.In(target.Precision.Type()) : null;
        _network = _plan is null ? _cast ?? network : null;
        PieceRows = _plan is null ? LargestPiece(ScoringWorkspace.RowsFor(target.Device)) : ScoringWorkspace.TileRows;
    }

    /// <summary>The compiled network; null where torch runs it.</summary>
    public NetworkPlan? Plan => _plan;

    /// <summary>Whether the network it was made of is needed no more.</summary>
    public bool StandsAlone => _plan is not null || _cast is not null;

    /// <summary>Writes the reconstruction of every window of the tile into it, as the network gives it for scoring.</summary>
    public void Run(ScoringWorkspace tile)
    {
        if (_plan is null)
            RunTorch(tile);
        else
            tile.Take(_plan.Run(tile.Windows, tile.Dimensions.Size, tile.Count, tile.Scratch), _plan.OutputStride, _plan.Outputs);
    }

    public void Dispose() => _cast?.Dispose();
}
