using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Models.Logs.Sessions;

/// <summary>
/// What an autoencoder cannot reconstruct of a session's counts and transitions, each residual in units of its deviation in sessions that the
/// network did not learn from. A window of one row: (B, D) with D the values of a <see cref="SessionVector"/>.
/// </summary>
internal sealed class SessionAutoencoder : ISessionView, IDisposable
{
    public const string ViewName = "autoencoder";

    private const double LeastDeviation = 0.1;

    private readonly Autoencoder _network;
    private readonly int _events;
    private readonly double[] _mean;
    private readonly double[] _scale;

    public SessionAutoencoder(IReadOnlyList<SessionVector> sessions, SessionVocabulary vocabulary, SessionModelOptions options, ComputeDevice device, TimeProvider clock)
    {
        _events = vocabulary.Events;
        int size = vocabulary.Size;
        _mean = new double[size];
        for (int d = 0; d < size; d++)
            _mean[d] = sessions.Average(session => session.Values[d]);
        var dimensions = new WindowDimensions(1, size);
        using Generator generator = new((ulong)options.Seed, CPU);
        _network = AutoencoderFactory.Create(
            options.Network!, dimensions, new NetworkOptions { Hidden = [64], Latent = 16, CorruptionNoise = 0.05, CorruptionMasking = 0.05 }, generator);
        // Every fifth session is kept for early stopping and for the deviations.
        using var training = new WindowSet(dimensions, sessions.Count);
        using var validation = new WindowSet(dimensions, sessions.Count);
        for (int i = 0; i < sessions.Count; i++)
            (i % 5 == 4 ? validation : training).Add(Input(sessions[i]), i + 1, 0);
        new Trainer(new TrainerOptions { Seed = options.Seed, MaxSteps = options.MaxSteps }, device, clock)
            .Fit(_network, training, validation, null, CancellationToken.None);
        _ = _network.to(CPU);
        _scale = new double[size];
        var residuals = new double[size];
        for (int i = 4; i < sessions.Count; i += 5)
        {
            Residual(sessions[i], residuals);
            for (int d = 0; d < size; d++)
                _scale[d] += residuals[d] * residuals[d];
        }

        for (int d = 0; d < size; d++)
            _scale[d] = 1 / Math.Max(LeastDeviation, Math.Sqrt(_scale[d] / Math.Max(1, sessions.Count / 5)));
    }

    public string Name => ViewName;

    public double Score(SessionVector session, double[]? weights)
    {
        var residuals = new double[_scale.Length];
        Residual(session, residuals);
        double sum = 0;
        for (int d = 0; d < residuals.Length; d++)
        {
            double error = residuals[d] * _scale[d] * residuals[d] * _scale[d];
            sum += error;
            if (weights is not null && d < _events)
                weights[d] += error;
        }

        return Math.Sqrt(sum);
    }

    public void Dispose() => _network.Dispose();

    private void Residual(SessionVector session, double[] residuals)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        float[] input = Input(session);
        Tensor output = _network.Score(tensor(input).reshape(1, input.Length)); // (1, D)
        ReadOnlySpan<float> values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(output.contiguous().bytes);
        for (int d = 0; d < input.Length; d++)
            residuals[d] = input[d] - values[d];
    }

    private float[] Input(SessionVector session)
    {
        float[] input = new float[_mean.Length];
        for (int d = 0; d < input.Length; d++)
            input[d] = (float)(session.Values[d] - _mean[d]);
        return input;
    }
}
