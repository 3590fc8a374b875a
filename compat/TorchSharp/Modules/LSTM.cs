using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Long short-term memory; Hochreiter and Schmidhuber 1997. Gives the outputs of all steps and the last states of each layer.
    /// </summary>
    public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
    {
        private readonly RecurrentWeights _weights;

        internal LSTM(RecurrentWeights weights, Device? device, ScalarType? dtype) : base(nameof(LSTM))
        {
            _weights = weights;
            foreach (var (name, parameter) in weights.Create(device, dtype)) register_parameter(name, parameter);
        }

        public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
        {
            ArgumentNullException.ThrowIfNull(input);
            using var h0 = h0_c0 is { } given ? given.Item1.alias() : _weights.NoState(input);
            using var c0 = h0_c0 is { } known ? known.Item2.alias() : _weights.NoState(input);
            var parameters = this.parameters().ToArray();
            var output = Native.ts_lstm(
                input, h0, c0, Native.Handles(parameters), parameters.Length, _weights.Bias, _weights.Layers, _weights.Dropout,
                training, _weights.Bidirectional, _weights.BatchFirst, out var hn, out var cn);
            GC.KeepAlive(parameters);
            return (output, hn, cn);
        }

        public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.LSTM LSTM(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0,
                bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, Gates: 4), device, dtype);
        }
    }
}
