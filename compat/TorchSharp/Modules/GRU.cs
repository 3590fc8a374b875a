using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Gated recurrent units; Cho et al. 2014. Gives the outputs of all steps and the last state of each layer.</summary>
    public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
    {
        private readonly RecurrentWeights _weights;

        internal GRU(RecurrentWeights weights, Device? device, ScalarType? dtype) : base(nameof(GRU))
        {
            _weights = weights;
            foreach (var (name, parameter) in weights.Create(device, dtype)) register_parameter(name, parameter);
        }

        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
        {
            ArgumentNullException.ThrowIfNull(input);
            using var start = h0 is null ? _weights.NoState(input) : h0.alias();
            var parameters = this.parameters().ToArray();
            var output = Native.ts_gru(
                input, start, Native.Handles(parameters), parameters.Length, _weights.Bias, _weights.Layers, _weights.Dropout,
                training, _weights.Bidirectional, _weights.BatchFirst, out var last);
            GC.KeepAlive(parameters);
            return (output, last);
        }

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.GRU GRU(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0,
                bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, Gates: 3), device, dtype);
        }
    }
}
