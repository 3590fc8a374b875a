using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Models.Scoring;

/// <summary>
/// All networks of a model that torch runs, over one tile: the windows go to the device once, what the score needs comes back once. A CUDA device works
/// by itself from <see cref="Begin"/> to <see cref="Wait"/>, while the host is free for the views of the tile before.
/// </summary>
internal sealed class TorchPass(ScoringTarget target, Reconstructor[] networks)
{
    /// <summary>Null where every network has a plan.</summary>
    public static TorchPass? Of(ScoringTarget target, IEnumerable<Reconstructor> networks) =>
        networks.Where(network => network.Plan is null).ToArray() is { Length: > 0 } some ? new TorchPass(target, some) : null;

    public void Begin(ScoringWorkspace tile)
    {
        using var noGrad = inference_mode();
        using var scope = NewDisposeScope();
        Tensor windows = tile.Upload(target); // (Rows, D)
        tile.Download(cat([.. networks.Select(network => network.Reconstruct(windows))], 1), target.Device);
    }

    /// <summary>Waits until the device has done all that was begun.</summary>
    public void Wait()
    {
        if (target.Device.type == DeviceType.CUDA)
            cuda.synchronize(target.Device);
    }

    /// <summary>Hands the tile what <paramref name="network"/> made of it.</summary>
    public void Give(Reconstructor network, ScoringWorkspace tile)
    {
        int column = 0;
        foreach (Reconstructor other in networks.TakeWhile(other => other != network))
            column += other.Outputs;
        tile.Take(column, network.Outputs);
    }
}
