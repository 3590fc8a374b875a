using Detector.Models.Autoencoders;

namespace Detector.Worker.Scoring;

/// <summary>Which networks watch a pipeline, and their shape.</summary>
public sealed class ModelOptions
{
    /// <summary>Members of the ensemble by name, as docs/models.md describes them. Empty: <c>denoising</c>, <c>variational</c>, <c>linear</c>.</summary>
    public IList<string> Networks { get; set; } = [];

    /// <summary><c>series</c>: a model for each series; <c>pipeline</c>: one that all series of the pipeline share.</summary>
    public string Scope { get; set; } = "series";

    /// <summary>
    /// What a new series is scored by until it has its own model (<c>Scope: series</c>). <c>none</c>: it is not; <c>group</c>: a model that was learned from the
    /// first series of the pipeline, around the means of its own first samples and at a tenth of the stated rate of false alarms. For series that are alike.
    /// </summary>
    public string ColdStart { get; set; } = "none";

    /// <summary>Widths of the hidden layers of the encoder; the decoder mirrors them. Empty: 128.</summary>
    public IList<int> Hidden { get; set; } = [];

    /// <summary>Width of the latent code. 32 is what the measurements in docs/accuracy.md were made with.</summary>
    public int Latent { get; set; } = 32;

    /// <summary>
    /// <c>standard</c>, <c>robust</c> or <c>minmax</c>. <c>standard</c> ranked better on four of five public sets and the same on one: where values are mostly still and
    /// move now and then, <c>robust</c> takes the moves for anomalies.
    /// </summary>
    public string Scaler { get; set; } = "standard";

    public CalendarOptions Calendar { get; set; } = new();

    /// <summary>
    /// <c>auto</c>: the level of a feature that wanders by itself, such as a room's temperature, is taken out of its values before they are looked at, where the training
    /// range shows that this matters; <c>none</c>: no level is.
    /// </summary>
    public string Detrend { get; set; } = "auto";

    /// <summary>
    /// What torch scores networks in: <c>float32</c>, <c>bfloat16</c>, or <c>float16</c>, which torch 1.13 computes on CUDA only. A model whose verdicts half precision
    /// would change stays in <c>float32</c> and says so. On a CPU networks have plans in single precision instead; see docs/models.md.
    /// </summary>
    public string Precision { get; set; } = "float32";

    /// <summary>Options of single networks by name, over what is said here for all.</summary>
    public IDictionary<string, ModelNetworkOptions> Options { get; set; } = new Dictionary<string, ModelNetworkOptions>();

    /// <summary>What a network is made with.</summary>
    public NetworkOptions For(string network)
    {
        NetworkOptions common = new() { Latent = Latent };
        if (Hidden.Count > 0)
            common = common with { Hidden = [.. Hidden] };
        return Options.TryGetValue(network, out ModelNetworkOptions? own) ? own.Over(common) : common;
    }
}
