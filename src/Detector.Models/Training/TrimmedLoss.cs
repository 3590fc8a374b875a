using Detector.Models.Autoencoders;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>
/// Leaves the rows that are reconstructed worst out of the loss, so that a network does not learn what is rare and unlike the rest
/// (least trimmed squares, Rousseeuw 1984; on batches, Shen and Sanghavi 2019).
/// </summary>
internal static class TrimmedLoss
{
    /// <summary>The same windows, with a mask that hides the worst rows of each batch.</summary>
    /// <param name="network">What reconstructs them.</param>
    /// <param name="windows">(N, D); with many, they are judged batch by batch.</param>
    /// <param name="share">Share of the rows that is left out.</param>
    /// <param name="batch">Windows judged together.</param>
    public static MaskedWindows Trim(Autoencoder network, MaskedWindows windows, double share, int batch)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var masks = new List<Tensor>();
        for (int at = 0; at < windows.Count; at += batch)
        {
            int count = Math.Min(batch, windows.Count - at);
            masks.Add(Mask(network, windows.Windows.narrow(0, at, count), windows.Observed?.narrow(0, at, count), share));
        }

        Tensor mask = masks.Count == 1 ? masks[0] : cat(masks, 0);
        return windows with { Observed = mask.MoveToOuterDisposeScope() };
    }

    private static Tensor Mask(Autoencoder network, Tensor windows, Tensor? observed, double share)
    {
        using var scope = NewDisposeScope();
        (long count, int rows, int features) = (windows.shape[0], network.Dimensions.Rows, network.Dimensions.Features);
        Tensor squares = (network.forward(windows) - windows).square(); // (B, D)
        if (observed is not null)
            squares = squares * observed;
        Tensor errors = squares.view(count, rows, features).sum([2L]); // (B, T)
        int trimmed = (int)(share * count * rows);
        if (trimmed == 0)
            return (observed ?? ones_like(windows)).clone().MoveToOuterDisposeScope();
        Tensor limit = errors.reshape(count * rows).topk(trimmed).values.min();
        Tensor kept = errors.lt(limit).to(ScalarType.Float32).unsqueeze(2).expand(count, rows, features).reshape(count, rows * features);
        return (observed is null ? kept.clone() : kept * observed).MoveToOuterDisposeScope();
    }
}
